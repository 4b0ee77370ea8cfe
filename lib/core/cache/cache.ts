import { BoundedCache, type CacheBounds, type CacheStats } from "#lib/core/cache/bounded-cache.ts";
import { AdaptivePolicy } from "#lib/core/cache/policies/adaptive.ts";
import { LfuPolicy } from "#lib/core/cache/policies/lfu.ts";
import { LruPolicy } from "#lib/core/cache/policies/lru.ts";
import { TtlPolicy } from "#lib/core/cache/policies/ttl.ts";
import type { PolicyFactory } from "#lib/core/cache/policy.ts";

export type CachePolicy = "lru" | "lfu" | "ttl" | "adaptive";

export interface CacheOptions extends CacheBounds {
  policy: CachePolicy;
}

/** A cache in this process's memory. No call waits, throws for want of room, or starts a timer. */
export interface Cache<V> {
  /** Counts as a request, and makes the entry likelier to stay. */
  get(key: string): V | undefined;
  /**
   * False when the cache did not keep the value: larger than an entry may be, no time to live, or (with the
   * adaptive policy) worth less than what it would displace. An older value of the key is gone in any case.
   */
  set(key: string, value: V, options: { bytes: number; ttlMs?: number }): boolean;
  delete(key: string): boolean;
  clear(): void;
  stats(): CacheStats;
}

const POLICIES: Record<CachePolicy, PolicyFactory> = {
  lru: (host) => new LruPolicy(host),
  lfu: (host) => new LfuPolicy(host),
  ttl: (host) => new TtlPolicy(host),
  adaptive: (host) => new AdaptivePolicy(host),
};

export function createCache<V>({ policy, ...options }: CacheOptions): Cache<V> {
  return new BoundedCache<V>(POLICIES[policy], options);
}
