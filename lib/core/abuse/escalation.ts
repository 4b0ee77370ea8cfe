/** What counts against a client, and how much. */
export const STRIKE_WEIGHTS = {
  scanner: 100,
  traversal: 100,
  odd: 50,
  /** A path an administrator's rule blocks. */
  rule: 100,
  /** A wrong bearer token. */
  unauthorized: 20,
  rateLimited: 2,
} as const;

export type StrikeKind = keyof typeof STRIKE_WEIGHTS;

/** Strikes add up over this long, counted from the first. */
export const STRIKE_WINDOW_MS = 10 * 60_000;

/**
 * Points in one window that lead to a block: three probes, fifteen wrong tokens, or
 * 150 refusals for speed. An ordinary 404 costs nothing, so no mistyped address and
 * no dead link ever leads here.
 */
export const BLOCK_THRESHOLD = 300;

/** How long the first, second, … block lasts; the last repeats. */
export const BLOCK_DURATIONS_MS = [60_000, 5 * 60_000, 30 * 60_000, 4 * 3_600_000, 24 * 3_600_000] as const;

/** A client without a block for this long begins at the first step again. */
export const LEVEL_MEMORY_MS = 48 * 3_600_000;

export interface BlockDecision {
  /** 1 for the first block. */
  level: number;
  durationMs: number;
}

/**
 * Whether this strike is the one that leads to a block. `scoreAfter` is the window's
 * score with the strike added: of many concurrent strikes exactly one crosses the
 * threshold, so a burst raises the level once.
 */
export function crossesThreshold({ scoreAfter, weight }: { scoreAfter: number; weight: number }): boolean {
  return scoreAfter >= BLOCK_THRESHOLD && scoreAfter - weight < BLOCK_THRESHOLD;
}

/** The block that follows `levelBefore` earlier ones. */
export function blockFor(levelBefore: number): BlockDecision {
  const step = Math.min(Math.max(0, levelBefore), BLOCK_DURATIONS_MS.length - 1);
  return { level: levelBefore + 1, durationMs: BLOCK_DURATIONS_MS[step] ?? BLOCK_DURATIONS_MS[0] };
}
