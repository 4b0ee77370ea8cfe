import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { fetchNodeLists } from "#services/live/privacy/fetch-node-lists.ts";
import { setNodeLists } from "#services/live/privacy/node-lists.ts";
import { createSelfSigned } from "../egress/self-signed.ts";
import { createWorld, OTHER, SITE, until, type World } from "../egress/world.ts";
import { type GuardedBrowser, startGuardedBrowser, viewMessage } from "./guarded-tabs.ts";

let world: World;
let browser: GuardedBrowser;
/** WebSockets that were opened, as host and path. */
let opened: string[] = [];
let seen: { host: string; url: string; headers: Record<string, string | string[] | undefined> }[];

beforeAll(async () => {
  world = createWorld();
  const port = await world.serve(({ headers, url = "/" }, response) => {
    const host = headers.host ?? "";
    seen.push({ host, url, headers });
    response.setHeader("access-control-allow-origin", "*");
    if (/\.js$/.test(url)) {
      response.setHeader("content-type", "text/javascript");
      response.end(
        url === "/worker.js"
          ? `fetch("http://www.google-analytics.com/from-worker",{mode:"no-cors"}).catch(()=>{}).then(()=>postMessage(1))`
          : "",
      );
      return;
    }
    response.setHeader("content-type", "text/html");
    if (url.startsWith("/frame")) {
      response.end(`<div class="cookie-banner">Cookies?</div><iframe src="/inner"></iframe>`);
    } else if (url.startsWith("/inner")) {
      response.end(
        `<script>fetch("http://www.google-analytics.com/from-frame",{mode:"no-cors"}).catch(()=>{}).then(()=>top.postMessage(1,"*"))</script>`,
      );
    } else if (url.startsWith("/page")) {
      response.setHeader("referrer-policy", "unsafe-url");
      response.end(`<title>page</title><div id="onetrust-consent-sdk">Cookies?</div>
        <script>
          let ended = 0; const end = () => { if (++ended === 4) document.title = "ended"; };
          onmessage = end;
          new Worker("/worker.js").onmessage = end;
          fetch("http://www.google-analytics.com/collect",{mode:"no-cors"}).catch(()=>{}).then(end);
          fetch("http://cdn.example.org/harmless",{mode:"no-cors"}).then(end);
        </script>
        <script src="http://connect.facebook.net/sdk.js"></script>
        <iframe src="http://frames.example.org/frame"></iframe>`);
    } else response.end("plain");
  });
  for (const name of ["site.example.com", "cdn.example.org", "frames.example.org"])
    world.answer(name, [SITE]);
  for (const name of ["www.google-analytics.com", "connect.facebook.net"]) world.answer(name, [OTHER]);
  world.route(SITE, 80, port);
  world.route(OTHER, 80, port);
  for (const name of ["chat.example.org", "in.hotjar.com", "vk.com"]) world.answer(name, [SITE]);
  world.route(SITE, 8080, await serveSockets(createServer()));
  world.route(SITE, 8443, await serveSockets(createSecureServer(createSelfSigned("chat.example.org"))));
  browser = await startGuardedBrowser(world, { switches: ["--ignore-certificate-errors"] });
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

function serveSockets(server: Server): Promise<number> {
  new WebSocketServer({ server }).on("connection", (_, { headers, url }) =>
    opened.push(`${headers.host?.split(":")[0]}${url}`),
  );
  return world.serveRaw((socket) => void server.emit("connection", socket));
}

let resolvedBefore = 0;
beforeEach(() => {
  resolvedBefore = world.resolved.length;
  seen = [];
  opened = [];
});

const asked = () => seen.map(({ host, url }) => `${host}${url}`);
/** Names that were looked up; these trackers are known to Chromium as https only, where nothing answers here. */
const reached = () => world.resolved.slice(resolvedBefore);

test("trackers are kept away in documents, frames and workers, counted by who they belong to", async () => {
  const tab = await browser.open({ url: "http://site.example.com/page" });
  await tab.page.waitForFunction(() => document.title === "ended");
  expect(reached()).not.toContain("www.google-analytics.com");
  expect(asked()).toContain("cdn.example.org/harmless");
  expect(reached()).toContain("connect.facebook.net");
  const last = () => tab.events.filter((event) => event.type === "trackers").at(-1);
  await until(() => last()?.count === 3);
  expect(last()?.entities).toEqual([{ name: "Google Analytics", category: "analytics", count: 3 }]);
  await tab.close();
});

/** Opens them at once, all from the first line of a script, and tells which of them opened. */
const SOCKETS = `const openAll = (urls) => Promise.all(urls.map((url) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.onopen = () => resolve(true);
  socket.onerror = () => resolve(false);
})));`;
const openFrom = (frame: Page | Frame, urls: string[]) =>
  frame.evaluate<boolean[]>(`(() => { ${SOCKETS} return openAll(${JSON.stringify(urls)}); })()`);
const openFromWorker = (page: Page, urls: string[], kind: "dedicated" | "shared" = "dedicated") =>
  page.evaluate<boolean[]>(`new Promise((resolve) => {
    const [kind, urls, sockets] = ${JSON.stringify([kind, urls, SOCKETS])};
    const answer = kind === "shared" ? "onconnect = ({ ports }) => all.then((which) => ports[0].postMessage(which))" : "all.then(postMessage)";
    const source = sockets + "const all = openAll(" + JSON.stringify(urls) + ");" + answer;
    const script = URL.createObjectURL(new Blob([source]));
    const port = kind === "shared" ? new SharedWorker(script).port : new Worker(script);
    port.onmessage = ({ data }) => resolve(data);
  })`);

test("WebSockets to trackers are refused wherever they are made, by the level of their panel, and counted with the rest", async () => {
  const [talk, plain] = ["wss://chat.example.org:8443/talk", "ws://chat.example.org:8080/plain"];
  const [hotjar, vk] = ["wss://in.hotjar.com:8443/count", "wss://vk.com:8443/like"];
  const tab = await browser.open({ url: "http://site.example.com/page" });
  await tab.page.waitForFunction(() => document.title === "ended");
  const inFrame = tab.page.frames().find((frame) => frame.url() === "http://frames.example.org/frame");
  // Few at a time: Chromium slows a page down whose WebSockets fail.
  const from = await Promise.all([
    openFrom(tab.page, [talk, plain, hotjar, vk]),
    openFrom(inFrame ?? tab.page, [talk, hotjar]),
    openFromWorker(tab.page, [plain, hotjar]),
    // Shared workers are no one panel's: what they open is judged by its host.
    openFromWorker(tab.page, [hotjar, "ws://in.hotjar.com:8080/plain"], "shared"),
  ]);
  expect(from).toEqual([
    [true, true, false, true],
    [true, false],
    [true, false],
    [false, false],
  ]);
  expect(new Set(opened)).toEqual(
    new Set(["chat.example.org/talk", "chat.example.org/plain", "vk.com/like"]),
  );
  expect(reached()).not.toContain("in.hotjar.com");
  const told = () => tab.events.filter((event) => event.type === "trackers").at(-1);
  await until(() => told()?.entities.find(({ name }) => name === "Hotjar")?.count === 3);

  tab.handle(viewMessage({ level: "strict" }));
  expect(await openFrom(tab.page, [talk, hotjar, vk])).toEqual([true, false, false]);
  tab.handle(viewMessage({ level: "off" }));
  expect(await openFrom(tab.page, [hotjar, vk])).toEqual([true, true]);
  expect(opened).toContain("in.hotjar.com/count");
  await tab.close();
});

test("the level is changed while a page is open: strict blocks social networks, off blocks nobody", async () => {
  const tab = await browser.open({ url: "http://site.example.com/page", level: "strict" });
  await tab.page.waitForFunction(() => document.title === "ended");
  expect(reached()).not.toContain("connect.facebook.net");
  tab.handle(viewMessage({ level: "off" }));
  tab.handle({ type: "navigate", tab: 0, to: { action: "reload-hard" } });
  await until(() => reached().filter((name) => name === "www.google-analytics.com").length >= 3);
  await until(() => reached().includes("connect.facebook.net"));
  await tab.close();
});

test("cookie banners are hidden in the page and in its frames, later ones too, until the level is off", async () => {
  const tab = await browser.open({ url: "http://site.example.com/page" });
  const banners = "[...document.querySelectorAll('#onetrust-consent-sdk,.cookie-banner')]";
  const shown = `${banners}.map((banner) => getComputedStyle(banner).display)`;
  const becomes = async (displays: string[], frame = tab.page.mainFrame()) => {
    const expected = JSON.stringify(displays);
    await frame.waitForFunction(`JSON.stringify(${shown}) === '${expected}'`, undefined, { polling: 50 });
  };
  await tab.page.waitForFunction("document.title === 'ended'", undefined, { polling: 50 });
  await becomes(["none"]);
  const inFrame = tab.page.frames().find((frame) => frame.url() === "http://frames.example.org/frame");
  await becomes(["none"], inFrame);
  await tab.page.evaluate(
    "document.body.append(Object.assign(document.createElement('p'), { className: 'cookie-banner' }))",
  );
  await becomes(["none", "none"]);
  expect(await tab.page.evaluate("document.querySelectorAll('style').length")).toBe(0);
  tab.handle(viewMessage({ level: "off" }));
  await becomes(["block", "block"]);
  await becomes(["block"], inFrame);
  await tab.close();
});

test("addresses lose what only tracks, referrers lose all but the origin, and sites are told to sell nothing", async () => {
  const tab = await browser.open({ url: "http://site.example.com/page?a=1&utm_source=mail&fbclid=x#part" });
  await tab.page.waitForFunction(() => document.title === "ended");
  expect(tab.page.url()).toBe("http://site.example.com/page?a=1#part");
  await until(() => tab.events.some((event) => event.type === "trackers" && event.strippedParameters === 2));
  const page = seen.find(({ url }) => url.startsWith("/page"));
  expect(page?.url).toBe("/page?a=1");
  expect(page?.headers["sec-gpc"]).toBe("1");
  expect(await tab.page.evaluate("navigator.globalPrivacyControl")).toBe(true);
  expect(seen.find(({ url }) => url === "/harmless")?.headers.referer).toBe("http://site.example.com/");
  expect(seen.find(({ url }) => url === "/frame")?.headers.referer).toBe("http://site.example.com/");
  const [, frame] = tab.page.frames();
  expect(await frame?.evaluate("document.referrer")).toBe("http://site.example.com/");
  await tab.close();
});

test("lists that the node has kept come into force in tabs that are open, without being fetched again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "qui-lists-"));
  const url = "https://lists.example.com/list.txt";
  const list =
    "[Adblock Plus 2.0]\n! Title: Test list\n||cdn.example.org^$third-party\n||chat.example.org:8443/count^\nsite.example.com##.promo\n";
  writeFileSync(join(folder, `${createHash("sha256").update(url).digest("hex")}.txt`), list);
  const tab = await browser.open({ url: "http://site.example.com/page" });
  await tab.page.waitForFunction("document.title === 'ended'", undefined, { polling: 50 });
  expect(asked()).toContain("cdn.example.org/harmless");

  seen = [];
  setNodeLists(await fetchNodeLists([url], folder));
  tab.handle({ type: "navigate", tab: 0, to: { action: "reload" } });
  await until(() => asked().some((address) => address.startsWith("site.example.com/page")));
  await tab.page.waitForFunction("document.title === 'page'", undefined, { polling: 50 });
  await tab.page.evaluate(
    "document.body.append(Object.assign(document.createElement('p'), { className: 'promo', id: 'promo' }))",
  );
  await tab.page.waitForFunction("getComputedStyle(promo).display === 'none'", undefined, { polling: 50 });
  const last = () => tab.events.filter((event) => event.type === "trackers").at(-1);
  await until(() => last()?.entities.some(({ name }) => name === "example.org") ?? false);
  expect(asked()).not.toContain("cdn.example.org/harmless");
  for (const [path, opens] of [
    ["talk", true],
    ["count", false],
    ["talk-on", true],
  ] as const) {
    expect(await openFrom(tab.page, [`wss://chat.example.org:8443/${path}`])).toEqual([opens]);
  }
  await tab.close();
  rmSync(folder, { recursive: true });
});
