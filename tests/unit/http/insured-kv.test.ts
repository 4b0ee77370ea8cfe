import { describe, expect, it } from "vitest";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { createInsuredKv } from "#lib/server/http/insured-kv.ts";
import { createRateLimiter } from "#lib/server/http/rate-limiter.ts";

function failing(error = new Error("connection refused")) {
  let calls = 0;
  const memory = createMemoryKv();
  const kv: Kv = {
    ...memory,
    driver: "redis",
    takeTokens: async () => {
      calls += 1;
      throw error;
    },
  };
  return { kv, calls: () => calls };
}

describe("limits while the store is down", () => {
  it("go on admitting readers", async () => {
    const limiter = createRateLimiter(createInsuredKv({ kv: () => failing().kv }));
    expect(await limiter.take("pages", "192.0.2.7")).toMatchObject({ allowed: true, remaining: 39 });
  });

  it("still stop whoever asks too much, client by client", async () => {
    const limiter = createRateLimiter(createInsuredKv({ kv: () => failing().kv, now: () => 0 }));
    const decisions = [];
    for (let sent = 0; sent < 31; sent++) decisions.push(await limiter.take("api", "192.0.2.7"));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(30);
    expect(await limiter.take("api", "192.0.2.8")).toMatchObject({ allowed: true });
  });

  it("ask the store again only after a rest", async () => {
    let nowMs = 0;
    const { kv, calls } = failing();
    const limiter = createRateLimiter(createInsuredKv({ kv: () => kv, now: () => nowMs, restMs: 2000 }));
    for (let sent = 0; sent < 10; sent++) await limiter.take("api", "a");
    expect(calls()).toBe(1);
    nowMs = 2000;
    await limiter.take("api", "a");
    expect(calls()).toBe(2);
  });

  it("do not wait for a store that hangs", async () => {
    const kv: Kv = { ...createMemoryKv(), driver: "redis", takeTokens: () => new Promise(() => {}) };
    const limiter = createRateLimiter(createInsuredKv({ kv: () => kv, answerWithinMs: 5 }));
    expect((await limiter.take("api", "a")).allowed).toBe(true);
  });

  it("survive a store that fails only after the wait is over", async () => {
    const late = Promise.withResolvers<never>();
    const kv: Kv = { ...createMemoryKv(), driver: "redis", takeTokens: () => late.promise };
    const limiter = createRateLimiter(createInsuredKv({ kv: () => kv, answerWithinMs: 5 }));
    await limiter.take("api", "a");
    late.reject(new Error("late"));
    expect((await limiter.take("api", "a")).allowed).toBe(true);
  });

  it("survive a store that cannot even be made", async () => {
    const limiter = createRateLimiter(
      createInsuredKv({
        kv: () => {
          throw new Error("bad REDIS_URL");
        },
      }),
    );
    expect((await limiter.take("api", "a")).allowed).toBe(true);
  });
});

it("keeps the store's word while it answers", async () => {
  const limiter = createRateLimiter(
    createInsuredKv({ kv: () => ({ ...createMemoryKv(), driver: "redis" }) }),
    2,
  );
  expect(await limiter.take("api", "a", 60)).toMatchObject({ name: "api", allowed: true, remaining: 0 });
});
