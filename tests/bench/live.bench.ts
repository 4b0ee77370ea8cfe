import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { chromiumSwitches } from "#services/live/browser/chromium-switches.ts";
import { CAPTURE_HINDRANCES, CAPTURE_SWITCHES } from "#services/live/capture/capture-extensions.ts";
import { takeScreenshot } from "#services/live/stream/take-screenshot.ts";
import { openPainterPage, type PainterPage, readPicture } from "../fixtures/live-painter.ts";
import { ssim } from "../fixtures/ssim.ts";
import { denseText, openStreamedPage, type StreamedPage } from "../fixtures/streamed-page.ts";
import { cpuMs, cpuSpentMs, processTree, pssBytes } from "./process-tree.ts";
import { median, percentile } from "./statistics.ts";
import { measureVnc } from "./vnc-peer.ts";

const IMAGES = ["jpeg", "webp", "png"];
const SCROLL_MS = 3000;
const KEYS = 20;
const IDLE_MS = 20_000;
const TABS = 6;
const MANY = 10;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The picture of live tabs beside Chromium's bare screencast and, where it is installed, a VNC desktop. */
export default async function benchLive(): Promise<string> {
  const executablePath = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find(
    (path) => path && existsSync(path),
  );
  if (!executablePath) throw new Error("There is no Chromium here; set QUI_CHROMIUM.");
  const launchPlain = () => chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-quic"] });
  const { version } = await launchPlain().then(async (browser) => {
    await browser.close();
    return { version: browser.version().split(".")[0] ?? "" };
  });
  // The node's, but for its proxy: what is measured here asks for nothing.
  const args = chromiumSwitches(version).filter((name) => !name.startsWith("--host-resolver-rules"));
  const launch = () =>
    chromium.launch({
      executablePath,
      ignoreDefaultArgs: CAPTURE_HINDRANCES,
      args: ["--disable-gpu", ...args, ...CAPTURE_SWITCHES],
    });
  // The client's browser is another one, as it is for a visitor; the peer's is as Playwright starts it.
  const [browser, plain, client] = [await launch(), await launchPlain(), await launchPlain()];
  const rows: string[][] = [];
  try {
    rows.push(...(await measureFrames(browser, plain, client)));
    rows.push(await measureKeys(browser, plain, client));
    rows.push(...(await measureVideo(browser, client)));
    rows.push(...(await measureIdle(browser, client)));
    rows.push(await measureMany(browser, client));
    rows.push(await measureMemory(launch, launchPlain));
  } finally {
    await browser.close();
    await plain.close();
    await client.close();
  }
  const vnc = await measureVnc(executablePath);
  const load = (await import("node:os")).loadavg()[0] ?? 0;
  return [
    "## Live pages",
    "",
    `1280 × 720, dense text. *Ours* ends at the real painter's pixels in a second headless Chromium, fed over a WebSocket on loopback, and is measured when its answer is back; the bare \`Page.startScreencast\` ends where its frame arrives in Node and is answered at once. The machine's load was ${load.toFixed(1)} at the end.`,
    "",
    "| | ours | peer | ratio | bound |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    vnc,
  ].join("\n");
}

/** A streamed page whose frames a client draws and answers. */
async function watch(
  browser: Browser,
  client: Browser,
  codecs: string[],
): Promise<StreamedPage & { painter: PainterPage }> {
  const painter = await openPainterPage(client);
  const tab = await openStreamedPage(browser, { html: denseText(), dpr: 1, codecs });
  tab.onMessage((message) => painter.push(message));
  painter.onDrawn((frame, drawMs) => tab.drawn(frame, drawMs));
  tab.handle({ type: "refresh", tab: 1 });
  await wait(1500);
  return {
    ...tab,
    painter,
    async close() {
      await tab.close();
      await painter.close();
    },
  };
}

/** A page whose screencast is taken bare. */
async function bare(browser: Browser) {
  const tab = await openStreamedPage(browser, { html: denseText(), dpr: 1, codecs: [] });
  tab.show({ attention: "hidden" });
  const frames: { atMs: number; data: string }[] = [];
  tab.cdp.on("Page.screencastFrame", ({ data, sessionId }) => {
    frames.push({ atMs: performance.now(), data });
    tab.cdp.send("Page.screencastFrameAck", { sessionId }).catch(() => {
      // The page was closed with a frame still on its way.
    });
  });
  await wait(300);
  await tab.cdp.send("Page.startScreencast", { format: "jpeg", quality: 70, everyNthFrame: 1 });
  await wait(1000);
  return { ...tab, frames };
}

function startScroll({ page }: Pick<StreamedPage, "page">): Promise<void> {
  return page.evaluate(() => {
    let y = 0;
    const step = () => {
      y = (y + 6) % 20_000;
      window.scrollTo(0, y);
      requestAnimationFrame(step);
    };
    step();
  });
}

async function measureFrames(browser: Browser, plain: Browser, client: Browser): Promise<string[][]> {
  const peer = await bare(plain);
  await startScroll(peer);
  await wait(500);
  const peerFrom = peer.frames.length;
  await wait(SCROLL_MS);
  const theirs = ((peer.frames.length - peerFrom) * 1000) / SCROLL_MS;
  await peer.close();
  const measure = async (codecs: string[]) => {
    const tab = await watch(browser, client, codecs);
    await startScroll(tab);
    // Time enough for what is about to become video.
    await wait(2000);
    const [from, sentFrom] = [tab.painter.drawn.length, tab.sent.length];
    await wait(SCROLL_MS);
    const ours = ((tab.painter.drawn.length - from) * 1000) / SCROLL_MS;
    const bits = (tab.sent.slice(sentFrom).reduce((sum, { bytes }) => sum + bytes, 0) * 8000) / SCROLL_MS;
    await tab.close();
    return [
      `${ours.toFixed(1)} (${(bits / 1e6).toFixed(bits < 1e7 ? 1 : 0)} Mbit/s)`,
      `${theirs.toFixed(1)}, bare`,
      (ours / theirs).toFixed(2),
    ];
  };
  return [
    ["frames a second drawn while scrolling", ...(await measure([...IMAGES, "h264"])), "≥ 0.9"],
    ["the same for a client without H.264: pictures", ...(await measure(IMAGES)), ""],
  ];
}

async function measureKeys(browser: Browser, plain: Browser, client: Browser): Promise<string[]> {
  const type = async (
    { page, cdp }: Pick<StreamedPage, "page" | "cdp">,
    arrivals: () => { length: number; at(index: number): { atMs: number } | undefined },
  ) => {
    await page.focus("textarea");
    await wait(500);
    const times: number[] = [];
    for (let key = 0; key < KEYS; key += 1) {
      const before = arrivals().length;
      const sentAt = performance.now();
      void cdp.send("Input.dispatchKeyEvent", { type: "keyDown", key: "m", code: "KeyM", text: "m" });
      void cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: "m", code: "KeyM" });
      while (arrivals().length === before && performance.now() - sentAt < 2000) await wait(1);
      times.push((arrivals().at(before)?.atMs ?? performance.now()) - sentAt);
      // Refined and quiet again before the next.
      await wait(450);
    }
    return times;
  };
  const peer = await bare(plain);
  const theirs = await type(peer, () => peer.frames);
  await peer.close();
  const tab = await watch(browser, client, IMAGES);
  const ours = await type(tab, () => tab.painter.drawn);
  await tab.close();
  const [a, b] = [median(ours), median(theirs)];
  return [
    "key press to the pixels, ms p50 / p95",
    `${a.toFixed(0)} / ${percentile(ours, 0.95).toFixed(0)}`,
    `${b.toFixed(0)} / ${percentile(theirs, 0.95).toFixed(0)}, bare, arrival`,
    (a / b).toFixed(2),
    "≤ 1.3",
  ];
}

async function measureVideo(browser: Browser, client: Browser): Promise<string[][]> {
  const tab = await watch(browser, client, [...IMAGES, "h264"]);
  await startScroll(tab);
  const isVideo = () => tab.sent.at(-1)?.header.codec === "h264";
  for (let tries = 0; tries < 100 && !isVideo(); tries += 1) await wait(100);
  await wait(1000);
  const from = tab.sent.length;
  await wait(4000);
  const sent = tab.sent.slice(from);
  const frames = sent.filter(({ header }) => header.codec === "h264").length;
  const bits = (sent.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / 4;
  await tab.close();
  const [similarity, worst] = await measureSimilarity(browser, client);
  return [
    [
      "video while scrolling, frames a second",
      (frames / 4).toFixed(1),
      "",
      "",
      `≥ 28${frames === sent.length ? "" : `; ${sent.length - frames} of ${sent.length} were pictures`}`,
    ],
    ["video while scrolling, Mbit/s", (bits / 1e6).toFixed(2), "", "", "≤ 3.5"],
    [
      "video's likeness to the page, SSIM mean / least",
      `${similarity.toFixed(4)} / ${worst.toFixed(4)}`,
      "",
      "",
      "≥ 0.98",
    ],
  ];
}

/** Blocks of the page's upper edge that tell which step of the movement it shows. */
const STEP_BITS = 16;
const STEP_BLOCK = 32;

/**
 * Moments of a page in movement as the client's canvas shows them, each compared with a screenshot of the page
 * brought back to that very step. The page tells the step in black and white, so that nothing is guessed.
 */
async function measureSimilarity(browser: Browser, client: Browser): Promise<[number, number]> {
  const tab = await watch(browser, client, [...IMAGES, "h264"]);
  await tab.page.evaluate(
    ([bits, block]) => {
      const bar = document.createElement("div");
      bar.style.cssText = `position:fixed;top:0;right:0;display:flex;height:${block}px`;
      for (let bit = 0; bit < bits; bit += 1) bar.append(document.createElement("i"));
      const cells = [...bar.children] as HTMLElement[];
      for (const cell of cells) cell.style.width = `${block}px`;
      document.body.append(bar);
      const scope = globalThis as unknown as { goTo(step: number): void; halt: boolean };
      scope.goTo = (step) => {
        window.scrollTo(0, step * 6);
        for (const [bit, cell] of cells.entries())
          cell.style.background = (step >> bit) & 1 ? "#000" : "#fff";
      };
      let step = 0;
      const next = () => {
        if (scope.halt) return;
        step += 1;
        scope.goTo(step % 3300);
        requestAnimationFrame(next);
      };
      next();
    },
    [STEP_BITS, STEP_BLOCK] as const,
  );
  const isVideo = () => tab.sent.at(-1)?.header.codec === "h264";
  for (let tries = 0; tries < 100 && !isVideo(); tries += 1) await wait(100);
  await wait(2000);
  for (let count = 0; count < 20; count += 1) {
    await tab.painter.keep();
    await wait(200);
  }
  if (!isVideo()) throw new Error("The page did not stay video.");
  await tab.page.evaluate(() => {
    (globalThis as unknown as { halt: boolean }).halt = true;
  });
  const found: number[] = [];
  for (const picture of await tab.painter.kept()) {
    const step = readStep(picture);
    await tab.page.evaluate(async (to) => {
      (globalThis as unknown as { goTo(step: number): void }).goTo(to);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }, step);
    found.push(ssim(picture, await readPicture(await takeScreenshot(tab.cdp))));
  }
  await tab.close();
  return [mean(found), Math.min(...found)];
}

function readStep({ data, width }: { data: Uint8Array; width: number }): number {
  let step = 0;
  for (let bit = 0; bit < STEP_BITS; bit += 1) {
    const x = width - (STEP_BITS - bit) * STEP_BLOCK + STEP_BLOCK / 2;
    const shade = data[((STEP_BLOCK / 2) * width + x) * 3] ?? 255;
    if (shade < 128) step |= 1 << bit;
  }
  return step;
}

async function measureIdle(browser: Browser, client: Browser): Promise<string[][]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const root = processInfo.find(({ type }) => type === "browser")?.id ?? 0;
  const costs = async (streams: boolean) => {
    const tab = await watch(browser, client, IMAGES);
    if (!streams) tab.show({ attention: "hidden" });
    await tab.page.addStyleTag({ content: "textarea{caret-color:black!important}" });
    await tab.page.focus("textarea");
    await wait(4000);
    const from = tab.sent.length;
    const [all, served] = [cpuMs(processTree(process.pid)), cpuMs(processTree(root))];
    const own = process.cpuUsage();
    await wait(IDLE_MS);
    const { user, system } = process.cpuUsage(own);
    const ownMs = (user + system) / 1000;
    const share = (before: Map<number, number>, of: number) =>
      (cpuSpentMs(before, cpuMs(processTree(of))) + ownMs) / IDLE_MS;
    const bytes = tab.sent.slice(from).reduce((sum, tile) => sum + tile.bytes, 0);
    const shares = { everything: share(all, process.pid), server: share(served, root) };
    await tab.close();
    return { bytesPerS: (bytes * 1000) / IDLE_MS, ...shares };
  };
  const [without, streamed] = [await costs(false), await costs(true)];
  const row = (what: string, of: "everything" | "server"): string[] => [
    `an idle page, share of a core (${what})`,
    `${(streamed[of] * 100).toFixed(1)} %`,
    `${(without[of] * 100).toFixed(1)} %, not streamed`,
    `+${((streamed[of] - without[of]) * 100).toFixed(1)} %`,
    "≤ 2 %",
  ];
  return [
    ["an idle page with a blinking caret, bytes a second", streamed.bytesPerS.toFixed(0), "", "", "≤ 2000"],
    row("node and both browsers", "everything"),
    row("node and its browser", "server"),
  ];
}

async function measureMany(browser: Browser, client: Browser): Promise<string[]> {
  const tabs: (StreamedPage & { painter: PainterPage })[] = [];
  for (let index = 0; index < MANY; index += 1) tabs.push(await watch(browser, client, IMAGES));
  const [focused, ...others] = tabs;
  if (!focused) return [];
  for (const tab of others) {
    tab.show({ attention: "aside" });
    // A page that does something of its own, as most do.
    await tab.page.evaluate(() => {
      setInterval(() => window.scrollBy(0, 40), 400);
    });
  }
  await focused.page.focus("textarea");
  await wait(1500);
  const times: number[] = [];
  for (let key = 0; key < 2 * KEYS; key += 1) {
    const before = focused.painter.drawn.length;
    const sentAt = performance.now();
    void focused.cdp.send("Input.dispatchKeyEvent", { type: "keyDown", key: "m", code: "KeyM", text: "m" });
    void focused.cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: "m", code: "KeyM" });
    while (focused.painter.drawn.length === before && performance.now() - sentAt < 2000) await wait(1);
    times.push((focused.painter.drawn.at(before)?.atMs ?? performance.now()) - sentAt);
    await wait(200);
  }
  for (const tab of tabs) await tab.close();
  return [
    `${MANY} tabs, one typed into and ${MANY - 1} moving at the side, key to the pixels, ms p50 / p95`,
    `${median(times).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)}`,
    "",
    "",
    "p95 ≤ 250",
  ];
}

/** What a further trivial tab takes of the browser and of this process, streamed and not. */
async function measureMemory(
  launch: () => Promise<Browser>,
  launchPlain: () => Promise<Browser>,
): Promise<string[]> {
  const perTab = async (browser: Browser, codecs: string[], attention: "focused" | "hidden") => {
    const options = { html: "<title>t</title><p>A tab.", dpr: 1, codecs };
    const open = [await openStreamedPage(browser, options)];
    await wait(1000);
    const before = pssBytes(processTree(process.pid));
    for (let index = 0; index < TABS; index += 1) {
      const tab = await openStreamedPage(browser, options);
      tab.show({ attention });
      tab.onMessage((_, { frame }) => setImmediate(() => tab.drawn(frame)));
      open.push(tab);
    }
    await wait(2000);
    globalThis.gc?.();
    const bytes = (pssBytes(processTree(process.pid)) - before) / TABS;
    for (const tab of open) await tab.close();
    await browser.close();
    return bytes;
  };
  const theirs = await perTab(await launchPlain(), [], "hidden");
  const ours = await perTab(await launch(), IMAGES, "focused");
  const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  return [
    "memory of one more trivial tab, PSS",
    mb(ours),
    `${mb(theirs)}, bare`,
    (ours / theirs).toFixed(2),
    "≤ 1.3",
  ];
}
