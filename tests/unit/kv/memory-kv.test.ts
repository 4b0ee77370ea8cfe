import { describe, expect, it, vi } from "vitest";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { SOON } from "../../fixtures/soon.ts";

function createAt(start: number, options: { entriesMax?: number; bytesMax?: number } = {}) {
  const clock = { ms: start };
  return { clock, kv: createMemoryKv({ ...options, now: () => clock.ms }) };
}

describe("the memory store", () => {
  it("forgets a value at the millisecond its lifetime ends, not before", async () => {
    const { clock, kv } = createAt(1_000);
    await kv.set("k", "v", { ttlMs: 50 });
    clock.ms = 1_049;
    expect(await kv.get("k")).toBe("v");
    clock.ms = 1_050;
    expect(await kv.get("k")).toBeNull();
    expect(await kv.delete("k")).toBe(0);
  });

  it("starts no timer, so nothing keeps the process alive", async () => {
    vi.useFakeTimers();
    try {
      const { kv } = createAt(0);
      await kv.set("k", "v", { ttlMs: 50, tags: ["t"] });
      await kv.increment("c", { ttlMs: 50 });
      await kv.takeTokens("b", { capacity: 1, refillPerSecond: 1 });
      await kv.hitWindow("w", { limit: 1, windowMs: 50 });
      await kv.acquireLock("l", { ttlMs: 50 });
      await kv.appendEvent("e", "x", { lengthMax: 5, ttlMs: 50 });
      await kv.subscribe("p", () => {});
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("holds no more entries than it may, and drops what was used least recently", async () => {
    const { kv } = createAt(0, { entriesMax: 3 });
    for (const key of ["a", "b", "c"]) await kv.set(key, key, { ttlMs: 1000 });
    await kv.get("a");
    await kv.set("d", "d", { ttlMs: 1000 });
    const left = await Promise.all(["a", "b", "c", "d"].map((key) => kv.get(key)));
    expect(left).toEqual(["a", null, "c", "d"]);
  });

  it("holds no more bytes than it may, and does not keep what alone is too large", async () => {
    const { kv } = createAt(0, { bytesMax: 10_000 });
    for (let i = 0; i < 100; i++) await kv.set(`k${i}`, "x".repeat(1_000), { ttlMs: 1000 });
    const left = await Promise.all(Array.from({ length: 100 }, (_, i) => kv.get(`k${i}`)));
    expect(left.filter((value) => value !== null)).toHaveLength(4);
    await kv.set("k99", "y".repeat(20_000), { ttlMs: 1000, tags: ["t"] });
    expect(await kv.get("k99")).toBeNull();
    expect(await kv.deleteByTag("t")).toBe(0);
  });

  it("keeps the bucket of a busy client while a flood of others comes by", async () => {
    const { kv } = createAt(0, { entriesMax: 50 });
    const bucket = { capacity: 10, refillPerSecond: 0.001 };
    let admitted = 0;
    for (let i = 0; i < 500; i++) {
      await kv.takeTokens(`flood ${i}`, bucket);
      if ((await kv.takeTokens("busy", bucket)).allowed) admitted += 1;
    }
    expect(admitted).toBe(10);
  });

  it("never pushes a held lock out, and refuses one too many", async () => {
    const { clock, kv } = createAt(0, { entriesMax: 2 });
    await kv.acquireLock("a", { ttlMs: 1000 });
    await kv.acquireLock("b", { ttlMs: 10 });
    await expect(kv.acquireLock("c", { ttlMs: 10 })).rejects.toMatchObject({ code: "unavailable" });
    expect(await kv.acquireLock("a", { ttlMs: 10 })).toBeNull();
    clock.ms = 10;
    expect(await kv.acquireLock("c", { ttlMs: 10 })).not.toBeNull();
  });

  it("drops what expired while nobody asked, a little with each write", async () => {
    const { clock, kv } = createAt(0, { entriesMax: 1_000, bytesMax: 1e9 });
    for (let i = 0; i < 1_000; i++) await kv.set(`old ${i}`, "x", { ttlMs: 10, tags: ["old"] });
    await kv.set("lasting", "x", { ttlMs: 1e9 });
    clock.ms = 10;
    for (let i = 0; i < 500; i++) await kv.set(`new ${i}`, "x", { ttlMs: 1e9 });
    // Room was made by the expired, not by dropping the least recently used of the living.
    expect(await kv.get("lasting")).toBe("x");
    expect(await kv.deleteByTag("old")).toBe(0);
  });

  it("tells a reader that a log pushed out by others is gone", async () => {
    const { kv } = createAt(0, { entriesMax: 1 });
    const first = await kv.appendEvent("a", "1", { lengthMax: 5, ttlMs: 1000 });
    await kv.appendEvent("b", "1", { lengthMax: 5, ttlMs: 1000 });
    expect(await kv.readEvents("a", first, 5)).toEqual({ status: "gone", last: null });
    const again = await kv.appendEvent("a", "2", { lengthMax: 5, ttlMs: 1000 });
    expect(again.offset).toBe(1);
    expect(again.epoch).not.toBe(first.epoch);
  });

  it("hands out growing fencing tokens even when the clock stands", async () => {
    const { kv } = createAt(5);
    const tokens: number[] = [];
    for (let i = 0; i < 5; i++) {
      const lock = await kv.acquireLock("l", { ttlMs: 1000 });
      tokens.push(lock?.fencingToken ?? 0);
      await lock?.release();
    }
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
  });

  it("refuses every call once closed", async () => {
    const { kv } = createAt(0);
    await kv.close();
    await expect(kv.get("k")).rejects.toMatchObject({ code: "unavailable" });
    await expect(kv.ping()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("reports a listener that throws, and delivers to the others", async () => {
    const onError = vi.fn();
    const kv = createMemoryKv({ onError });
    const received: string[] = [];
    await kv.subscribe("p", () => {
      throw new Error("a listener's own fault");
    });
    await kv.subscribe("p", (message) => received.push(message));
    await kv.publish("p", "x");
    await vi.waitFor(() => expect(received).toEqual(["x"]), SOON);
    expect(onError).toHaveBeenCalledOnce();
  });
});
