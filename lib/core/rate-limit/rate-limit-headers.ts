import { bucketOf, type RateLimitName } from "#lib/core/rate-limit/limits.ts";

/** What a bucket said, as far as headers need it. */
export interface LimitState {
  name: RateLimitName;
  allowed: boolean;
  remaining: number;
  retryAfterMs: number;
  resetAfterMs: number;
}

/**
 * `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10,
 * and `Retry-After` (RFC 9110 §10.2.3) on a refusal. A bucket is told as its
 * capacity over the time it takes to fill: `"pages";q=40;w=8`. `t` is whole
 * seconds, rounded up, until the bucket is full; on a refusal until one more
 * request fits.
 */
export function rateLimitHeaders(state: LimitState, scale = 1): Record<string, string> {
  const { capacity, refillPerSecond } = bucketOf(state.name, scale);
  const windowS = Math.max(1, Math.ceil(capacity / refillPerSecond));
  const resetS = Math.ceil((state.allowed ? state.resetAfterMs : state.retryAfterMs) / 1000);
  const headers: Record<string, string> = {
    "RateLimit-Policy": `"${state.name}";q=${capacity};w=${windowS}`,
    RateLimit: `"${state.name}";r=${Math.max(0, state.remaining)};t=${resetS}`,
  };
  if (!state.allowed) headers["Retry-After"] = String(Math.max(1, resetS));
  return headers;
}
