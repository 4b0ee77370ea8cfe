import type { TrackerReport } from "#lib/protocol/pages.ts";

export interface TrackerSummary {
  headline: string;
  explanation: string;
  /** Largest first, as are the entities within. */
  categories: { category: string; count: number; entities: { name: string; count: number }[] }[];
}

/** A tracker report in words: what was found, what became of it, and who it belonged to. */
export function summariseTrackers({ count, entities, level }: TrackerReport): TrackerSummary {
  const groups = Map.groupBy(entities, ({ category }) => category || "Other");
  const categories = [...groups].map(([category, members]) => ({
    category,
    count: members.reduce((sum, member) => sum + member.count, 0),
    entities: members.map(({ name, count: own }) => ({ name, count: own })).sort((a, b) => b.count - a.count),
  }));
  return {
    headline: headline(count, entities.length, level),
    explanation: explanation(count, level),
    categories: categories.sort((a, b) => b.count - a.count),
  };
}

function headline(count: number, owners: number, level: TrackerReport["level"]): string {
  if (count === 0) return "No trackers found";
  const trackers = count === 1 ? "1 tracker" : `${count} trackers`;
  const found = level === "off" ? "found" : "left out";
  return owners > 1 ? `${trackers} of ${owners} companies ${found}` : `${trackers} ${found}`;
}

function explanation(count: number, level: TrackerReport["level"]): string {
  if (count === 0) return "No known tracker is part of this page.";
  return level === "off"
    ? "They are part of the page, but the reader runs no scripts, so they never reached your device."
    : "Qui’s server left these out of the page. They never reached your device.";
}
