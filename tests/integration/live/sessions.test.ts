import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PLAN_LIMITS } from "#lib/core/live/plan-limits.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { addUsedMs } from "#lib/node/live/minutes.ts";
import { createNodeRegistry } from "#lib/node/live/registry.ts";
import { verifyAccountTicket, verifyTicket } from "#lib/node/live/ticket.ts";
import type { LiveNodeEntry } from "#lib/protocol/live-node.ts";
import { liveSessionSchema } from "#lib/protocol/live-session.ts";
import { liveStatusSchema } from "#lib/protocol/live-status.ts";
import { guardDocument } from "#lib/server/http/guard-document.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { forgetLiveNodes } from "#lib/server/live/live-nodes.ts";
import { DELETE as eraseProfile, GET as exportProfile } from "../../../app/api/live/profile/route.ts";
import { POST as createSession } from "../../../app/api/live/sessions/route.ts";
import { GET as getStatus } from "../../../app/api/live/status/route.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";

/** What the app asks of a live node over HTTP, answered as the test says. */
const node = {
  url: "",
  status: 200,
  isSlow: false,
  health: { status: "ok", tabs: 0, away: 0, tabsMax: 10, profiles: true },
  profile: { status: 200, body: '{"savedAtMs":1,"state":{}}' },
  asked: [] as { method: string; purpose: string | undefined; account: string | undefined }[],
};
let server: Server;
let redis: RedisServer | undefined;
const stores: Kv[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/health") {
      if (node.isSlow) return;
      response.writeHead(node.status).end(JSON.stringify(node.health));
      return;
    }
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const ticket = verifyAccountTicket(token, Date.now());
    node.asked.push({
      method: `${request.method} ${request.url}`,
      purpose: ticket?.purpose,
      account: ticket?.account,
    });
    response.writeHead(node.profile.status).end(node.profile.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  node.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (REDIS_SERVER) redis = await startRedisServer();
});
afterAll(async () => {
  await Promise.all(stores.map((kv) => kv.close()));
  server.close();
  await redis?.stop();
});
beforeEach(() => {
  forgetLiveNodes();
  node.status = 200;
  node.isSlow = false;
  node.health = { status: "ok", tabs: 0, away: 0, tabsMax: 10, profiles: true };
  node.profile = { status: 200, body: '{"savedAtMs":1,"state":{}}' };
  node.asked = [];
});
afterEach(() => setHttpServices(undefined));

const oneNode = () => useHttpServices({ env: { QUI_LIVE_URL: node.url, QUI_LIVE_PORT: "3001" } });

const severalNodes = (env: Record<string, string> = {}) => {
  const url = redis?.url ?? "";
  const kv = createRedisKv(createTcpTransport({ url }), { prefix: `${randomUUID()}:` });
  stores.push(kv);
  useHttpServices({ kv, env: { REDIS_URL: url, ...env } });
  return { kv, registry: createNodeRegistry(kv) };
};

/** A browser with cookies of its own. */
function newVisitor(origin = "https://qui.example") {
  const jar = new Map<string, string>();
  async function call(
    route: (request: Request) => Promise<Response>,
    init: RequestInit & { path?: string } = {},
  ): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("host", new URL(origin).host);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await route(new Request(`${origin}${init.path ?? "/api/live"}`, { ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
  const open = (body: object = {}, headers: Record<string, string> = {}) =>
    call(createSession, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({
        url: "https://site.example/page",
        viewport: { width: 800, height: 600, dpr: 2 },
        device: { mode: "desktop", dark: false, reducedMotion: false, language: "en" },
        ...body,
      }),
    });
  return {
    jar,
    call,
    open,
    /** What came of it: the ticket read, a place, or the code of a refusal. */
    async ask(body: object = {}) {
      const answer = await (await open(body)).json();
      if (answer.error) return { code: answer.error.code };
      const session = liveSessionSchema.parse(answer);
      if (session.status === "waiting") return { place: session.place };
      const ticket = verifyTicket(session.ticket, Date.now());
      if (!ticket) throw new Error("The ticket does not verify.");
      return { ticket, socketUrl: session.socketUrl };
    },
    async status() {
      return liveStatusSchema.parse(await (await call(getStatus)).json());
    },
  };
}

describe("with one node and nothing configured", () => {
  it("a ticket says who, where and how much, and opens at the host the app was opened from", async () => {
    oneNode();
    const { ticket, socketUrl } = await newVisitor().ask({ level: "strict", zone: "Europe/Berlin" });
    expect(socketUrl).toBe("ws://qui.example:3001/live");
    const { minutesPerDay, ...limits } = PLAN_LIMITS.guest;
    expect(ticket).toMatchObject({
      node: "local",
      context: "default",
      url: "https://site.example/page",
      level: "strict",
      profile: false,
      zone: "Europe/Berlin",
      rights: { ...limits, minutesMax: minutesPerDay },
    });
    const lifeS = (ticket?.expiresAt ?? 0) - Date.now() / 1000;
    expect(lifeS).toBeGreaterThan(30);
    expect(lifeS).toBeLessThanOrEqual(60);
  });

  it("tabs of a visitor share an account and a context; private ones and profiles have their own", async () => {
    oneNode();
    const [ada, eve] = [newVisitor(), newVisitor()];
    const plain = await ada.ask();
    const again = await ada.ask();
    const hidden = [await ada.ask({ private: true, profile: true }), await ada.ask({ private: true })];
    const kept = await ada.ask({ profile: true });
    const other = await eve.ask();
    const accounts = [plain, again, ...hidden, kept].map(({ ticket }) => ticket?.account);
    expect(new Set(accounts).size).toBe(1);
    expect(other.ticket?.account).not.toBe(plain.ticket?.account);
    expect(again.ticket?.context).toBe(plain.ticket?.context);
    const contexts = [plain, ...hidden, kept].map(({ ticket }) => ticket?.context);
    expect(new Set(contexts).size).toBe(4);
    expect(hidden.map(({ ticket }) => ticket?.profile)).toEqual([false, false]);
    expect(kept.ticket?.profile).toBe(true);
    const ids = [plain, again].map(({ ticket }) => ticket?.id);
    expect(new Set(ids).size).toBe(2);
  });

  it("says that it is off, that the node does not answer, or what of it is free", async () => {
    useHttpServices();
    const visitor = newVisitor();
    expect(await visitor.ask()).toEqual({ code: "live_unavailable" });
    expect(await visitor.status()).toMatchObject({ state: "off", nodes: { up: 0 } });

    forgetLiveNodes();
    oneNode();
    node.status = 503;
    expect(await visitor.ask()).toEqual({ code: "live_unreachable" });
    expect(await visitor.status()).toMatchObject({ state: "unreachable" });

    forgetLiveNodes();
    node.status = 200;
    node.health.tabs = 3;
    expect(await visitor.status()).toEqual({
      state: "ready",
      nodes: { up: 1, draining: 0 },
      places: { free: 7, total: 10, waiting: 0 },
      profiles: true,
      plan: "guest",
      limits: PLAN_LIMITS.guest,
      minutesUsed: 0,
    });
    expect(visitor.jar.size).toBe(0);
  });

  it("a node too busy to say how it is counts as it was, one that is gone does not", async () => {
    oneNode();
    const visitor = newVisitor();
    expect(await visitor.ask()).toHaveProperty("ticket");
    const startMs = performance.now();
    const clock = vi.spyOn(performance, "now");
    node.isSlow = true;
    clock.mockReturnValue(startMs + 2_000);
    expect(await visitor.ask()).toHaveProperty("ticket");
    node.isSlow = false;
    node.status = 503;
    clock.mockReturnValue(startMs + 4_000);
    expect(await visitor.ask()).toEqual({ code: "live_unreachable" });
    clock.mockRestore();
  });

  it("who finds it full waits in order of asking, and comes in when a place is free", async () => {
    oneNode();
    node.health.tabs = 10;
    const [first, second] = [newVisitor(), newVisitor()];
    expect(await first.ask()).toEqual({ place: 1 });
    expect(await second.ask()).toEqual({ place: 2 });
    expect(await first.ask()).toEqual({ place: 1 });
    expect(await first.status()).toMatchObject({ state: "full", places: { free: 0, waiting: 2 } });
    node.health.tabs = 9;
    forgetLiveNodes();
    expect(await second.ask()).toEqual({ place: 1 });
    expect(await first.ask()).toHaveProperty("ticket");
    expect(await second.ask()).toEqual({ place: 1 });
  });

  it("promises no more places than there are to those who ask at once", async () => {
    oneNode();
    node.health = { ...node.health, tabs: 8, tabsMax: 10 };
    const answers = await Promise.all(Array.from({ length: 6 }, () => newVisitor().ask()));
    expect(answers.filter((answer) => "ticket" in answer)).toHaveLength(2);
    const places = answers.flatMap((answer) => ("place" in answer ? [answer.place] : []));
    expect(places.toSorted()).toEqual([1, 2, 3, 4]);
  });

  it("counts the places of those who are away as free: they make room for who comes", async () => {
    oneNode();
    node.health = { ...node.health, tabs: 10, away: 1 };
    expect(await newVisitor().ask()).toHaveProperty("ticket");
    expect(await newVisitor().ask()).toEqual({ place: 1 });
  });

  it("opens nothing that the address policy forbids, and knows nobody because of it", async () => {
    oneNode();
    const visitor = newVisitor();
    expect(await visitor.ask({ url: "http://169.254.169.254/latest" })).toEqual({ code: "blocked_address" });
    expect(await visitor.ask({ url: "file:///etc/passwd" })).toEqual({ code: "unsupported_scheme" });
    expect(visitor.jar.size).toBe(0);
    expect((await visitor.open({ viewport: { width: 1e9, height: 600, dpr: 1 } })).status).toBe(400);
  });

  it("is not asked by other sites, and not more often than a person can", async () => {
    oneNode();
    const visitor = newVisitor();
    expect((await visitor.open({}, { origin: "https://evil.example" })).status).toBe(403);
    const statuses: number[] = [];
    for (let calls = 0; calls < 41; calls++) statuses.push((await visitor.open()).status);
    expect(statuses.slice(0, 39)).toEqual(Array(39).fill(200));
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("who a visitor is to the nodes", () => {
  it("is told by a cookie of this host alone, that no script reads and no other site's page sends", async () => {
    oneNode();
    const cookies = (await newVisitor().open()).headers.getSetCookie();
    const guest = cookies.find((cookie) => cookie.startsWith("__Host-qui-guest=")) ?? "";
    expect(guest.split("; ").slice(1).toSorted()).toEqual(
      ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Strict", "Secure"].toSorted(),
    );
    // The hint beside it says only that there is one.
    expect(cookies.filter((cookie) => cookie !== guest)).toEqual([
      "qui-live=1; Path=/; Max-Age=2592000; SameSite=Strict; Secure",
    ]);
  });

  it("works without https too, where browsers would not take that name", async () => {
    oneNode();
    const visitor = newVisitor("http://localhost:3000");
    const first = await visitor.ask();
    expect([...visitor.jar.keys()].toSorted()).toEqual(["qui-guest", "qui-live"]);
    expect((await visitor.ask()).ticket?.account).toBe(first.ticket?.account);
  });

  it("is not prolonged by use, but while a profile is kept", async () => {
    oneNode();
    const visitor = newVisitor();
    await visitor.open();
    const id = visitor.jar.get("__Host-qui-guest");
    expect((await visitor.open()).headers.getSetCookie()).toEqual([]);
    expect((await visitor.open({ profile: true, private: true })).headers.getSetCookie()).toEqual([]);
    const prolonged = (await visitor.open({ profile: true })).headers.getSetCookie();
    expect(prolonged[0]).toContain(`__Host-qui-guest=${id};`);
    expect(prolonged[0]).toContain("Max-Age=31536000");
  });

  it("is never what the cookie holds: neither tickets nor nodes learn it", async () => {
    oneNode();
    const visitor = newVisitor();
    const { ticket } = await visitor.ask();
    expect(JSON.stringify(ticket)).not.toContain(visitor.jar.get("__Host-qui-guest"));
    visitor.jar.set("__Host-qui-guest", "too short");
    expect((await visitor.ask()).ticket?.account).not.toBe(ticket?.account);
  });
});

describe("what is kept of a visitor", () => {
  it("is handed out as a file, asked of the node in the visitor's name", async () => {
    oneNode();
    const visitor = newVisitor();
    expect((await visitor.call(exportProfile)).status).toBe(404);
    const account = (await visitor.ask({ profile: true })).ticket?.account;
    const answer = await visitor.call(exportProfile);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="qui-live-profile.json"');
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toBe(node.profile.body);
    expect(node.asked).toEqual([{ method: "GET /profile", purpose: "profile-export", account }]);
    node.profile.status = 404;
    expect((await visitor.call(exportProfile)).status).toBe(404);
  });

  it("is erased on the node, and the visitor is nobody again", async () => {
    oneNode();
    const visitor = newVisitor();
    const account = (await visitor.ask({ profile: true })).ticket?.account;
    node.profile = { status: 204, body: "" };
    expect((await visitor.call(eraseProfile, { method: "DELETE" })).status).toBe(204);
    expect(node.asked).toEqual([{ method: "DELETE /profile", purpose: "profile-erase", account }]);
    expect(visitor.jar.size).toBe(0);
    expect((await visitor.ask()).ticket?.account).not.toBe(account);
  });

  it("is not said to be erased when the node did not confirm it, so that it can be asked again", async () => {
    oneNode();
    const visitor = newVisitor();
    await visitor.ask({ profile: true });
    node.profile.status = 500;
    const answer = await visitor.call(eraseProfile, { method: "DELETE" });
    expect(answer.status).toBe(503);
    expect((await answer.json()).error.code).toBe("live_unreachable");
    expect(visitor.jar.size).toBe(2);
    const foreign = { method: "DELETE", headers: { origin: "https://evil.example" } };
    expect((await visitor.call(eraseProfile, foreign)).status).toBe(403);
  });
});

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
