import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorld, SITE, type World } from "../egress/world.ts";
import { type GuardedBrowser, startGuardedBrowser } from "./guarded-tabs.ts";

const HOME = "http://site.example.com";
const FINGERPRINT = readFileSync(
  join(createRequire(import.meta.url).resolve("@fingerprintjs/fingerprintjs"), "../fp.umd.min.js"),
  "utf8",
);
/** What any script can ask of a browser, here or in a worker. */
const LOOK = `(async () => ({
  agent: navigator.userAgent,
  webdriver: navigator.webdriver ?? false,
  hints: navigator.userAgentData?.toJSON(),
  high: await navigator.userAgentData?.getHighEntropyValues(["platformVersion", "architecture", "model", "fullVersionList"]),
  platform: navigator.platform,
  languages: [...navigator.languages],
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  cores: navigator.hardwareConcurrency,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  offset: new Date(2026, 0, 1).getTimezoneOffset(),
  gpc: navigator.globalPrivacyControl,
}))()`;

let world: World;
let browser: GuardedBrowser;
const zone = process.env.TZ;
const asked: { url: string; headers: Record<string, string | string[] | undefined> }[] = [];

beforeAll(async () => {
  // A node stands somewhere; its pages must not show where.
  process.env.TZ = "America/New_York";
  world = createWorld();
  const site = await world.serve(({ url = "/", headers }, response) => {
    asked.push({ url, headers });
    const isScript = url.endsWith(".js");
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    if (url === "/fp.js") response.end(FINGERPRINT);
    else if (url === "/worker.js") response.end(`${LOOK}.then((seen) => postMessage(seen))`);
    else if (url === "/frame")
      response.end(`<script>${LOOK}.then((seen) => parent.postMessage(seen, "*"))</script>`);
    else if (url === "/cached") {
      response.setHeader("cache-control", "max-age=3600, immutable");
      response.end("cached");
    } else if (url === "/look") {
      response.end(`<script src="/fp.js"></script><input id="field" autofocus><script>
        window.frameSaw = new Promise((resolve) => { onmessage = ({ data }) => resolve(data); });
        window.workerSaw = new Promise((resolve) => { new Worker("/worker.js").onmessage = ({ data }) => resolve(data); });
      </script><iframe src="http://other.example.org/frame"></iframe>`);
    } else response.end("<title>plain</title><input id=field>");
  });
  for (const name of ["site.example.com", "other.example.org"]) world.answer(name, [SITE]);
  world.route(SITE, 80, site);
  const secure = `${HOME},http://other.example.org`;
  browser = await startGuardedBrowser(world, {
    switches: [`--unsafely-treat-insecure-origin-as-secure=${secure}`],
  });
});
afterAll(async () => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  await browser.close();
  await world.close();
});

test("two people with different screens and machines look the same to FingerprintJS, and to every frame and worker", async () => {
  const first = await browser.open({ url: `${HOME}/look`, account: "ada" });
  const second = await browser.open({
    url: `${HOME}/look`,
    account: "bob",
    viewport: { width: 1301, height: 695, dpr: 1.08 },
  });
  const ids: string[] = [];
  for (const { page } of [first, second]) {
    await page.waitForFunction("window.FingerprintJS", undefined, { polling: 50 });
    const result = await page.evaluate<{ visitorId: string; components: Record<string, { value: unknown }> }>(
      "FingerprintJS.load().then((agent) => agent.get())",
    );
    ids.push(result.visitorId);
    const own = await page.evaluate<Record<string, unknown>>(LOOK);
    expect(await page.evaluate("workerSaw")).toEqual(own);
    expect(await page.evaluate("frameSaw")).toEqual(own);
    expect(own).toMatchObject({
      webdriver: false,
      platform: "Linux x86_64",
      languages: ["en"],
      cores: 8,
      zone: "UTC",
      offset: 0,
      gpc: true,
      hints: { mobile: false, platform: "Linux" },
    });
    expect(JSON.stringify(own)).not.toMatch(/headless/i);
    expect(await page.evaluate("[screen.width, screen.height]")).toEqual([1366, 768]);
    // Nothing of the page's own was replaced.
    const natives = `[Navigator.prototype, Screen.prototype].flatMap((prototype) => Object.values(Object.getOwnPropertyDescriptors(prototype)))
      .map(({ get, value }) => get ?? value).filter((found) => typeof found === "function")
      .every((found) => Function.prototype.toString.call(found).includes("[native code]"))`;
    expect(await page.evaluate(natives)).toBe(true);
  }
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(ids[1]).toBe(ids[0]);
  const agents = new Set(asked.map(({ headers }) => headers["user-agent"]));
  expect([...agents]).toEqual([
    expect.stringMatching(/^Mozilla\/5\.0 \(X11; Linux x86_64\).* Chrome\/\d+\.0\.0\.0 Safari\/537\.36$/),
  ]);
  await first.close();
  await second.close();
});

test("a phone's pages see a phone, in the language and zone that were asked for, in frames and workers too", async () => {
  const tab = await browser.open(
    {
      url: `${HOME}/look`,
      account: "cyd",
      viewport: { width: 390, height: 700, dpr: 3 },
      zone: "Asia/Tokyo",
    },
    { mode: "mobile", language: "de" },
  );
  await tab.page.waitForFunction("window.FingerprintJS", undefined, { polling: 50 });
  const own = await tab.page.evaluate<Record<string, unknown>>(LOOK);
  expect(own).toMatchObject({
    agent: expect.stringMatching(/Android 10; K\).* Mobile /),
    languages: ["de"],
    locale: "de",
    zone: "Asia/Tokyo",
    offset: -540,
    hints: { mobile: true, platform: "Android" },
  });
  expect(await tab.page.evaluate("workerSaw")).toEqual(own);
  expect(await tab.page.evaluate("frameSaw")).toEqual(own);
  expect(await tab.page.evaluate("[screen.width, screen.height]")).toEqual([412, 915]);
  await tab.close();
});

test("accounts share no cookie, storage, cache or clipboard, and nothing outlives a session, on disk neither", async () => {
  const marker = `marker-${crypto.randomUUID()}`;
  const write = `(async () => {
    document.cookie = "kept=${marker}; max-age=9999";
    localStorage.kept = "${marker}";
    await (await caches.open("kept")).put("/kept", new Response("${marker}"));
    await fetch("/cached");
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open("kept");
      opening.onerror = reject;
      opening.onsuccess = resolve;
    });
    await (await (await navigator.storage.getDirectory()).getFileHandle("kept", { create: true }));
  })()`;
  const read = `(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).length,
    files: await Array.fromAsync((await navigator.storage.getDirectory()).keys()),
    cached: await fetch("/cached").then((response) => response.text()),
  }))()`;
  const nothing = { cookie: "", local: 0, caches: [], databases: 0, files: [], cached: "cached" };
  const fetches = () => asked.filter(({ url }) => url === "/cached").length;

  const dee = await browser.open({ url: `${HOME}/plain`, account: "dee" });
  await dee.page.waitForFunction("document.title === 'plain'", undefined, { polling: 50 });
  await dee.page.evaluate(write);
  await dee.page.evaluate(read);
  expect(fetches()).toBe(1);
  await dee.page.evaluate(
    `(() => { field.value = "${marker}"; field.select(); document.execCommand("copy"); })()`,
  );

  const eve = await browser.open({ url: `${HOME}/plain`, account: "eve" });
  await eve.page.waitForFunction("document.title === 'plain'", undefined, { polling: 50 });
  expect(await eve.page.evaluate(read)).toEqual(nothing);
  expect(fetches()).toBe(2);
  const modifiers = { alt: false, ctrl: true, meta: false, shift: false };
  await eve.page.evaluate("field.focus()");
  for (const kind of ["down", "up"] as const) {
    eve.handle({ type: "key", tab: 0, kind, key: "v", code: "KeyV", location: 0, repeat: false, modifiers });
  }
  eve.handle({ type: "text", tab: 0, text: "typed" });
  await eve.page.waitForFunction("field.value.includes('typed')", undefined, { polling: 50 });
  expect(await eve.page.evaluate("field.value")).toBe("typed");

  await dee.close();
  const again = await browser.open({ url: `${HOME}/plain`, account: "dee" });
  await again.page.waitForFunction("document.title === 'plain'", undefined, { polling: 50 });
  expect(await again.page.evaluate(read)).toEqual(nothing);
  expect(fetches()).toBe(3);
  await again.close();
  await eve.close();

  const [pid = 0] = browser.pool.status().pids;
  const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
  const profile = /--user-data-dir=([^\0]+)/.exec(command)?.[1] ?? "";
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  const holding = files.filter((file) => {
    try {
      const bytes = readFileSync(join(file.parentPath, file.name));
      return bytes.includes(marker) || bytes.includes("site.example.com");
    } catch {
      // Chromium's own temporary file, gone since it was listed.
      return false;
    }
  });
  expect(holding.map(({ name }) => name)).toEqual([]);
});
