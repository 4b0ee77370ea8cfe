import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PLAN_LIMITS } from "#lib/core/live/plan-limits.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { forgetLiveNodes } from "#lib/server/live/live-nodes.ts";
import { DELETE as eraseProfile, GET as exportProfile } from "../../../app/api/live/profile/route.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";
import { type NodeStandIn, newVisitor, startNodeStandIn } from "../../fixtures/live-sessions.ts";

let node: NodeStandIn;
beforeAll(async () => {
  node = await startNodeStandIn();
});
afterAll(() => node.close());
beforeEach(() => {
  forgetLiveNodes();
  node.reset();
});
afterEach(() => setHttpServices(undefined));

const oneNode = () => useHttpServices({ env: { QUI_LIVE_URL: node.url, QUI_LIVE_PORT: "3001" } });

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
