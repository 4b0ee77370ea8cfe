import { FiltersEngine, Request } from "@ghostery/adblocker";
import { isTrackerCategory, judgeCategory } from "#lib/core/trackers/tracker-category.ts";
import { registrableDomain } from "#lib/core/url/registrable-domain.ts";
import type { PageReference } from "#lib/node/reader/reading.ts";
import { type CompiledLists, NO_LISTS } from "#lib/node/trackers/compiled-list.ts";
import { type Entity, entityOf } from "#lib/node/trackers/entity-of.ts";

export interface Tracker extends Entity {
  /** `social` owners are dropped only at the strict level. */
  kind: "tracker" | "social";
}

/** What a page's markup names, and what only a page that runs asks for. */
export type ReferenceType = PageReference["type"] | "fetch" | "ping" | "websocket";

export interface TrackerMatcher {
  /** The lists' version. */
  readonly version: string;
  /** The tracker behind a reference of a page, or null: first parties and everyone harmless. */
  find(reference: { url: string; type: ReferenceType }, pageUrl: string): Tracker | null;
}

interface LoadedList {
  category: string;
  engine: FiltersEngine;
}

/**
 * Tells trackers from other third parties: by the filter lists when there are
 * any, else by who owns the host. An exception rule of any list overrules a
 * block of any other, as if they were one list. Loading takes milliseconds: the
 * engines read their rules in place, out of the shared memory.
 */
export function createTrackerMatcher({ version, lists }: CompiledLists = NO_LISTS): TrackerMatcher {
  const loaded: LoadedList[] = lists.map(({ category, engine }) => ({
    category,
    engine: FiltersEngine.deserialize(engine),
  }));
  let page = siteOf("");
  return {
    version,
    find(reference, pageUrl) {
      const url = URL.parse(reference.url);
      if (!url) return null;
      // A page is asked about many times in a row.
      if (page.url !== pageUrl) page = siteOf(pageUrl);
      const domain = registrableDomain(url.hostname);
      if (domain === page.domain) return null;
      const entity = entityOf(url.hostname);
      if (entity && entity.name === page.owner) return null;

      const verdict = matchLists(loaded, reference, pageUrl);
      if (verdict === "allowed") return null;
      if (verdict !== null) {
        const name = entity?.name ?? domain;
        // A CDN's or a host's counting script is reported as what the list has against it.
        const category = entity && isTrackerCategory(entity.category) ? entity.category : verdict;
        return { name, category, kind: "tracker" };
      }
      const kind = entity && judgeCategory(entity.category, { type: reference.type, path: url.pathname });
      return kind ? { ...entity, kind } : null;
    },
  };
}

interface Site {
  url: string;
  domain: string;
  /** The known owner's name, or null. */
  owner: string | null;
}

function siteOf(pageUrl: string): Site {
  const host = URL.parse(pageUrl)?.hostname ?? "";
  return { url: pageUrl, domain: registrableDomain(host), owner: entityOf(host)?.name ?? null };
}

/** The blocking list's category, `allowed` when an exception overrules it, null when no list blocks. */
function matchLists(
  lists: readonly LoadedList[],
  reference: { url: string; type: ReferenceType },
  pageUrl: string,
): string | "allowed" | null {
  if (lists.length === 0) return null;
  const request = Request.fromRawDetails({
    url: reference.url,
    sourceUrl: pageUrl,
    type: REQUEST_TYPES[reference.type],
  });
  let blockedBy: LoadedList | null = null;
  for (const list of lists) {
    const { match, exception } = list.engine.match(request);
    if (exception) return "allowed";
    if (match) blockedBy ??= list;
  }
  if (!blockedBy) return null;
  const isExcepted = lists.some(
    ({ engine }) => engine !== blockedBy.engine && engine.exceptions.match(request) !== undefined,
  );
  return isExcepted ? "allowed" : blockedBy.category;
}

const REQUEST_TYPES = {
  script: "script",
  image: "image",
  stylesheet: "stylesheet",
  frame: "sub_frame",
  font: "font",
  media: "media",
  other: "other",
  fetch: "xhr",
  ping: "ping",
  websocket: "websocket",
} as const satisfies Record<ReferenceType, string>;
