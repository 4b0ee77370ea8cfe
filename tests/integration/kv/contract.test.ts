import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parseEventMessage } from "#lib/node/kv/event-message.ts";
import type { Kv, LimitDecision } from "#lib/node/kv/kv.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { createUpstashTransport } from "#lib/node/kv/redis/upstash-transport.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";
import { SOON } from "../../fixtures/soon.ts";
import { startUpstashBridge, type UpstashBridge } from "../../fixtures/upstash-bridge.ts";

const givenUrl = process.env.REDIS_URL;
const noRedis = !givenUrl && !REDIS_SERVER;
/** Generous: a thousand calls at once on a loaded machine. */
const commandTimeoutMs = 30_000;
const prefix = `qui-test-${randomUUID()}:`;

let redisUrl = givenUrl ?? "";
let ownRedis: RedisServer | undefined;
let cluster: RedisServer | undefined;
let bridge: UpstashBridge;

beforeAll(async () => {
  if (noRedis) return;
  if (!givenUrl) {
    ownRedis = await startRedisServer();
    redisUrl = ownRedis.url;
  }
  bridge = await startUpstashBridge(redisUrl);
  if (REDIS_SERVER) cluster = await startRedisServer({ cluster: true });
});

afterAll(async () => {
  await bridge?.close();
  await ownRedis?.stop();
  await cluster?.stop();
});

const overTcp = (url: string) => createRedisKv(createTcpTransport({ url, commandTimeoutMs }), { prefix });

const drivers: { title: string; name: Kv["driver"]; missing: boolean; open: () => Kv }[] = [
  { title: "the memory store", name: "memory", missing: false, open: () => createMemoryKv() },
  { title: "the redis store", name: "redis", missing: noRedis, open: () => overTcp(redisUrl) },
  {
    // Scripts that touch keys of several slots fail there.
    title: "the redis store in cluster mode",
    name: "redis",
    missing: !REDIS_SERVER,
    open: () => overTcp(cluster?.url ?? ""),
  },
  {
    title: "the upstash store",
    name: "upstash",
    missing: noRedis,
    open: () =>
      createRedisKv(createUpstashTransport({ url: bridge.url, token: bridge.token, commandTimeoutMs }), {
        prefix,
      }),
  },
];

// Redis is absent only on a machine that cannot install it; CI has it.
for (const { title, name, missing, open } of drivers) {
  describe.skipIf(missing)(title, () => {
    let kv: Kv;
    let other: Kv;
    let key: string;

    beforeAll(() => {
      kv = open();
      // A second process for the shared stores; the memory store is one process by definition.
      other = name === "memory" ? kv : open();
    });
    afterAll(async () => {
      await kv.close();
      await other.close();
    });
    beforeEach(() => {
      key = randomUUID();
    });

    it("says which driver it is and that it answers", async () => {
      expect(kv.driver).toBe(name);
      await kv.ping();
    });

    describe("values", () => {
      it("answers null for what was never set", async () => {
        expect(await kv.get(key)).toBeNull();
      });

      it.each([
        ["text", "hello"],
        ["an empty value", ""],
        ["a number as text", "0123"],
        ["JSON", '{"a":[1,null]}'],
        ["the word OK", "OK"],
        ["other scripts, emoji and quotes", 'Grüße "你好" 👩‍🚀\r\n\t\\'],
        ["control characters that the stored form uses itself", "\u0001\u0002x\n\u0000y"],
        ["a large value", "é".repeat(300_000)],
      ])("keeps %s exactly", async (_, value) => {
        await kv.set(key, value, { ttlMs: 60_000 });
        expect(await other.get(key)).toBe(value);
        await kv.set(key, value, { ttlMs: 60_000, tags: [`tag ${key}`] });
        expect(await other.get(key)).toBe(value);
      });

      it("replaces a value and its lifetime", async () => {
        await kv.set(key, "a", { ttlMs: 30 });
        await kv.set(key, "b", { ttlMs: 60_000 });
        await kv.set(`${key}-short`, "c", { ttlMs: 40 });
        await vi.waitFor(async () => expect(await kv.get(`${key}-short`)).toBeNull(), SOON);
        expect(await kv.get(key)).toBe("b");
      });

      it("forgets a value when its lifetime ends", async () => {
        await kv.set(key, "a", { ttlMs: 30, tags: [key] });
        await vi.waitFor(async () => expect(await kv.get(key)).toBeNull(), SOON);
        expect(await kv.deleteByTag(key)).toBe(0);
      });

      it("deletes several keys and counts those that were there", async () => {
        const keys = Array.from({ length: 20 }, (_, i) => `${key}:${i}`);
        for (const each of keys) await kv.set(each, "x", { ttlMs: 60_000 });
        expect(await other.delete(...keys, `${key}:never`)).toBe(20);
        expect(await kv.get(`${key}:7`)).toBeNull();
        expect(await kv.delete()).toBe(0);
      });

      it("refuses a lifetime that can never be right", async () => {
        for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
          await expect(kv.set(key, "x", { ttlMs })).rejects.toThrow(RangeError);
        }
      });
    });

    describe("tags", () => {
      it("deletes exactly what carries the tag", async () => {
        const names = Array.from({ length: 60 }, (_, i) => `${key}:${i}`);
        for (const [i, each] of names.entries()) {
          await kv.set(each, "x", {
            ttlMs: 60_000,
            tags: i % 3 === 0 ? [`${key}a`, `${key}b`] : [`${key}b`],
          });
        }
        expect(await other.deleteByTag(`${key}a`)).toBe(20);
        expect(await kv.get(`${key}:3`)).toBeNull();
        expect(await kv.get(`${key}:4`)).toBe("x");
        expect(await kv.deleteByTag(`${key}b`)).toBe(40);
        expect(await kv.deleteByTag(`${key}b`)).toBe(0);
      });

      it("does not take one tag for another that contains it", async () => {
        await kv.set(key, "x", { ttlMs: 60_000, tags: [`site:${key}.org`] });
        expect(await kv.deleteByTag(`site:${key}`)).toBe(0);
        expect(await kv.deleteByTag(`${key}.org`)).toBe(0);
        expect(await kv.get(key)).toBe("x");
      });

      it("leaves a value that was set again without the tag", async () => {
        await kv.set(key, "old", { ttlMs: 60_000, tags: [`${key}t`] });
        await kv.set(key, "new", { ttlMs: 60_000 });
        expect(await kv.deleteByTag(`${key}t`)).toBe(0);
        expect(await kv.get(key)).toBe("new");
        await kv.set(key, "newer", { ttlMs: 60_000, tags: [`${key}u`] });
        expect(await kv.deleteByTag(`${key}t`)).toBe(0);
        expect(await kv.deleteByTag(`${key}u`)).toBe(1);
      });

      it("keeps up with more keys than one deletion step takes", async () => {
        const keys = Array.from({ length: 2_000 }, (_, i) => `${key}:${i}`);
        await Promise.all(keys.map((each) => kv.set(each, "x", { ttlMs: 60_000, tags: [key] })));
        expect(await kv.deleteByTag(key)).toBe(2_000);
      });

      it("refuses tags that could not be told apart where they are stored", async () => {
        for (const tag of ["", "a\u0002b", "a\nb", "x".repeat(201)]) {
          await expect(kv.set(key, "x", { ttlMs: 1000, tags: [tag] })).rejects.toThrow(RangeError);
        }
      });
    });

    describe("counters", () => {
      it("count from nothing, by any step, without losing one", async () => {
        const steps = Array.from({ length: 200 }, (_, i) => (i % 2 ? other : kv).increment(key));
        const seen = new Set(await Promise.all(steps));
        expect(seen.size).toBe(200);
        expect(await kv.increment(key, { by: -150 })).toBe(50);
        expect(await kv.get(key)).toBe("50");
      });

      it("live from their creation on, not from their last step", async () => {
        await kv.increment(key, { ttlMs: 80 });
        await vi.waitFor(async () => expect(await kv.increment(key, { ttlMs: 80 })).toBe(1), SOON);
      });

      it("without a lifetime stay, and are reset by delete", async () => {
        expect(await kv.increment(key, { by: 5 })).toBe(5);
        expect(await kv.increment(key, { ttlMs: 1 })).toBe(6);
        expect(await kv.increment(key)).toBe(7);
        expect(await kv.delete(key)).toBe(1);
        expect(await kv.increment(key)).toBe(1);
      });

      it("refuse to count on what is no counter", async () => {
        await kv.set(key, "text", { ttlMs: 60_000 });
        await expect(kv.increment(key)).rejects.toThrow(RangeError);
        await kv.set(key, "5", { ttlMs: 60_000, tags: ["a"] });
        await expect(kv.increment(key)).rejects.toThrow(RangeError);
        await expect(kv.increment(key, { by: 0.5 })).rejects.toThrow(RangeError);
        expect(await kv.get(key)).toBe("5");
      });
    });

    describe("token buckets", () => {
      /** Nothing refills while a test runs: one token in almost twelve days. */
      const still = { capacity: 100, refillPerSecond: 1e-6 };

      it("admit exactly 100 of 1,000 concurrent takes from a bucket of 100", async () => {
        const takes = Array.from({ length: 1_000 }, (_, i) => (i % 2 ? other : kv).takeTokens(key, still));
        const decisions = await Promise.all(takes);
        const admitted = decisions.filter((decision) => decision.allowed);
        expect(admitted).toHaveLength(100);
        expect(new Set(admitted.map((decision) => decision.remaining)).size).toBe(100);
        expect(Math.min(...admitted.map((decision) => decision.remaining))).toBe(0);
      });

      it("say what is left, when to come again and when they are full", async () => {
        const bucket = { capacity: 10, refillPerSecond: 0.01 };
        expect(await kv.takeTokens(key, { ...bucket, cost: 4 })).toEqual({
          allowed: true,
          remaining: 6,
          retryAfterMs: 0,
          resetAfterMs: 400_000,
        });
        const refused = await kv.takeTokens(key, { ...bucket, cost: 7 });
        expect(refused).toMatchObject({ allowed: false, remaining: 6 });
        expect(refused.retryAfterMs).toBeGreaterThan(60_000);
        expect(refused.retryAfterMs).toBeLessThanOrEqual(100_000);
        expect(refused.resetAfterMs).toBeLessThanOrEqual(400_000);
      });

      it("refill, and admit again", async () => {
        const bucket = { capacity: 100, refillPerSecond: 10, cost: 100 };
        expect((await kv.takeTokens(key, bucket)).allowed).toBe(true);
        expect((await kv.takeTokens(key, bucket)).allowed).toBe(false);
        await vi.waitFor(
          async () => expect((await kv.takeTokens(key, { ...bucket, cost: 5 })).allowed).toBe(true),
          SOON,
        );
      });

      it("are apart for different keys, and from values of the same name", async () => {
        await kv.set(key, "value", { ttlMs: 60_000 });
        expect((await kv.takeTokens(key, { ...still, cost: 100 })).allowed).toBe(true);
        expect((await kv.takeTokens(`${key}2`, still)).remaining).toBe(99);
        expect(await kv.get(key)).toBe("value");
      });

      it("refuse shapes that can never work", async () => {
        for (const wrong of [{ capacity: 0 }, { refillPerSecond: 0 }, { cost: 101 }, { cost: Number.NaN }]) {
          await expect(kv.takeTokens(key, { ...still, ...wrong })).rejects.toThrow(RangeError);
        }
      });
    });

    describe("sliding windows", () => {
      it.each([
        ["exact", 100],
        ["sliced", 300],
      ])("admit exactly the limit of 1,000 concurrent hits (%s)", async (_, limit) => {
        const window = { limit, windowMs: 600_000 };
        const hits = Array.from({ length: 1_000 }, (_, i) => (i % 2 ? other : kv).hitWindow(key, window));
        const decisions = await Promise.all(hits);
        expect(decisions.filter((decision: LimitDecision) => decision.allowed)).toHaveLength(limit);
        const refused = decisions.find((decision) => !decision.allowed);
        expect(refused?.remaining).toBe(0);
        expect(refused?.retryAfterMs).toBeGreaterThan(500_000);
        expect(refused?.retryAfterMs).toBeLessThanOrEqual(610_000);
      });

      it("admit again when the oldest hit has left", async () => {
        const window = { limit: 2, windowMs: 1_200 };
        expect((await kv.hitWindow(key, window)).remaining).toBe(1);
        expect((await kv.hitWindow(key, window)).allowed).toBe(true);
        const refused = await kv.hitWindow(key, window);
        expect(refused.allowed).toBe(false);
        expect(refused.retryAfterMs).toBeLessThanOrEqual(1_200);
        await vi.waitFor(async () => expect((await kv.hitWindow(key, window)).allowed).toBe(true), SOON);
      });
    });

    describe("locks", () => {
      it("have one holder at a time, and tokens that grow with each", async () => {
        const tries = await Promise.all(
          Array.from({ length: 50 }, (_, i) => (i % 2 ? other : kv).acquireLock(key, { ttlMs: 60_000 })),
        );
        const held = tries.filter((lock) => lock !== null);
        expect(held).toHaveLength(1);
        const first = held[0];
        expect(await first?.release()).toBe(true);
        const second = await other.acquireLock(key, { ttlMs: 60_000 });
        expect(second?.fencingToken).toBeGreaterThan(first?.fencingToken ?? Number.POSITIVE_INFINITY);
        expect(await first?.release()).toBe(false);
        expect(await first?.extend(60_000)).toBe(false);
        expect(await kv.acquireLock(key, { ttlMs: 60_000 })).toBeNull();
        expect(await second?.release()).toBe(true);
      });

      it("are free again when their time is over, and tell their old holder", async () => {
        const first = await kv.acquireLock(key, { ttlMs: 30 });
        let second: Awaited<ReturnType<Kv["acquireLock"]>> = null;
        await vi.waitFor(async () => {
          second = await other.acquireLock(key, { ttlMs: 60_000 });
          expect(second).not.toBeNull();
        }, SOON);
        expect(await first?.extend(60_000)).toBe(false);
        expect(await first?.release()).toBe(false);
        expect(await kv.acquireLock(key, { ttlMs: 60_000 })).toBeNull();
      });

      it("last longer when extended", async () => {
        const lock = await kv.acquireLock(key, { ttlMs: 1_200 });
        expect(await lock?.extend(60_000)).toBe(true);
        await kv.set(`${key}-clock`, "x", { ttlMs: 1_200 });
        await vi.waitFor(async () => expect(await kv.get(`${key}-clock`)).toBeNull(), SOON);
        expect(await kv.acquireLock(key, { ttlMs: 60_000 })).toBeNull();
      });
    });

    describe("publish and subscribe", () => {
      it("delivers to every subscriber, in order, exactly as sent", async () => {
        const first: string[] = [];
        const second: string[] = [];
        const ends = [
          await kv.subscribe(key, (message) => first.push(message)),
          await other.subscribe(key, (message) => second.push(message)),
          await kv.subscribe(`${key}x`, () => expect.unreachable()),
        ];
        const sent = [
          "a",
          "",
          '"quoted"',
          "lines\r\nand, commas",
          '{"epoch":1}',
          "你好 👋",
          "x".repeat(70_000),
        ];
        for (const message of sent) await other.publish(key, message);
        await vi.waitFor(
          () => expect([first.length, second.length]).toEqual([sent.length, sent.length]),
          SOON,
        );
        expect(first).toEqual(sent);
        expect(second).toEqual(sent);
        for (const end of ends) await end();
      });

      it("delivers nothing after the end of a subscription, and to the others still", async () => {
        const ended: string[] = [];
        const staying: string[] = [];
        const end = await kv.subscribe(key, (message) => ended.push(message));
        const endOther = await kv.subscribe(key, (message) => staying.push(message));
        await end();
        await end();
        await kv.publish(key, "one");
        await vi.waitFor(() => expect(staying).toEqual(["one"]), SOON);
        expect(ended).toEqual([]);
        await endOther();
        const endAgain = await kv.subscribe(key, (message) => ended.push(message));
        await kv.publish(key, "two");
        await vi.waitFor(() => expect(ended).toEqual(["two"]), SOON);
        await endAgain();
      });

      it("survives a listener that throws", async () => {
        const received: string[] = [];
        const end = await kv.subscribe(key, (message) => {
          received.push(message);
          throw new Error("a listener's own fault");
        });
        await kv.publish(key, "one");
        await kv.publish(key, "two");
        await vi.waitFor(() => expect(received).toEqual(["one", "two"]), SOON);
        await end();
      });
    });

    describe("event logs", () => {
      const kept = { lengthMax: 100, ttlMs: 60_000 };

      it("numbers events from 1 and reads them from any position", async () => {
        for (const data of ["a", "b", "c"]) await kv.appendEvent(key, data, kept);
        const all = await other.readEvents(key, null, 10);
        if (all.status !== "ok") return expect.unreachable();
        expect(all.events.map((event) => [event.position.offset, event.data])).toEqual([
          [1, "a"],
          [2, "b"],
          [3, "c"],
        ]);
        const [first, second] = all.events;
        if (!first || !second) return expect.unreachable();
        const rest = await kv.readEvents(key, first.position, 1);
        expect(rest).toEqual({ status: "ok", events: [second], last: { ...first.position, offset: 3 } });
        const none = await kv.readEvents(key, all.last, 10);
        expect(none).toEqual({ status: "ok", events: [], last: all.last });
      });

      it("gives every event of concurrent writers its own number, without holes", async () => {
        const appends = Array.from({ length: 90 }, (_, i) =>
          (i % 2 ? other : kv).appendEvent(key, `${i}`, kept),
        );
        const positions = await Promise.all(appends);
        expect(new Set(positions.map((position) => position.epoch)).size).toBe(1);
        const offsets = positions.map((position) => position.offset).sort((a, b) => a - b);
        expect(offsets).toEqual(Array.from({ length: 90 }, (_, i) => i + 1));
      });

      it("announces each event, with its position, on the log's channel", async () => {
        const heard: string[] = [];
        const end = await other.subscribe(key, (message) => heard.push(message));
        const data = 'text with "quotes", a slash / and\nlines 👋 \u0001';
        const position = await kv.appendEvent(key, data, kept);
        await vi.waitFor(() => expect(heard).toHaveLength(1), SOON);
        expect(parseEventMessage(heard[0] ?? "")).toEqual({ position, data });
        await end();
      });

      it("keeps at most so many events, and tells a reader who fell behind", async () => {
        const positions = [];
        for (let i = 0; i < 8; i++) {
          positions.push(await kv.appendEvent(key, `${i}`, { lengthMax: 3, ttlMs: 60_000 }));
        }
        const last = positions[7] ?? null;
        const oldest = await kv.readEvents(key, null, 10);
        expect(oldest.status === "ok" && oldest.events.map((event) => event.data)).toEqual(["5", "6", "7"]);
        const justKept = await kv.readEvents(key, positions[4] ?? null, 10);
        expect(justKept.status === "ok" && justKept.events).toHaveLength(3);
        expect(await kv.readEvents(key, positions[3] ?? null, 10)).toEqual({ status: "gone", last });
      });

      it("tells a reader of another epoch, or from the future, that the history is gone", async () => {
        expect(await kv.readEvents(key, null, 10)).toEqual({ status: "ok", events: [], last: null });
        expect(await kv.readEvents(key, { epoch: "e", offset: 1 }, 10)).toEqual({
          status: "gone",
          last: null,
        });
        const last = await kv.appendEvent(key, "a", kept);
        expect(await kv.readEvents(key, { epoch: "e", offset: 1 }, 10)).toEqual({ status: "gone", last });
        expect(await kv.readEvents(key, { ...last, offset: 2 }, 10)).toEqual({ status: "gone", last });
      });

      it("forgets its events when nothing was appended for their lifetime", async () => {
        const first = await kv.appendEvent(key, "a", { lengthMax: 10, ttlMs: 40 });
        const second = await kv.appendEvent(key, "b", { lengthMax: 10, ttlMs: 40 });
        await vi.waitFor(async () => expect((await kv.readEvents(key, first, 10)).status).toBe("gone"), SOON);
        // Who had seen everything missed nothing.
        expect(await kv.readEvents(key, second, 10)).toEqual({ status: "ok", events: [], last: second });
        const third = await kv.appendEvent(key, "c", kept);
        expect(third).toEqual({ epoch: first.epoch, offset: 3 });
      });
    });
  });
}
