import "server-only";
import { bucketOf, type RateLimitName } from "#lib/core/rate-limit/limits.ts";
import type { LimitState } from "#lib/core/rate-limit/rate-limit-headers.ts";
import { rateLimitFallbacks } from "#lib/node/metrics/http-metrics.ts";
import type { InsuredKv } from "#lib/server/http/insured-kv.ts";

export interface RateLimiter {
  /** Takes `cost` tokens (1 when absent); never throws for a store that is down. */
  take(name: RateLimitName, clientKey: string, cost?: number): Promise<LimitState>;
}

export function createRateLimiter(kv: InsuredKv, scale = 1): RateLimiter {
  return {
    async take(name, clientKey, cost = 1) {
      const bucket = { ...bucketOf(name, scale), cost };
      const key = `limit:${name}:${clientKey}`;
      const { value, shared } = await kv.run((store) => store.takeTokens(key, bucket));
      if (!shared) rateLimitFallbacks.inc({ limit: name });
      return { name, ...value };
    },
  };
}
