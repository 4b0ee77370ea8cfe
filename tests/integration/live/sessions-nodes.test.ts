import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PLAN_LIMITS } from "#lib/core/live/plan-limits.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { addUsedMs } from "#lib/node/live/minutes.ts";
import { createNodeRegistry } from "#lib/node/live/registry.ts";
import type { LiveNodeEntry } from "#lib/protocol/live-node.ts";
import { guardDocument } from "#lib/server/http/guard-document.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { forgetLiveNodes } from "#lib/server/live/live-nodes.ts";
import { DELETE as eraseProfile } from "../../../app/api/live/profile/route.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";
import { type NodeStandIn, newVisitor, startNodeStandIn } from "../../fixtures/live-sessions.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";

let node: NodeStandIn;
let redis: RedisServer | undefined;
const stores: Kv[] = [];
beforeAll(async () => {
  node = await startNodeStandIn();
  if (REDIS_SERVER) redis = await startRedisServer();
});
afterAll(async () => {
  await Promise.all(stores.map((kv) => kv.close()));
  node.close();
  await redis?.stop();
});
beforeEach(() => {
  forgetLiveNodes();
  node.reset();
});
afterEach(() => setHttpServices(undefined));

const severalNodes = (env: Record<string, string> = {}) => {
  const url = redis?.url ?? "";
  const kv = createRedisKv(createTcpTransport({ url }), { prefix: `${randomUUID()}:` });
  stores.push(kv);
  useHttpServices({ kv, env: { REDIS_URL: url, ...env }, answerWithinMs: 5_000 });
  return { kv, registry: createNodeRegistry(kv) };
};

// Without a redis-server on the machine there is nothing that several nodes could share.
describe.skipIf(!REDIS_SERVER)("with several nodes on one store", () => {
  function entry(id: string, more: Partial<LiveNodeEntry> = {}): LiveNodeEntry {
    const publicUrl = `wss://${id}.live.example`;
    const fixed = { v: 1, id, instance: id, url: node.url, publicUrl, port: 3001, beat: 0 } as const;
    return { ...fixed, status: "up", tabs: 0, tabsMax: 10, profiles: true, ...more };
  }
  const policyOf = async () =>
    (await guardDocument(new NextRequest("https://qui.example/"))).headers.get("content-security-policy");

  it("a tab goes to the least loaded, the next one to the same, until that one drains", async () => {
    const { registry } = severalNodes();
    await registry.heartbeat(entry("a", { tabs: 5 }));
    await registry.heartbeat(entry("b", { tabs: 1 }));
    const visitor = newVisitor();
    const first = await visitor.ask();
    expect(first.ticket?.node).toBe("b");
    expect(first.socketUrl).toBe("wss://b.live.example/live");

    forgetLiveNodes();
    await registry.heartbeat(entry("b", { tabs: 9, beat: 1 }));
    expect((await visitor.ask()).ticket?.node).toBe("b");
    expect((await newVisitor().ask()).ticket?.node).toBe("a");

    forgetLiveNodes();
    await registry.heartbeat(entry("b", { tabs: 9, beat: 2, status: "draining" }));
    expect((await visitor.ask()).ticket?.node).toBe("a");
    expect(await visitor.status()).toMatchObject({ nodes: { up: 1, draining: 1 } });
  });

  it("those who ask within one heartbeat are spread as the nodes will be loaded", async () => {
    const { registry } = severalNodes();
    await registry.heartbeat(entry("a", { tabsMax: 4 }));
    await registry.heartbeat(entry("b", { tabsMax: 8 }));
    const nodes: unknown[] = [];
    for (let visitors = 0; visitors < 12; visitors++) nodes.push((await newVisitor().ask()).ticket?.node);
    expect(nodes.filter((id) => id === "a")).toHaveLength(4);
    expect(nodes.filter((id) => id === "b")).toHaveLength(8);
    expect(await newVisitor().ask()).toEqual({ place: 1 });
  });

  it("pages may connect to each of them, and to nothing else", async () => {
    const { registry } = severalNodes();
    await registry.heartbeat(entry("a"));
    await registry.heartbeat(entry("b", { publicUrl: null, port: 4001 }));
    await registry.heartbeat(entry("c", { publicUrl: "wss://live.example/c" }));
    await registry.heartbeat(entry("d", { publicUrl: "wss://live.example/d" }));
    await registry.heartbeat(entry("e", { publicUrl: "wss://e;script-src.example" }));
    await newVisitor().ask();
    const connect = /connect-src ([^;]*)/.exec((await policyOf()) ?? "")?.[1];
    expect(connect?.split(" ").filter((source) => /^(ws|http)/.test(source))).toEqual([
      "wss://a.live.example",
      "https://a.live.example",
      "ws://qui.example:4001",
      "http://qui.example:4001",
      "wss://live.example",
      "https://live.example",
    ]);
  });

  it("a page does not wait for a store that does not answer", async () => {
    const hanging = new Proxy({} as Kv, {
      get: (_, name) => (name === "driver" ? "redis" : () => new Promise(() => {})),
    });
    useHttpServices({ kv: hanging, env: { REDIS_URL: "redis://127.0.0.1:1", QUI_LIVE_URL: node.url } });
    expect(await policyOf()).toContain("ws://qui.example:3001");
    // A tab is opened all the same: the node is asked itself, and decides.
    expect(await newVisitor().ask()).toHaveProperty("ticket");
  });

  it("the node that the settings name needs no list, and counts once when it is on it", async () => {
    const { registry } = severalNodes({ QUI_LIVE_URL: node.url, QUI_LIVE_NODE_ID: "a" });
    node.health.tabs = 10;
    expect(await newVisitor().ask()).toEqual({ place: 1 });
    forgetLiveNodes();
    await registry.heartbeat(entry("a", { tabs: 2 }));
    expect(await newVisitor().status()).toMatchObject({ nodes: { up: 1 }, places: { free: 8, total: 10 } });
  });

  it("a day's minutes are one sum, told before they run out and refused after", async () => {
    const { kv, registry } = severalNodes();
    await registry.heartbeat(entry("a"));
    const visitor = newVisitor();
    const account = (await visitor.ask()).ticket?.account ?? "";
    const { minutesPerDay } = PLAN_LIMITS.guest;
    await addUsedMs(kv, account, { ms: (minutesPerDay - 1) * 60_000, nowMs: Date.now() });
    expect((await visitor.status()).minutesUsed).toBe(minutesPerDay - 1);
    expect(await visitor.ask()).toHaveProperty("ticket");
    await addUsedMs(kv, account, { ms: 60_000, nowMs: Date.now() });
    const refused = await visitor.open();
    expect(refused.status).toBe(403);
    expect((await refused.json()).error.code).toBe("live_limit");
    expect(await newVisitor().ask()).toHaveProperty("ticket");
  });

  it("an erasure reaches all of them", async () => {
    const { registry } = severalNodes();
    await registry.heartbeat(entry("a"));
    await registry.heartbeat(entry("b"));
    const visitor = newVisitor();
    await visitor.ask({ profile: true });
    node.profile = { status: 204, body: "" };
    expect((await visitor.call(eraseProfile, { method: "DELETE" })).status).toBe(204);
    expect(node.asked).toHaveLength(2);
  });
});
