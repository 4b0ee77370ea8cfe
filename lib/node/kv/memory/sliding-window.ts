import type { LimitDecision, SlidingWindow } from "#lib/node/kv/kv.ts";
import { EXACT_LIMIT_MAX, WINDOW_SLICES } from "#lib/node/kv/limits.ts";

/** Hits oldest first: one entry a hit (exact), or one entry a slice of time. */
export interface WindowState {
  hits: { untilMs: number; count: number }[];
}

/**
 * The sliding window's one decision; `redis/scripts/hit-window.ts` is the same in Lua.
 * Each entry counts until `untilMs`. In a slice that is the moment at which even a hit at the slice's very end
 * has left the window, so the limit holds in every window, and a hit counts for 65/64 of a window at most.
 */
export function hitSlidingWindow(
  state: WindowState | undefined,
  { limit, windowMs }: SlidingWindow,
  nowMs: number,
): { state: WindowState; decision: LimitDecision } {
  const hits = (state?.hits ?? []).filter((hit) => hit.untilMs > nowMs);
  let total = hits.reduce((sum, hit) => sum + hit.count, 0);
  const allowed = total < limit;
  if (allowed) {
    const untilMs = countsUntil(nowMs, { limit, windowMs });
    const newest = hits.at(-1);
    if (newest && limit > EXACT_LIMIT_MAX && newest.untilMs >= untilMs) newest.count += 1;
    else hits.push({ untilMs: Math.max(untilMs, newest?.untilMs ?? 0), count: 1 });
    total += 1;
  }
  return {
    state: { hits },
    decision: {
      allowed,
      remaining: Math.max(0, limit - total),
      retryAfterMs: allowed ? 0 : Math.max(1, Math.ceil(freesAt(hits, total, limit) - nowMs)),
      resetAfterMs: Math.max(0, Math.ceil((hits.at(-1)?.untilMs ?? nowMs) - nowMs)),
    },
  };
}

function countsUntil(nowMs: number, { limit, windowMs }: SlidingWindow): number {
  if (limit <= EXACT_LIMIT_MAX) return nowMs + windowMs;
  const sliceMs = windowMs / WINDOW_SLICES;
  return (Math.floor(nowMs / sliceMs) + WINDOW_SLICES + 1) * sliceMs;
}

function freesAt(hits: WindowState["hits"], total: number, limit: number): number {
  let left = total;
  for (const hit of hits) {
    left -= hit.count;
    if (left < limit) return hit.untilMs;
  }
  return 0;
}
