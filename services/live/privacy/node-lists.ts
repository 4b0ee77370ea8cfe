import { createTrackerMatcher, type TrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";

let matcher: TrackerMatcher | undefined;

/** The node's matcher: by who owns what until there are lists, then by those too. */
export function getTrackerMatcher(): TrackerMatcher {
  matcher ??= createTrackerMatcher();
  return matcher;
}
