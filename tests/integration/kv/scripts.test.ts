import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Kv, LimitDecision } from "#lib/node/kv/kv.ts";
import { EXACT_LIMIT_MAX, WINDOW_SLICES } from "#lib/node/kv/limits.ts";
import { hitSlidingWindow, type WindowState } from "#lib/node/kv/memory/sliding-window.ts";
import { type BucketState, takeFromBucket } from "#lib/node/kv/memory/token-bucket.ts";
import { createKeys, KEY_PREFIX, partitionOf } from "#lib/node/kv/redis/keys.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { hitWindowExact, hitWindowSliced } from "#lib/node/kv/redis/scripts/hit-window.ts";
import type { Script } from "#lib/node/kv/redis/scripts/script.ts";
import { takeTokens } from "#lib/node/kv/redis/scripts/take-tokens.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { createRandom } from "../../fixtures/random.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";
import { SOON } from "../../fixtures/soon.ts";

// Redis is absent only on a machine that cannot install it; CI has it.
describe.skipIf(!REDIS_SERVER)("the Redis scripts", () => {
  let redis: RedisServer;
  let kv: Kv;
  const keys = createKeys(KEY_PREFIX);
  const connect = () => createClient({ url: redis.url, RESP: 2 });
  let client: ReturnType<typeof connect>;

  beforeAll(async () => {
    redis = await startRedisServer();
    kv = createRedisKv(createTcpTransport({ url: redis.url }));
    client = connect();
    await client.connect();
  });
  beforeEach(() => client.flushAll());
  afterAll(async () => {
    client?.destroy();
    await kv?.close();
    await redis?.stop();
  });

  /** Runs a script at a time of the test's choosing. */
  async function runAt(script: Script, nowMs: number, args: number[]): Promise<LimitDecision> {
    const source = script.source.replace("redis.call('TIME')", "{ARGV[#ARGV - 1], ARGV[#ARGV]}");
    expect(source).not.toBe(script.source);
    const seconds = Math.floor(nowMs / 1000);
    const time = [String(seconds), String(Math.round((nowMs - seconds * 1000) * 1000))];
    const reply = await client.sendCommand(["EVAL", source, "1", "key", ...args.map(String), ...time]);
    const [allowed = 0, remaining = 0, retryAfterMs = 0, resetAfterMs = 0] = reply as unknown as number[];
    return { allowed: allowed === 1, remaining, retryAfterMs, resetAfterMs };
  }

  it("decide about token buckets as the memory store does", async () => {
    const random = createRandom(1);
    let state: BucketState | undefined;
    let nowMs = Date.now();
    for (let i = 0; i < 400; i++) {
      // Mostly forward, sometimes back, as clocks do.
      nowMs += random() < 0.1 ? -Math.floor(random() * 500) : Math.floor(random() * 4_000);
      const bucket = { capacity: 20, refillPerSecond: 0.7, cost: Math.floor(random() * 6) };
      const ours = takeFromBucket(state, bucket, nowMs);
      state = ours.state;
      const reply = await runAt(takeTokens, nowMs, [bucket.capacity, bucket.refillPerSecond, bucket.cost]);
      expect(reply, `step ${i}`).toEqual(ours.decision);
    }
  });

  it.each([
    ["exact", hitWindowExact, 12],
    ["sliced", hitWindowSliced, EXACT_LIMIT_MAX + 1],
  ])("decide about sliding windows as the memory store does (%s)", async (_, script, limit) => {
    const random = createRandom(2);
    const windowMs = 64_000;
    let state: WindowState | undefined;
    let nowMs = Date.now();
    for (let i = 0; i < 1_500; i++) {
      const scale = (windowMs / limit) * 1.6;
      nowMs += random() < 0.05 ? -Math.floor(random() * scale) : Math.floor(random() * scale);
      const ours = hitSlidingWindow(state, { limit, windowMs }, nowMs);
      state = ours.state;
      const reply = await runAt(script, nowMs, [limit, windowMs * 1000, WINDOW_SLICES]);
      expect(reply, `step ${i}`).toEqual(ours.decision);
    }
  });

  it("keep no more of a tag's index than lives, however many entries expire", async () => {
    const partition = partitionOf("a");
    const names = Array.from({ length: 4_000 }, (_, i) => `name ${i}`).filter(
      (name) => partitionOf(name) === partition,
    );
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) await kv.set(name, "x", { ttlMs: 20, tags: ["t"] });
    await vi.waitFor(async () => expect(await kv.get(names.at(-1) ?? "")).toBeNull(), SOON);
    await kv.set("a", "x", { ttlMs: 60_000, tags: ["t"] });
    expect(await client.zCard(keys.tag(partition, "t"))).toBe(1);
    expect(await client.pTTL(keys.tag(partition, "t"))).toBeGreaterThan(20_000);
    // A shorter entry does not shorten the index.
    await kv.set(names[0] ?? "", "x", { ttlMs: 30, tags: ["t"] });
    expect(await client.pTTL(keys.tag(partition, "t"))).toBeGreaterThan(20_000);
  });

  it("leave nothing without an end, except counters that asked for none", async () => {
    await kv.set("v", "x", { ttlMs: 60_000, tags: ["t"] });
    await kv.increment("short", { ttlMs: 60_000 });
    await kv.takeTokens("b", { capacity: 5, refillPerSecond: 1 });
    await kv.hitWindow("w", { limit: 5, windowMs: 60_000 });
    await kv.hitWindow("s", { limit: 5_000, windowMs: 60_000 });
    await kv.acquireLock("l", { ttlMs: 60_000 });
    await kv.appendEvent("e", "x", { lengthMax: 5, ttlMs: 60_000 });
    const names = await client.keys("*");
    expect(names).toHaveLength(10);
    for (const name of names) expect(await client.pTTL(name), name).toBeGreaterThan(0);
    expect(names.filter((name) => !name.startsWith("qui:1:"))).toEqual([]);
  });

  it("drop a full bucket and an empty window at once", async () => {
    await kv.takeTokens("b", { capacity: 5, refillPerSecond: 100 });
    await kv.hitWindow("w", { limit: 5, windowMs: 20 });
    await vi.waitFor(async () => expect(await client.dbSize()).toBe(0), SOON);
  });

  it("hand out growing fencing tokens even when the server lost its memory", async () => {
    const before = await kv.acquireLock("l", { ttlMs: 60_000 });
    await client.flushAll();
    const after = await kv.acquireLock("l", { ttlMs: 60_000 });
    expect(after?.fencingToken).toBeGreaterThan(before?.fencingToken ?? Number.POSITIVE_INFINITY);
    expect(Number.isSafeInteger(after?.fencingToken)).toBe(true);
  });

  it("number events on from a log whose stream alone was lost, and begin a new epoch when all of it was", async () => {
    const kept = { lengthMax: 10, ttlMs: 60_000 };
    const first = await kv.appendEvent("e", "a", kept);
    await client.del(keys.stream("e"));
    expect(await kv.appendEvent("e", "b", kept)).toEqual({ epoch: first.epoch, offset: 2 });
    expect((await kv.readEvents("e", { ...first, offset: 0 }, 5)).status).toBe("gone");
    await client.flushAll();
    const fresh = await kv.appendEvent("e", "c", kept);
    expect(fresh.offset).toBe(1);
    expect(fresh.epoch).not.toBe(first.epoch);
    expect(await kv.readEvents("e", first, 5)).toEqual({ status: "gone", last: fresh });
  });

  it("survive names with braces, which would otherwise end a cluster's hash tag early", async () => {
    for (const name of ["}", "{x}", "a}b{c", "%7D", ""]) {
      expect(await kv.acquireLock(name, { ttlMs: 60_000 }), name).not.toBeNull();
      await kv.set(name, name, { ttlMs: 60_000, tags: ["}t{"] });
      expect(await kv.get(name)).toBe(name);
    }
    expect(await kv.deleteByTag("}t{")).toBe(5);
  });
});
