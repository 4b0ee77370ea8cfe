import { describe, expect, it } from "vitest";
import { EXACT_LIMIT_MAX, WINDOW_SLICES } from "#lib/node/kv/limits.ts";
import { hitSlidingWindow, type WindowState } from "#lib/node/kv/memory/sliding-window.ts";
import { type BucketState, takeFromBucket } from "#lib/node/kv/memory/token-bucket.ts";
import { createRandom } from "../../fixtures/random.ts";

describe("token bucket", () => {
  it("never admits more in any stretch of time than capacity plus refill", () => {
    const random = createRandom(7);
    const bucket = { capacity: 5, refillPerSecond: 2 };
    let state: BucketState | undefined;
    let nowMs = 0;
    const admitted: number[] = [];
    for (let i = 0; i < 3_000; i++) {
      nowMs += random() < 0.5 ? Math.floor(random() * 40) : Math.floor(random() * 900);
      const step = takeFromBucket(state, bucket, nowMs);
      state = step.state;
      if (step.decision.allowed) admitted.push(nowMs);
    }
    for (let from = 0; from < admitted.length; from++) {
      for (const count of [6, 10, 40]) {
        const until = admitted[from + count - 1];
        const start = admitted[from];
        if (until === undefined || start === undefined) continue;
        const mayBe = bucket.capacity + ((until - start) * bucket.refillPerSecond) / 1000;
        expect(count).toBeLessThanOrEqual(Math.floor(mayBe + 1e-6));
      }
    }
  });

  it("admits the same request after exactly retryAfterMs, and not a millisecond earlier", () => {
    const random = createRandom(8);
    for (let i = 0; i < 2_000; i++) {
      const capacity = 1 + Math.floor(random() * 20);
      const bucket = {
        capacity,
        refillPerSecond: 0.01 + random() * 20,
        cost: 1 + Math.floor(random() * capacity),
      };
      let state: BucketState | undefined;
      let step = takeFromBucket(state, bucket, 1_000);
      while (step.decision.allowed) {
        state = step.state;
        step = takeFromBucket(state, bucket, 1_000);
      }
      const { retryAfterMs } = step.decision;
      expect(takeFromBucket(step.state, bucket, 1_000 + retryAfterMs).decision.allowed).toBe(true);
      expect(takeFromBucket(step.state, bucket, 1_000 + retryAfterMs - 1).decision.allowed).toBe(false);
    }
  });

  it("is full again after resetAfterMs", () => {
    const bucket = { capacity: 7, refillPerSecond: 0.3, cost: 7 };
    const { state, decision } = takeFromBucket(undefined, bucket, 50);
    expect(decision.resetAfterMs).toBe(23_334);
    expect(takeFromBucket(state, bucket, 50 + decision.resetAfterMs).decision.allowed).toBe(true);
    expect(takeFromBucket(state, bucket, 49 + decision.resetAfterMs).decision.allowed).toBe(false);
  });

  it("refills nothing when the clock steps back, and not twice when it returns", () => {
    const bucket = { capacity: 2, refillPerSecond: 1, cost: 2 };
    const first = takeFromBucket(undefined, bucket, 10_000);
    const back = takeFromBucket(first.state, bucket, 5_000);
    expect(back.decision.allowed).toBe(false);
    const returned = takeFromBucket(back.state, bucket, 10_000);
    expect(returned.decision).toMatchObject({ allowed: false, remaining: 0, retryAfterMs: 2_000 });
  });

  it("answers without taking when the cost is nothing", () => {
    const { decision } = takeFromBucket(undefined, { capacity: 3, refillPerSecond: 1, cost: 0 }, 0);
    expect(decision).toEqual({ allowed: true, remaining: 3, retryAfterMs: 0, resetAfterMs: 0 });
  });
});

describe("sliding window", () => {
  function replay(limit: number, windowMs: number, steps: number, seed: number) {
    const random = createRandom(seed);
    let state: WindowState | undefined;
    let nowMs = 0;
    const hits: { at: number; allowed: boolean }[] = [];
    const scale = (windowMs / limit) * 1.5;
    for (let i = 0; i < steps; i++) {
      // Bursts and pauses.
      nowMs += random() < 0.01 ? windowMs * random() : random() * scale * (random() < 0.3 ? 2 : 0.5);
      const step = hitSlidingWindow(state, { limit, windowMs }, nowMs);
      state = step.state;
      hits.push({ at: nowMs, allowed: step.decision.allowed });
    }
    return hits;
  }

  it("decides exactly as counting the hits of the last window does, up to a limit of 256", () => {
    for (const limit of [1, 3, 20, EXACT_LIMIT_MAX]) {
      const windowMs = 10_000;
      const admitted: number[] = [];
      for (const hit of replay(limit, windowMs, 3_000, limit)) {
        const inWindow = admitted.filter((at) => at > hit.at - windowMs).length;
        expect(hit.allowed, `limit ${limit} at ${hit.at}`).toBe(inWindow < limit);
        if (hit.allowed) admitted.push(hit.at);
      }
    }
  });

  it("above it, never admits more than the limit, and refuses only what 65/64 of a window would", () => {
    const limit = 400;
    const windowMs = 64_000;
    const sliceMs = windowMs / WINDOW_SLICES;
    const admitted: number[] = [];
    let refused = 0;
    for (const hit of replay(limit, windowMs, 6_000, 5)) {
      const within = (ms: number) => admitted.filter((at) => at > hit.at - ms).length;
      if (hit.allowed) {
        expect(within(windowMs)).toBeLessThan(limit);
        admitted.push(hit.at);
      } else {
        expect(within(windowMs + sliceMs)).toBeGreaterThanOrEqual(limit);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it("holds no more slices than the window has, however many hits", () => {
    let state: WindowState | undefined;
    for (let i = 0; i < 20_000; i++) {
      state = hitSlidingWindow(state, { limit: 100_000, windowMs: 6_400 }, i).state;
    }
    expect(state?.hits.length).toBeLessThanOrEqual(WINDOW_SLICES + 1);
  });

  it("admits the same hit after exactly retryAfterMs", () => {
    for (const limit of [3, 300]) {
      let state: WindowState | undefined;
      let nowMs = 0;
      let step = hitSlidingWindow(state, { limit, windowMs: 5_000 }, nowMs);
      while (step.decision.allowed) {
        state = step.state;
        nowMs += 3;
        step = hitSlidingWindow(state, { limit, windowMs: 5_000 }, nowMs);
      }
      const { retryAfterMs } = step.decision;
      const at = (ms: number) =>
        hitSlidingWindow(step.state, { limit, windowMs: 5_000 }, ms).decision.allowed;
      expect(at(nowMs + retryAfterMs)).toBe(true);
      expect(at(nowMs + retryAfterMs - 1)).toBe(false);
    }
  });

  it("respects a limit that was lowered meanwhile", () => {
    let state: WindowState | undefined;
    for (let i = 0; i < 10; i++)
      state = hitSlidingWindow(state, { limit: 10, windowMs: 1_000 }, i * 10).state;
    const { decision } = hitSlidingWindow(state, { limit: 4, windowMs: 1_000 }, 100);
    expect(decision).toEqual({ allowed: false, remaining: 0, retryAfterMs: 960, resetAfterMs: 990 });
  });
});
