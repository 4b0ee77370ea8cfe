import type { LimitDecision, TokenBucket } from "#lib/node/kv/kv.ts";

/** Absorbs rounding, so that who waits exactly `retryAfterMs` is admitted. In tokens. */
const EPSILON = 1e-9;

export interface BucketState {
  tokens: number;
  atMs: number;
}

/**
 * The token bucket's one decision; `redis/scripts/take-tokens.ts` is the same in Lua.
 * A clock that steps back refills nothing.
 */
export function takeFromBucket(
  state: BucketState | undefined,
  { capacity, refillPerSecond, cost = 1 }: TokenBucket,
  nowMs: number,
): { state: BucketState; decision: LimitDecision } {
  // In microseconds, as the script computes: rounding then agrees to the last bit.
  const elapsedMs = state ? Math.max(0, nowMs - state.atMs) : 0;
  const refilled = state ? state.tokens + (elapsedMs * 1000 * refillPerSecond) / 1_000_000 : capacity;
  const before = Math.min(capacity, refilled);
  const allowed = before + EPSILON >= cost;
  const tokens = allowed ? Math.max(0, before - cost) : before;
  const msFor = (missing: number) =>
    Math.max(0, Math.ceil(((missing - EPSILON / 2) / refillPerSecond) * 1000));
  return {
    state: { tokens, atMs: state ? Math.max(nowMs, state.atMs) : nowMs },
    decision: {
      allowed,
      remaining: Math.floor(tokens + EPSILON),
      retryAfterMs: allowed ? 0 : Math.max(1, msFor(cost - tokens)),
      resetAfterMs: msFor(capacity - tokens),
    },
  };
}
