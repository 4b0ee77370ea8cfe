import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PRIVATE_CONTEXT } from "#lib/protocol/live-session.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  TEST_VIEW,
  testTicket,
} from "../../fixtures/live-client.ts";
import { type LiveSite, startLiveSite } from "../../fixtures/live-site.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";
import { listDescendants } from "../setup/launcher.ts";

let site: LiveSite;
let node: LiveTestNode;
beforeAll(async () => {
  site = await startLiveSite();
  const { host, port } = new URL(site.origin);
  process.env.QUI_EGRESS_ALLOW = `${host},localhost:${port}`;
  node = await startLiveTestNode({
    node: { tabsMax: 3, times: { graceMs: 60_000, freezeMs: 0, closeMs: 8_000 } },
    server: {
      times: { backlog: { bytesMax: 256 * 1024 * 1024, bytesHigh: 1024 * 1024, highMs: 1_000 } },
      connections: { perAddress: 6, unknownPerAddress: 4 },
    },
  });
});
afterAll(async () => {
  await node.close();
  await site.close();
});

const A_KEY = {
  key: "a",
  code: "KeyA",
  location: 0,
  repeat: false,
  modifiers: NO_MODIFIERS,
} as const;
const clients: LiveTestClient[] = [];
async function connect(): Promise<LiveTestClient> {
  const client = await connectLiveClient(node.port);
  clients.push(client);
  return client;
}
/** Ends what a test opened, also the tabs of clients that are away, and waits until all places are free. */
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate();
  for (const seat of node.node.seats()) void seat.end("closed");
  await expect
    .poll(() => node.node.status(), { timeout: 30_000 })
    .toMatchObject({ tabs: 0, waiting: 0, contexts: 0 });
});
const settled = (client: LiveTestClient, tab = 1) =>
  client.next("state", (message) => message.tab === tab && message.state.loading === false);

describe("a tab", () => {
  it("begins with nothing to go back to, goes back to its first page, and says so", async () => {
    const client = await connect();
    client.open(1, { ticket: testTicket(`${site.origin}/`) });
    expect(await client.next("opened")).toMatchObject({ sandboxed: process.getuid?.() !== 0 });
    await settled(client);
    client.send({ type: "navigate", tab: 1, to: { url: `${site.origin}/other` } });
    expect(await client.next("state", ({ state }) => state.canGoBack === true)).toMatchObject({
      state: { url: `${site.origin}/other` },
    });
    client.send({ type: "navigate", tab: 1, to: { action: "back" } });
    const back = await client.next("state", ({ state }) => state.canGoBack === false && state.url !== "");
    expect(back).toMatchObject({ state: { url: `${site.origin}/`, canGoForward: true } });
  });

  it("has the title that Chromium shows for it, wherever it stands and whoever puts it there", async () => {
    const client = await connect();
    client.open(1, { ticket: testTicket(`${site.origin}/titled`) });
    await settled(client);
    const becomes = async (title: string) => {
      for (const kind of ["down", "up"] as const) client.send({ type: "key", tab: 1, kind, ...A_KEY });
      await client.next("state", ({ state }) => state.title === title);
    };
    await becomes("made by a script");
    await becomes("below a head that is gone");
    await becomes("changed in the body");
    await becomes("above it");
    await becomes("changed in the head");
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><title>drawn</title><script>
      addEventListener("keydown", () => { document.querySelector("title").textContent = "drawn anew"; });
    </script></svg>`;
    const url = `data:image/svg+xml,${encodeURIComponent(drawing)}`;
    client.send({ type: "navigate", tab: 1, to: { url } });
    await client.next("state", ({ state }) => state.title === "drawn");
    await becomes("drawn anew");
  });

  it("whose renderer is killed ends with a word; opened again in the same browser, it is where it was", async () => {
    const client = await connect();
    for (const tab of [1, 2]) client.open(tab, { ticket: testTicket(`${site.origin}/`) });
    for (const tab of [1, 2]) await settled(client, tab);
    // Chromium itself can fall over a renderer that dies in the middle of a screenshot.
    await expect.poll(() => sharpTabs(client), { timeout: 30_000 }).toEqual(new Set([1, 2]));
    const { pids } = node.node.status();
    for (const pid of renderers()) kill(pid);
    for (const tab of [1, 2]) {
      expect(await client.next("ended", (message) => message.tab === tab)).toMatchObject({ why: "crashed" });
    }
    client.open(1, { ticket: testTicket(`${site.origin}/`), scroll: { x: 0, y: 900 } });
    expect(
      await client.next("state", ({ tab, state }) => tab === 1 && state.scroll?.y === 900),
    ).toBeDefined();
    expect(node.node.status().pids).toEqual(pids);
  });

  it("that crashed has in its form what was typed, once, but no secret and nothing of a private tab", async () => {
    const client = await connect();
    const open = (tab: number, resume?: string) => {
      const context = tab % 2 === 0 ? `${PRIVATE_CONTEXT}one` : "default";
      const ticket = testTicket(`${site.origin}/form`, { context });
      client.open(tab, { ticket, ...(resume === undefined ? {} : { resume }) });
    };
    const type = (tab: number, text: string) => client.send({ type: "text", tab, text });
    const press = (tab: number, key: string, code: string) => {
      for (const kind of ["down", "up"] as const)
        client.send({ type: "key", tab, kind, ...A_KEY, key, code });
    };
    const holds = (tab: number, title: string) =>
      client.next("state", (message) => message.tab === tab && message.state.title === title);
    const keys = { 1: "", 2: "" };
    for (const tab of [1, 2] as const) {
      open(tab);
      keys[tab] = (await client.next("opened", (message) => message.tab === tab)).resume ?? "";
      await client.next("field", (message) => message.tab === tab && message.field !== null);
      for (const text of ["Ada", "s3cret", "4111", "Dear"]) {
        type(tab, text);
        press(tab, "Tab", "Tab");
      }
      press(tab, " ", "Space");
      press(tab, "Tab", "Tab");
      press(tab, "ArrowDown", "ArrowDown");
      await holds(tab, "Ada|s3cret|4111|Dear|true|M");
    }
    for (const pid of renderers()) kill(pid);
    for (const tab of [1, 2]) await client.next("ended", (message) => message.tab === tab);

    open(3, keys[1]);
    await holds(3, "Ada|||Dear|true|M");
    for (const [tab, key, name] of [
      [4, keys[2], "Eve"],
      // A key gives back once.
      [5, keys[1], "Bob"],
    ] as const) {
      open(tab, key);
      await client.next("field", (message) => message.tab === tab && message.field !== null);
      type(tab, name);
      await holds(tab, `${name}||||false|S`);
    }
  });

  it("is frozen when nobody looks, runs again when somebody does, and is closed when nobody comes", async () => {
    const client = await connect();
    const look = (attention: "hidden" | "focused") =>
      client.send({ type: "view", tab: 1, ...TEST_VIEW, zoom: 1, attention });
    const ticks = () => site.requests.filter((path) => path === "/tick").length;
    client.open(1, { ticket: testTicket(`${site.origin}/ticking`) });
    await expect.poll(ticks, { timeout: 30_000 }).toBeGreaterThan(2);
    look("hidden");
    let before = -1;
    await expect
      .poll(
        () => {
          const since = ticks() - before;
          before = ticks();
          return since;
        },
        { interval: 400, timeout: 30_000 },
      )
      .toBe(0);
    look("focused");
    await expect.poll(ticks, { timeout: 30_000 }).toBeGreaterThan(before + 2);
    look("hidden");
    expect(await client.next("ended")).toMatchObject({ why: "idle" });
  });

  it("loses no press to a change of its size or density, and meets the same place before and after", async () => {
    const client = await connect();
    client.open(1, { ticket: testTicket(`${site.origin}/pressed`) });
    await settled(client);
    const press = {
      type: "mouse",
      tab: 1,
      x: 210,
      y: 252,
      button: "left",
      clicks: 1,
      modifiers: NO_MODIFIERS,
    } as const;
    for (let turn = 1; turn <= 10; turn++) {
      client.send({ ...press, kind: "down", buttons: 1 });
      client.send({ ...press, kind: "up", buttons: 0 });
      const viewport = { ...TEST_VIEW.viewport, dpr: turn % 2 ? 1.25 : 1 };
      client.send({ type: "view", tab: 1, ...TEST_VIEW, viewport, zoom: 1, attention: "focused" });
    }
    await client.next("state", ({ state }) => state.title === "10 210,252");
  });

  it("is no denser than its ticket allows", async () => {
    const client = await connect();
    const rights = { tabsMax: 1, minutesMax: 1, megapixelsMax: 1, uploadBytesMax: 0, downloadBytesMax: 0 };
    const viewport = { width: 1000, height: 1000, dpr: 4 };
    client.open(1, { ticket: testTicket(`${site.origin}/`, { rights, viewport }) });
    expect(await client.nextFrame()).toMatchObject({ frameWidth: 1000, frameHeight: 1000 });
    client.open(2, { ticket: testTicket(`${site.origin}/`, { rights, viewport }) });
    expect(await client.next("ended")).toMatchObject({ tab: 2, why: "too-many-tabs" });
  });
});

describe("a client that was cut off", () => {
  it("takes its tab up again as it stands, once, with a picture and all that happened", async () => {
    const first = await connect();
    first.open(1, { ticket: testTicket(`${site.origin}/typed`) });
    const { resume = "" } = await first.next("opened");
    await settled(first);
    const key = { tab: 1, key: "a", code: "KeyA", location: 0, repeat: false, modifiers: NO_MODIFIERS };
    first.send({ type: "key", kind: "down", ...key });
    await first.next("state", ({ state }) => state.title === "1");
    first.socket.terminate();

    const second = await connect();
    second.open(7, { resume });
    expect(await second.next("opened")).toMatchObject({ tab: 7, resumed: true });
    expect(await second.next("state")).toMatchObject({ state: { title: "1", url: `${site.origin}/typed` } });
    await second.nextFrame();
    second.send({ type: "key", kind: "down", ...key, tab: 7 });
    await second.next("state", ({ state }) => state.title === "2");
    expect(site.requests.filter((path) => path === "/typed")).toHaveLength(1);

    // The key is spent, and a key alone that opens nothing does not end the connection.
    const third = await connect();
    third.open(1, { resume });
    expect(await third.next("ended")).toMatchObject({ why: "gone" });
    third.open(1, { ticket: testTicket(`${site.origin}/`) });
    await third.next("opened");
    third.send({ type: "close", tab: 1 });
    second.send({ type: "close", tab: 7 });
    await second.next("ended");
  });
});

describe("a client whose window was closed", () => {
  it("leaves nothing behind, not even what was still opening", async () => {
    const first = await connect();
    first.open(1, { ticket: testTicket(`${site.origin}/`) });
    await first.next("opened");
    first.open(2, { ticket: testTicket(`${site.origin}/other`) });
    first.socket.close(1001);
    await expect.poll(health, { timeout: 20_000 }).toMatchObject({ tabs: 0, contexts: 0 });
  });
});

describe("a full node", () => {
  it("gives places in turn, tells each change, and prefers who waits to who is away", async () => {
    const first = await connect();
    for (const tab of [1, 2, 3]) first.open(tab, { ticket: testTicket(`${site.origin}/`) });
    for (const _ of [1, 2, 3]) await first.next("opened");
    const second = await connect();
    second.open(1, { ticket: testTicket(`${site.origin}/`, { account: "bob" }) });
    expect(await second.next("waiting")).toMatchObject({ place: 1 });
    const third = await connect();
    third.open(1, { ticket: testTicket(`${site.origin}/`, { account: "eve" }) });
    expect(await third.next("waiting")).toMatchObject({ place: 2 });
    expect(await health()).toMatchObject({ status: "ok", tabs: 3, tabsMax: 3, waiting: 2 });

    first.send({ type: "close", tab: 2 });
    await second.next("opened");
    expect(await third.next("waiting")).toMatchObject({ place: 1 });
    // The first client is away and might come back; somebody waits.
    expect(await health()).toMatchObject({ tabs: 3, away: 0 });
    first.socket.terminate();
    await third.next("opened");
  });

  it("turns away whom it cannot even let wait", async () => {
    const first = await connect();
    for (const tab of [1, 2, 3]) first.open(tab, { ticket: testTicket(`${site.origin}/`) });
    for (const _ of [1, 2, 3]) await first.next("opened");
    const second = await connect();
    for (let tab = 0; tab < 7; tab++) {
      second.open(tab, { ticket: testTicket(`${site.origin}/`, { account: "bob" }) });
    }
    expect(await second.next("ended")).toMatchObject({ tab: 6, why: "node-full" });
    await second.close();
  });
});

const health = async () => (await fetch(`http://127.0.0.1:${node.port}/health`)).json();
const sharpTabs = (client: LiveTestClient) =>
  new Set(client.frames.filter(({ sharp }) => sharp).map(({ tab }) => tab));

const renderers = () =>
  listDescendants(process.pid)
    .filter(({ command }) => command.includes("--type=renderer"))
    .map(({ pid }) => pid);

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // A spare renderer that ended meanwhile.
  }
}
