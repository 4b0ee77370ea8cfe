import { describe, expect, it, vi } from "vitest";
import { BoundedCache, type CacheBounds } from "#lib/core/cache/bounded-cache.ts";
import { createCache } from "#lib/core/cache/cache.ts";
import { AdaptivePolicy } from "#lib/core/cache/policies/adaptive.ts";
import { LfuPolicy } from "#lib/core/cache/policies/lfu.ts";
import { TtlPolicy } from "#lib/core/cache/policies/ttl.ts";
import type { PolicyFactory } from "#lib/core/cache/policy.ts";
import { POLICIES } from "../../fixtures/cache-simulator.ts";
import { createRandom } from "../../fixtures/random.ts";

/** Thousands of steps in each; the machine may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const ALL: Record<string, PolicyFactory> = {
  ...POLICIES,
  LFU: (host) => new LfuPolicy(host),
  TTL: (host) => new TtlPolicy(host),
  adaptive: (host) => new AdaptivePolicy(host),
};

const bounds = (more: Partial<CacheBounds> = {}): CacheBounds => ({
  entriesMax: 100,
  bytesMax: 1e6,
  now: () => 0,
  ...more,
});

describe.each(Object.entries(ALL))("a cache by %s", (_, createPolicy) => {
  it("keeps both bounds and answers only what was last set, whatever is done with it", () => {
    for (const [entriesMax, bytesMax] of [
      [1, 1000],
      [7, 200],
      [40, 400],
      [500, 3_000],
      [40, 1e9],
    ] as const) {
      const random = createRandom(entriesMax);
      let now = 0;
      const cache = new BoundedCache<number>(createPolicy, { entriesMax, bytesMax, now: () => now });
      /** What could be in the cache: everything set and not deleted, replaced or expired since. */
      const model = new Map<string, { value: number; bytes: number; expiresAt: number }>();
      for (let i = 0; i < 8_000; i++) {
        const key = `k${Math.floor(random() ** 3 * 200)}`;
        const dice = random();
        now += random() < 0.02 ? 40 : 0;
        if (dice < 0.55) {
          const value = cache.get(key);
          const held = model.get(key);
          const fits = held?.value === value && (held?.expiresAt ?? 0) > now;
          if (value !== undefined && !fits) expect.fail(`${key} answered ${value}, step ${i}`);
        } else if (dice < 0.95) {
          const bytes = Math.floor(random() ** 2 * 80);
          const ttlMs = random() < 0.5 ? Number.POSITIVE_INFINITY : 1 + random() * 400;
          const kept = cache.set(key, i, { bytes, ttlMs });
          if (kept) model.set(key, { value: i, bytes, expiresAt: now + ttlMs });
          else model.delete(key);
        } else {
          const had = cache.delete(key);
          if (had && !model.delete(key)) expect.fail(`${key} was there to delete, step ${i}`);
          model.delete(key);
          if (cache.get(key) !== undefined) expect.fail(`${key} was answered after its deletion, step ${i}`);
        }
        const { entries, bytes } = cache.stats();
        const sound = entries <= entriesMax && bytes <= bytesMax && entries <= model.size;
        if (!sound) expect.fail(`${entries} entries of ${bytes} bytes, step ${i}`);
      }
      // The books agree with what is really there.
      const present = [...model].filter(([key]) => cache.get(key) !== undefined);
      const expected = present.reduce((sum, [, held]) => sum + held.bytes, 0);
      expect(cache.stats()).toMatchObject({ entries: present.length, bytes: expected });
      for (const [key] of present) expect(cache.delete(key)).toBe(true);
      expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
    }
  });

  it("uses its room: keeps everything while it fits", () => {
    const cache = new BoundedCache<number>(createPolicy, bounds());
    for (let i = 0; i < 100; i++) expect(cache.set(`k${i}`, i, { bytes: 10_000 })).toBe(true);
    for (let i = 0; i < 100; i++) expect(cache.get(`k${i}`)).toBe(i);
    expect(cache.stats()).toMatchObject({ entries: 100, bytes: 1e6, hits: 100, misses: 0, evictions: 0 });
  });

  it("is full, not half empty, while more is asked for than fits", () => {
    const cache = new BoundedCache<number>(createPolicy, bounds());
    const random = createRandom(4);
    for (let i = 0; i < 5_000; i++) {
      const key = `k${Math.floor(random() * 400)}`;
      if (cache.get(key) === undefined) cache.set(key, i, { bytes: 10 });
    }
    expect(cache.stats().entries).toBe(100);
  });

  it("forgets a value when its time is over, and does not count it afterwards", () => {
    let now = 1_000;
    const cache = new BoundedCache<string>(createPolicy, bounds({ now: () => now }));
    cache.set("a", "x", { bytes: 5, ttlMs: 50 });
    now = 1_049;
    expect(cache.get("a")).toBe("x");
    now = 1_050;
    expect(cache.get("a")).toBeUndefined();
    expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0, expirations: 1 });
    expect(cache.delete("a")).toBe(false);
  });

  it("sweeps out what has expired although nobody asks for it", () => {
    let now = 0;
    const cache = new BoundedCache<number>(createPolicy, bounds({ now: () => now }));
    for (let i = 0; i < 50; i++) cache.set(`old${i}`, i, { bytes: 1, ttlMs: 10 });
    now = 10;
    for (let i = 0; i < 60; i++) cache.set("same", i, { bytes: 1 });
    expect(cache.stats()).toMatchObject({ entries: 1, expirations: 50 });
  });

  it("refuses an entry larger than a quarter of it, and drops the older value", () => {
    const cache = new BoundedCache<string>(createPolicy, bounds({ bytesMax: 1000 }));
    expect(cache.set("a", "small", { bytes: 250 })).toBe(true);
    expect(cache.set("a", "large", { bytes: 251 })).toBe(false);
    expect(cache.get("a")).toBeUndefined();
    expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0, refusals: 1, evictions: 0 });
  });

  it("holds a value that grows and shrinks, within its bounds", () => {
    const cache = new BoundedCache<number>(createPolicy, bounds({ bytesMax: 1000, entriesMax: 10 }));
    for (let i = 0; i < 300; i++) {
      cache.set(`k${i % 5}`, i, { bytes: ((i * 37) % 250) + 1 });
      expect(cache.stats().bytes).toBeLessThanOrEqual(1000);
      const value = cache.get(`k${i % 5}`);
      if (value !== undefined) expect(value).toBe(i);
    }
  });

  it("begins anew after clear", () => {
    const cache = new BoundedCache<number>(createPolicy, bounds());
    for (let i = 0; i < 300; i++) cache.set(`k${i}`, i, { bytes: 1 });
    cache.clear();
    expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
    expect(cache.get("k299")).toBeUndefined();
    for (let i = 0; i < 100; i++) cache.set(`n${i}`, i, { bytes: 1 });
    expect(cache.get("n0")).toBe(0);
    expect(cache.stats().entries).toBe(100);
  });

  it("tells values that are falsy from values that are absent", () => {
    const cache = new BoundedCache<number | string | null>(createPolicy, bounds());
    for (const [i, value] of [0, "", null].entries()) {
      cache.set(`k${i}`, value, { bytes: 0 });
      expect(cache.get(`k${i}`)).toBe(value);
    }
    expect(cache.stats().hits).toBe(3);
  });
});

describe("createCache", () => {
  it("by lru leaves out exactly what a list in order of use would", () => {
    const random = createRandom(9);
    const cache = createCache<number>({ policy: "lru", entriesMax: 20, bytesMax: 500, now: () => 0 });
    const model = new Map<string, { value: number; bytes: number }>();
    for (let i = 0; i < 20_000; i++) {
      const key = `k${Math.floor(random() * 40)}`;
      const held = model.get(key);
      const dice = random();
      if (dice < 0.5) {
        expect(cache.get(key)).toBe(held?.value);
        if (held) model.delete(key);
        if (held) model.set(key, held);
      } else if (dice < 0.95) {
        const bytes = Math.floor(random() * 60);
        cache.set(key, i, { bytes });
        model.delete(key);
        model.set(key, { value: i, bytes });
        const total = () => [...model.values()].reduce((sum, entry) => sum + entry.bytes, 0);
        while (model.size > 20 || total() > 500) model.delete(model.keys().next().value ?? "");
      } else {
        expect(cache.delete(key)).toBe(model.delete(key));
      }
      expect(cache.stats().entries).toBe(model.size);
    }
  });

  it("by ttl leaves out what expires soonest, and of equals the oldest", () => {
    const random = createRandom(10);
    const cache = createCache<number>({ policy: "ttl", entriesMax: 25, bytesMax: 1e6, now: () => 0 });
    const model = new Map<string, { ttlMs: number; arrival: number }>();
    for (let i = 0; i < 8_000; i++) {
      const key = `k${Math.floor(random() * 60)}`;
      if (random() < 0.1) {
        expect(cache.delete(key)).toBe(model.delete(key));
        continue;
      }
      const ttlMs = 1 + Math.floor(random() * 12);
      const before = model.get(key);
      if (!before && model.size === 25) {
        const [first] = [...model].sort(([, a], [, b]) => a.ttlMs - b.ttlMs || a.arrival - b.arrival);
        if (first) model.delete(first[0]);
      }
      cache.set(key, i, { bytes: 1, ttlMs });
      if (before?.ttlMs !== ttlMs || !model.has(key)) model.set(key, { ttlMs, arrival: i });
    }
    for (let k = 0; k < 60; k++) expect(cache.get(`k${k}`) !== undefined, `k${k}`).toBe(model.has(`k${k}`));
  });

  it("by lfu leaves out what was asked for least, and lets go of old favourites", () => {
    const cache = createCache<number>({ policy: "lfu", entriesMax: 3, bytesMax: 100, now: () => 0 });
    for (const key of ["a", "b", "c"]) cache.set(key, 1, { bytes: 1 });
    for (const key of ["a", "a", "a", "b", "b", "c"]) cache.get(key);
    cache.set("d", 1, { bytes: 1 });
    expect([..."abcd"].map((key) => cache.get(key) !== undefined)).toEqual([true, true, false, true]);
    for (let i = 0; i < 40; i++) cache.get("a");
    for (let i = 0; i < 3_000; i++)
      for (const key of ["x", "y", "z"]) if (!cache.get(key)) cache.set(key, 1, { bytes: 1 });
    expect(cache.get("a")).toBeUndefined();
  });

  it("by adaptive tells what it has learned: a loop belongs to frequency, a moving window to recency", () => {
    const run = (keyAt: (i: number) => number) => {
      const cache = createCache<number>({ policy: "adaptive", entriesMax: 100, bytesMax: 1e6, now: () => 0 });
      for (let i = 0; i < 30_000; i++) {
        const key = `k${keyAt(i)}`;
        if (cache.get(key) === undefined) cache.set(key, i, { bytes: 10 });
      }
      return cache.stats();
    };
    const looped = run((i) => i % 200);
    const byFrequency = (looped.policy["w-tinylfu"] ?? 0) + (looped.policy["w-tinylfu-climbing"] ?? 0);
    expect(byFrequency).toBeGreaterThan(0.95);
    expect(looped.hits / 30_000).toBeGreaterThan(0.45);
    const random = createRandom(3);
    const moving = run((i) => Math.floor(i * 0.3 + random() * random() * 150));
    expect(moving.policy.lru).toBeGreaterThan(0.9);
    expect(Object.values(moving.policy).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it("by adaptive remembers no more than a few keys for each entry it may hold", () => {
    const cache = createCache<number>({ policy: "adaptive", entriesMax: 50, bytesMax: 1e6, now: () => 0 });
    const random = createRandom(5);
    for (let i = 0; i < 20_000; i++) {
      const key = `k${Math.floor(random() ** 4 * 5_000)}`;
      if (cache.get(key) === undefined) cache.set(key, i, { bytes: 1 });
      if (cache.stats().keys > 50 * 6) expect.fail(`${cache.stats().keys} keys`);
    }
    expect(cache.stats().entries).toBe(50);
  });

  it("refuses bounds and sizes that can never be right", () => {
    for (const wrong of [{ entriesMax: 0 }, { bytesMax: 0 }, { entriesMax: Number.NaN }]) {
      expect(() => createCache({ policy: "lru", ...bounds(wrong) })).toThrow(RangeError);
    }
    const cache = createCache<number>({ policy: "lru", ...bounds() });
    expect(() => cache.set("a", 1, { bytes: -1 })).toThrow(RangeError);
    expect(() => cache.set("a", 1, { bytes: Number.NaN })).toThrow(RangeError);
  });
});
