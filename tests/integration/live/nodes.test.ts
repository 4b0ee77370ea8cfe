import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WAITING_MAX } from "#lib/core/live/waiting-queue.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { createUpstashTransport } from "#lib/node/kv/redis/upstash-transport.ts";
import { announceNode } from "#lib/node/live/announce-node.ts";
import { createMinuteMeter } from "#lib/node/live/minute-meter.ts";
import { addUsedMs, getUsedMs } from "#lib/node/live/minutes.ts";
import { createNodeRegistry, HEARTBEAT_MS, NODES_MAX } from "#lib/node/live/registry.ts";
import { askForSharedPlace, readWaiting } from "#lib/node/live/waiting-room.ts";
import type { LiveNodeEntry } from "#lib/protocol/live-node.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";
import { startUpstashBridge, type UpstashBridge } from "../../fixtures/upstash-bridge.ts";

const commandTimeoutMs = 30_000;
let redis: RedisServer | undefined;
let bridge: UpstashBridge | undefined;
const open: Kv[] = [];

beforeAll(async () => {
  if (!REDIS_SERVER) return;
  redis = await startRedisServer();
  bridge = await startUpstashBridge(redis.url);
});
afterAll(async () => {
  await Promise.all(open.map((kv) => kv.close()));
  await bridge?.close();
  await redis?.stop();
});

function keep(kv: Kv): Kv {
  open.push(kv);
  return kv;
}
const overTcp = (prefix: string) =>
  keep(createRedisKv(createTcpTransport({ url: redis?.url ?? "", commandTimeoutMs }), { prefix }));
const overHttp = (prefix: string) => {
  const { url = "", token = "" } = bridge ?? {};
  return keep(createRedisKv(createUpstashTransport({ url, token, commandTimeoutMs }), { prefix }));
};

function entry(id: string, more: Partial<LiveNodeEntry> = {}): LiveNodeEntry {
  return {
    v: 1,
    id,
    instance: `process of ${id}`,
    url: `http://${id}.internal:3001`,
    publicUrl: `wss://${id}.live.example`,
    port: 3001,
    status: "up",
    tabs: 0,
    tabsMax: 12,
    profiles: false,
    beat: 0,
    ...more,
  };
}

const drivers = [
  { title: "the memory store", missing: false, open: (_: string) => keep(createMemoryKv()) },
  { title: "the redis store", missing: !REDIS_SERVER, open: overTcp },
  { title: "the upstash store", missing: !REDIS_SERVER, open: overHttp },
];

for (const driver of drivers) {
  // Without a redis-server on the machine there is nothing to ask.
  describe.skipIf(driver.missing)(`in ${driver.title}`, () => {
    const openStore = () => driver.open(`${randomUUID()}:`);

    it("nodes are listed by name with what they wrote last, until they leave", async () => {
      const registry = createNodeRegistry(openStore());
      expect(await registry.list()).toEqual([]);
      await registry.heartbeat(entry("b"));
      await registry.heartbeat(entry("a"));
      const busy = entry("b", { beat: 1, tabs: 7, status: "draining" });
      expect(await registry.heartbeat(busy)).toBeNull();
      expect(await registry.list()).toEqual([entry("a"), busy]);
      await registry.unregister(busy);
      expect(await registry.list()).toEqual([entry("a")]);
      await registry.heartbeat({ ...busy, beat: 2 });
      expect((await registry.list()).map(({ id }) => id)).toEqual(["a", "b"]);
    });

    it("two nodes of one name are noticed, and the one that leaves does not take the other along", async () => {
      const registry = createNodeRegistry(openStore());
      await registry.heartbeat(entry("a"));
      const second = entry("a", { instance: "another process" });
      expect(await registry.heartbeat(second)).toEqual(entry("a"));
      await registry.unregister(entry("a"));
      expect(await registry.list()).toEqual([second]);
    });

    it("what does not fit the schema is no node, and no fault", async () => {
      const kv = openStore();
      const registry = createNodeRegistry(kv);
      for (const id of ["text", "shape", "good"]) await registry.heartbeat(entry(id));
      await kv.set("live:node:text", "{not json", { ttlMs: 60_000 });
      await kv.set("live:node:shape", JSON.stringify({ ...entry("shape"), url: "file:///etc/passwd" }), {
        ttlMs: 60_000,
      });
      expect((await registry.list()).map(({ id }) => id)).toEqual(["good"]);
    });

    it("minutes of a day add up over nodes, and the next day begins at nothing", async () => {
      const kv = openStore();
      const nowMs = Date.UTC(2026, 10, 21, 23, 59);
      await Promise.all([1, 2, 3].map(() => addUsedMs(kv, "a", { ms: 20_000, nowMs })));
      expect(await getUsedMs(kv, "a", nowMs)).toBe(60_000);
      expect(await getUsedMs(kv, "b", nowMs)).toBe(0);
      expect(await getUsedMs(kv, "a", nowMs + 60_000)).toBe(0);
    });

    it("everyone who asks at once waits once, at a place of their own", async () => {
      const kv = openStore();
      const ask = (account: string, free = 0) => askForSharedPlace(kv, { account, nowMs: 1_000_000, free });
      const accounts = ["a", "b", "c", "d", "e"];
      const outcomes = await Promise.all([...accounts, ...accounts].map((account) => ask(account)));
      const places = outcomes.map((outcome) => (outcome.kind === "waiting" ? outcome.place : 0));
      expect([...new Set(places)].toSorted()).toEqual([1, 2, 3, 4, 5]);
      expect(await readWaiting(kv)).toHaveLength(5);
      const [first, second] = (await readWaiting(kv)).map(({ account }) => account);
      expect(await ask(second ?? "", 1)).toMatchObject({ kind: "waiting", place: 1 });
      expect(await ask(first ?? "", 1)).toEqual({ kind: "admitted" });
      expect(await ask(second ?? "", 1)).toEqual({ kind: "admitted" });
    });
  });
}

describe("a node on the list", () => {
  it("is gone once it missed three heartbeats, and no sooner", async () => {
    let nowMs = 0;
    const registry = createNodeRegistry(createMemoryKv({ now: () => nowMs }));
    await registry.heartbeat(entry("a"));
    nowMs += 3 * HEARTBEAT_MS - 1;
    expect(await registry.list()).toHaveLength(1);
    nowMs += 1;
    expect(await registry.list()).toEqual([]);
  });

  it("stays for days, and nodes of long ago do not crowd it out", async () => {
    let nowMs = 0;
    const registry = createNodeRegistry(createMemoryKv({ now: () => nowMs }));
    for (let beat = 0; beat < 500; beat++) {
      await registry.heartbeat(entry("steady", { beat }));
      // Another node that starts and crashes, again and again, each time by a new name.
      await registry.heartbeat(entry(`crashes ${beat}`));
      nowMs += HEARTBEAT_MS;
    }
    expect((await registry.list()).map(({ id }) => id)).toContain("steady");
    expect((await registry.list()).length).toBeLessThanOrEqual(NODES_MAX);
  });

  it.skipIf(!REDIS_SERVER)(
    "is put there by its process with its load, and taken off when it stops",
    async () => {
      const kv = overTcp(`${randomUUID()}:`);
      const registry = createNodeRegistry(kv);
      let tabs = 3;
      const { instance: _, v: __, beat: ___, status: ____, tabs: _____, ...node } = entry("a");
      const announcement = announceNode(kv, { ...node, getLoad: () => ({ status: "up", tabs }) });
      await announcement.refresh();
      expect(await registry.list()).toMatchObject([{ id: "a", tabs: 3, status: "up" }]);
      tabs = 5;
      await announcement.refresh();
      expect(await registry.list()).toMatchObject([{ id: "a", tabs: 5 }]);
      await announcement.stop();
      expect(await registry.list()).toEqual([]);
    },
  );
});

describe("the queue", () => {
  it("is bounded in the store, too", async () => {
    const kv = createMemoryKv();
    for (let index = 0; index < WAITING_MAX; index++) {
      await askForSharedPlace(kv, { account: `account ${index}`, nowMs: 0, free: 0 });
    }
    expect(await askForSharedPlace(kv, { account: "one more", nowMs: 0, free: 0 })).toEqual({ kind: "full" });
    expect(await readWaiting(kv)).toHaveLength(WAITING_MAX);
  });

  it("begins anew when something else lies in its place", async () => {
    const kv = createMemoryKv();
    await kv.set("live:waiting", '[{"account":7}]', { ttlMs: 60_000 });
    expect(await askForSharedPlace(kv, { account: "a", nowMs: 0, free: 0 })).toMatchObject({ place: 1 });
  });
});

describe("the meter of a node", () => {
  function openMeter(kv = createMemoryKv()) {
    const clock = { nowMs: Date.UTC(2026, 10, 21, 12) };
    const onSpent = vi.fn<(account: string) => void>();
    const meter = createMinuteMeter({ kv, onSpent, now: () => clock.nowMs, everyMs: 5 });
    return { kv, clock, onSpent, meter, used: () => getUsedMs(kv, "a", clock.nowMs) };
  }

  it("counts a minute once, however many tabs are open in it, and none while there are none", async () => {
    const { meter, clock, used } = openMeter();
    await meter.enter("a", 10);
    await meter.enter("a", 10);
    clock.nowMs += 60_000;
    meter.leave("a");
    clock.nowMs += 60_000;
    meter.leave("a");
    await expect.poll(used).toBe(120_000);
    clock.nowMs += 600_000;
    await meter.enter("a", 10);
    clock.nowMs += 1_000;
    await meter.close();
    expect(await used()).toBe(121_000);
  });

  it("ends who has used the day's minutes, once, and lets them in again the next day", async () => {
    const { meter, clock, onSpent } = openMeter();
    expect(await meter.enter("a", 2)).toBe(true);
    expect(await meter.enter("b", 100)).toBe(true);
    clock.nowMs += 120_000;
    await expect.poll(() => onSpent.mock.calls).toEqual([["a"]]);
    expect(await meter.enter("a", 2)).toBe(false);
    meter.leave("a");
    expect(await meter.enter("a", 2)).toBe(false);
    clock.nowMs += 24 * 60 * 60_000;
    expect(await meter.enter("a", 2)).toBe(true);
    expect(onSpent).toHaveBeenCalledTimes(1);
    await meter.close();
  });

  it.skipIf(!REDIS_SERVER)("knows what was used on another node", async () => {
    const prefix = `${randomUUID()}:`;
    const [here, there] = [openMeter(overTcp(prefix)), openMeter(overTcp(prefix))];
    await here.meter.enter("a", 2);
    here.clock.nowMs += 120_000;
    await expect.poll(() => here.onSpent.mock.calls).toEqual([["a"]]);
    expect(await there.meter.enter("a", 2)).toBe(false);
    await Promise.all([here.meter.close(), there.meter.close()]);
  });

  it("cuts nobody off while the store is away, and adds what was used when it is back", async () => {
    const store = createMemoryKv();
    let away = true;
    const failing = new Proxy(store, {
      get: (target, name: keyof Kv) =>
        away && name !== "driver" ? () => Promise.reject(new Error("away")) : target[name],
    });
    const { meter, clock, used } = openMeter(failing);
    expect(await meter.enter("a", 10)).toBe(true);
    clock.nowMs += 60_000;
    await expect(used()).rejects.toThrow("away");
    away = false;
    await expect.poll(used).toBe(60_000);
    await meter.close();
  });
});
