import type { HistoryEntry } from "#lib/core/omnibox/sources.ts";

const DAY_MS = 86_400_000;
const HALF_LIFE_DAYS = 14;

/**
 * How likely an address is wanted again, from how often and how lately it was
 * visited: visits count less the more there are, an address chosen in the address
 * bar counts for three, and worth halves every fortnight.
 */
export function frecency(
  entry: Pick<HistoryEntry, "visitCount" | "typedCount" | "lastVisitedAt">,
  now: number,
): number {
  const days = Math.max(0, now - entry.lastVisitedAt) / DAY_MS;
  const visits = Math.max(1, entry.visitCount) + 2 * Math.max(0, entry.typedCount);
  return Math.log2(1 + visits) * 2 ** (-days / HALF_LIFE_DAYS);
}
