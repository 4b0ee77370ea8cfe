import { FiltersEngine } from "@ghostery/adblocker";
import { registrableDomain } from "#lib/core/url/registrable-domain.ts";
import { compileFilterList } from "#lib/node/trackers/compile-filter-list.ts";
import { NO_LISTS } from "#lib/node/trackers/compiled-list.ts";
import { createTrackerMatcher, type TrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import { CONSENT_RULES } from "#services/live/privacy/consent-rules.ts";
import type { NodeLists } from "#services/live/privacy/fetch-node-lists.ts";

/** What a frame shows of itself that rules may be about. */
export interface FrameFeatures {
  url: string;
  classes: readonly string[];
  ids: readonly string[];
  /** The first news of the frame, which gets the rules that need none. */
  isFirst: boolean;
}

let matcher: TrackerMatcher | undefined;
let cosmetic: FiltersEngine[] | undefined;

/** From now on these lists are in force too, in tabs that are open as well. */
export function setNodeLists({ network, cosmetic: engines }: NodeLists): void {
  matcher = createTrackerMatcher(network);
  cosmetic = [builtIn(), ...engines.map((engine) => FiltersEngine.deserialize(engine))];
}

/** The node's matcher: by who owns what until there are lists, then by those too. */
export function getTrackerMatcher(): TrackerMatcher {
  matcher ??= createTrackerMatcher(NO_LISTS);
  return matcher;
}

/** The style sheet that hides what the rules name in a frame; empty when they name nothing. */
export function hidingStyles({ url, classes, ids, isFirst }: FrameFeatures): string {
  const hostname = URL.parse(url)?.hostname;
  if (!hostname) return "";
  cosmetic ??= [builtIn()];
  return cosmetic
    .map(
      (engine) =>
        engine.getCosmeticsFilters({
          url,
          hostname,
          domain: registrableDomain(hostname),
          classes: [...classes],
          ids: [...ids],
          getBaseRules: isFirst,
          getRulesFromHostname: isFirst,
          getRulesFromDOM: true,
          // Rules that run code of a list's in a page are not for a page that is signed in to.
          getInjectionRules: false,
          getExtendedRules: false,
        }).styles,
    )
    .filter(Boolean)
    .join("\n");
}

function builtIn(): FiltersEngine {
  return FiltersEngine.deserialize(compileFilterList(CONSENT_RULES, "cosmetic"));
}
