import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LIVE_CLOSE, LIVE_SUBPROTOCOL, LIVE_TEXT_BYTES_MAX } from "#lib/protocol/live.ts";
import { isRunning } from "../../../scripts/services/process-identity.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  TEST_RIGHTS,
  TEST_VIEW,
  testTicket,
} from "../../fixtures/live-client.ts";
import { type LiveSite, startLiveSite } from "../../fixtures/live-site.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";
import { startNarrowWire } from "../../fixtures/narrow-wire.ts";

let site: LiveSite;
beforeAll(async () => {
  site = await startLiveSite();
  process.env.QUI_EGRESS_ALLOW = new URL(site.origin).host;
});
afterAll(() => site.close());

const settled = (client: LiveTestClient, tab = 1) =>
  client.next("state", (message) => message.tab === tab && message.state.loading === false);

describe("in one node", () => {
  let node: LiveTestNode;
  const clients: LiveTestClient[] = [];
  beforeAll(async () => {
    node = await startLiveTestNode({
      recycle: { contextsMax: 2 },
      server: {
        times: { backlog: { bytesMax: 64 * 1024 * 1024, bytesHigh: 16 * 1024, highMs: 2_000 } },
        connections: { unknownPerAddress: 4 },
      },
    });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.socket.terminate();
    for (const seat of node.node.seats()) void seat.end("closed");
    await expect
      .poll(() => node.node.status(), { timeout: 30_000 })
      .toMatchObject({ tabs: 0, waiting: 0, contexts: 0 });
  });
  afterAll(() => node.close());

  async function connect(): Promise<LiveTestClient> {
    const client = await connectLiveClient(node.port);
    clients.push(client);
    return client;
  }
  async function connectWithTab(path = "/", viewport = TEST_VIEW.viewport): Promise<LiveTestClient> {
    const client = await connect();
    client.open(1, { ticket: testTicket(`${site.origin}${path}`, { viewport }) });
    await client.next("opened");
    return client;
  }

  it("every panel is told that Chromium was killed, and the next tab opens in a new one", async () => {
    const [one, two] = [await connectWithTab(), await connectWithTab()];
    const [pid = 0] = node.node.status().pids;
    process.kill(pid, "SIGKILL");
    for (const client of [one, two]) {
      expect(await client.next("ended")).toMatchObject({ why: "browser-crashed" });
    }
    one.open(1, { ticket: testTicket(`${site.origin}/other`) });
    await one.next("state", ({ state }) => state.title === "Other");
    expect(node.node.status().pids).not.toContain(pid);
  });

  it("a browser that has made its contexts takes no new ones, and ends with the last of its own", async () => {
    const client = await connect();
    for (const tab of [1, 2, 3]) {
      client.open(tab, { ticket: testTicket(`${site.origin}/`, { context: `private ${tab}` }) });
      await client.next("opened");
    }
    const pids = node.node.status().pids;
    expect(pids).toHaveLength(2);
    const [, old = 0] = pids;
    client.send({ type: "close", tab: 1 });
    await client.next("ended");
    expect(isRunning(old)).toBe(true);
    client.send({ type: "navigate", tab: 2, to: { url: `${site.origin}/other` } });
    await client.next("state", ({ tab, state }) => tab === 2 && state.title === "Other");
    client.send({ type: "close", tab: 2 });
    await expect.poll(() => isRunning(old), { timeout: 30_000 }).toBe(false);
    expect(node.node.status().pids).toHaveLength(1);
  });

  it("one tab more than the plan's puts the one unseen longest to sleep, which comes back where it was", async () => {
    const client = await connect();
    const rights = { ...TEST_RIGHTS, tabsMax: 3 };
    const open = (tab: number, scroll?: { x: number; y: number }) =>
      client.open(tab, { ticket: testTicket(`${site.origin}/`, { rights }), ...(scroll ? { scroll } : {}) });
    const look = (tab: number, attention: "hidden" | "focused") =>
      client.send({ type: "view", tab, ...TEST_VIEW, zoom: 1, attention });
    for (const tab of [1, 2, 3]) {
      open(tab);
      await client.next("opened");
      await settled(client, tab);
    }
    look(2, "hidden");
    look(1, "hidden");
    open(4);
    expect(await client.next("ended")).toMatchObject({ tab: 2, why: "idle" });
    expect(await client.next("opened")).toMatchObject({ tab: 4 });
    // Looked at again, it takes the place of the next one that nobody sees.
    open(2, { x: 0, y: 900 });
    expect(await client.next("ended")).toMatchObject({ tab: 1, why: "idle" });
    await client.next("state", ({ tab, state }) => tab === 2 && state.scroll?.y === 900);
    open(5);
    expect(await client.next("ended")).toMatchObject({ tab: 5, why: "too-many-tabs" });
  });

  it("a socket cut for 1 or 10 s finds its page as it stands; after 60 s it opens anew where it was read", async () => {
    const key = { tab: 1, key: "a", code: "KeyA", location: 0, repeat: false, modifiers: NO_MODIFIERS };
    /** Another socket that comes so long after the first one was cut, with what takes its tab up again. */
    const comeBackAfter = async (seconds: number) => {
      const first = await connect();
      first.open(1, { ticket: testTicket(`${site.origin}/typed`) });
      const { resume = "" } = await first.next("opened");
      await settled(first);
      first.send({ type: "key", kind: "down", ...key });
      await first.next("state", ({ state }) => state.title === "1");
      // The node's own clock runs on; only what it waits for comes sooner.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      try {
        first.socket.terminate();
        const seats = () => node.node.seats().map(({ state }) => state);
        await expect.poll(seats, { timeout: 30_000 }).toEqual(["left"]);
        vi.advanceTimersByTime(seconds * 1_000);
      } finally {
        vi.useRealTimers();
      }
      const second = await connect();
      second.open(1, { resume });
      return second;
    };
    for (const seconds of [1, 10]) {
      const client = await comeBackAfter(seconds);
      expect(await client.next("opened")).toMatchObject({ resumed: true });
      await client.nextFrame();
      client.send({ type: "key", kind: "down", ...key });
      await client.next("state", ({ state }) => state.title === "2");
      client.send({ type: "close", tab: 1 });
      await client.next("ended");
    }
    const client = await comeBackAfter(60);
    expect(await client.next("ended")).toMatchObject({ why: "gone" });
    client.open(1, { ticket: testTicket(`${site.origin}/typed`), scroll: { x: 0, y: 700 } });
    await client.next("state", ({ state }) => state.scroll?.y === 700);
  });

  it("no ticket in time, a used one, one of another node, an old one and one that was changed open nothing", async () => {
    const silent = await connect();
    const used = testTicket(`${site.origin}/`);
    const first = await connect();
    first.open(1, { ticket: used });
    await first.next("opened");
    const [payload = "", signature = ""] = testTicket(`${site.origin}/`).split(".");
    const changed = Buffer.from(payload, "base64url").toString().replace("ada", "eve");
    const refused = [
      used,
      testTicket(`${site.origin}/`, { node: "another" }),
      testTicket(`${site.origin}/`, { expiresAt: Math.floor(Date.now() / 1000) - 1 }),
      `${Buffer.from(changed).toString("base64url")}.${signature}`,
      "no ticket at all",
    ];
    for (const ticket of refused) {
      const client = await connect();
      client.open(1, { ticket });
      expect(await client.next("ended")).toMatchObject({ why: "ticket-refused" });
      expect(await client.closed).toMatchObject({ code: LIVE_CLOSE.unauthorized });
    }
    const early = await connect();
    early.send({ type: "ping", id: 1 });
    expect(await early.closed).toMatchObject({ code: LIVE_CLOSE.unauthorized });
    expect(await silent.closed).toMatchObject({ code: LIVE_CLOSE.unauthorized });
  });

  it("garbage, binary and oversized messages end their connection alone; unknown ones are ignored", async () => {
    const bystander = await connectWithTab();
    const wrong: [data: string | Buffer, code: number][] = [
      ["{", LIVE_CLOSE.badMessage],
      [JSON.stringify({ type: "mouse", tab: 1, kind: "move", x: "left" }), LIVE_CLOSE.badMessage],
      [Buffer.from([1, 2, 3]), LIVE_CLOSE.badMessage],
      [" ".repeat(LIVE_TEXT_BYTES_MAX + 1), 1009],
    ];
    for (const [data, code] of wrong) {
      const client = await connectWithTab();
      client.socket.send(JSON.stringify({ type: "of-a-later-version", tab: 1 }));
      client.socket.send(data);
      expect(await client.closed).toMatchObject({ code });
    }
    bystander.send({ type: "ping", id: 7 });
    expect(await bystander.next("pong")).toMatchObject({ id: 7 });
  });

  it("moves are thinned out, and a flood of keys ends its connection while another's tab answers", async () => {
    const [flood, bystander] = [await connectWithTab("/typed"), await connectWithTab("/typed")];
    await settled(bystander);
    const at = { tab: 1, y: 5, modifiers: NO_MODIFIERS } as const;
    for (let x = 0; x < 1_500; x++) {
      flood.send({ type: "mouse", kind: "move", button: "none", buttons: 0, clicks: 0, x: x % 600, ...at });
    }
    flood.send({ type: "ping", id: 1 });
    await flood.next("pong");
    const key = { type: "key", key: "a", code: "KeyA", location: 0, repeat: true, kind: "down" } as const;
    for (let n = 0; n < 3_000; n++) flood.send({ ...key, tab: 1, modifiers: NO_MODIFIERS });
    bystander.send({ ...key, tab: 1, modifiers: NO_MODIFIERS });
    expect(await flood.closed).toMatchObject({ code: LIVE_CLOSE.flooded });
    await bystander.next("state", ({ state }) => state.title === "1");
  });

  it("a client that draws nothing is sent little; one that reads nothing is cut off before memory is", async () => {
    const idle = await connectWithTab("/moving");
    idle.stopDrawing();
    await idle.nextFrame();
    // Large pictures, since the system takes megabytes off the node's hands before it makes it wait.
    const deaf = await connectWithTab("/moving", { width: 1920, height: 1080, dpr: 1 });
    await deaf.nextFrame();
    // Says that it draws, so that more is sent, but takes nothing off the wire.
    deaf.socket.pause();
    const drawing = setInterval(() => {
      for (let frame = 0; frame < 1_000; frame += 20) deaf.send({ type: "drawn", tab: 1, frame, drawMs: 1 });
    }, 200);
    try {
      await expect
        .poll(() => node.node.seats().map(({ state }) => state), { timeout: 50_000 })
        .toContain("left");
    } finally {
      clearInterval(drawing);
    }
    const sent = idle.frames.length;
    idle.send({ type: "ping", id: 3 });
    await idle.next("pong");
    expect(sent).toBeLessThan(60);
  });

  it("a client on 200 kbit/s sees what moves, and what it types is not stuck behind pictures", async () => {
    const wire = await startNarrowWire(node.port, 25_000);
    const client = await connectLiveClient(wire.port);
    clients.push(client);
    client.open(1, { ticket: testTicket(`${site.origin}/moving`) });
    await client.nextFrame();
    client.send({ type: "navigate", tab: 1, to: { url: `${site.origin}/typed` } });
    await client.next("state", ({ state }) => state.title === "0");
    const key = { key: "a", code: "KeyA", location: 0, repeat: false, modifiers: NO_MODIFIERS };
    client.send({ type: "key", kind: "down", tab: 1, ...key });
    await client.next("state", ({ state }) => state.title === "1");
    client.socket.terminate();
    await wire.close();
  });

  it("pages of other origins, other paths and too many unknown sockets are turned away", async () => {
    const statusOf = async (path: string, origin: string) => {
      const response = await fetch(`http://127.0.0.1:${node.port}${path}`, { headers: { origin } });
      return response.status;
    };
    expect(await statusOf("/nothing", "")).toBe(404);
    expect(await upgradeStatus(node.port, { path: "/live", origin: "https://evil.example" })).toBe(403);
    expect(await upgradeStatus(node.port, { path: "/other", origin: `http://127.0.0.1:${node.port}` })).toBe(
      404,
    );
    for (let n = 0; n < 4; n++) await connect();
    expect(await upgradeStatus(node.port, { path: "/live", origin: `http://127.0.0.1:${node.port}` })).toBe(
      429,
    );
    expect(await statusOf("/metrics", "")).toBe(200);
    const proxied = await fetch(`http://127.0.0.1:${node.port}/metrics`, {
      headers: { "x-forwarded-for": "203.0.113.9" },
    });
    expect(proxied.status).toBe(403);
  });
});

async function upgradeStatus(
  port: number,
  { path, origin }: { path: string; origin: string },
): Promise<number> {
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [LIVE_SUBPROTOCOL], { origin });
  return new Promise((resolve) => {
    socket.on("error", () => {
      // Said by the answer.
    });
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => resolve(101));
  });
}
