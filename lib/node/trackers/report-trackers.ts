import type { PageReference } from "#lib/node/reader/reading.ts";
import type { Tracker, TrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import type { TrackerReport } from "#lib/protocol/pages.ts";

/**
 * Who would have been told of a visit to the page: each third-party reference
 * that is a tracker, by owner, most references first. None of them is ever
 * loaded, so the level changes nothing here.
 */
export function reportTrackers(
  references: readonly PageReference[],
  pageUrl: string,
  matcher: TrackerMatcher,
): Pick<TrackerReport, "count" | "entities"> {
  const byOwner = new Map<string, { name: string; category: string; count: number }>();
  let count = 0;
  for (const reference of references) {
    const tracker = matcher.find(reference, pageUrl);
    if (!tracker) continue;
    count++;
    addTo(byOwner, tracker);
  }
  const entities = [...byOwner.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { count, entities };
}

function addTo(
  byOwner: Map<string, { name: string; category: string; count: number }>,
  { name, category }: Tracker,
): void {
  const known = byOwner.get(name);
  if (known) known.count++;
  else byOwner.set(name, { name, category, count: 1 });
}
