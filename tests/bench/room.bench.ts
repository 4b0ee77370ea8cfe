import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findFreePort } from "../../scripts/services/free-port.ts";
import { appTestEnv } from "../../scripts/testing/app-env.ts";
import { type SmallSite, startSmallSite } from "../fixtures/small-site.ts";
import { startBuiltNext } from "./built-next.ts";
import { median } from "./statistics.ts";
import { timeFrames } from "./time-frames.ts";

const root = join(import.meta.dirname, "../..");
const PANELS = [1, 4, 8, 16];
const PATHS = ["lighthouse", "harbour", "island", "ferry"];
/** Drawn by the processor, a real frame takes a tenth of a second: fewer of them say enough. */
const FRAMES = { stubbed: 200, real: 20 };
const RUNS = 5;
const SEARCH = { name: "Address, search or command" };

interface FrameCost {
  panels: number;
  stubbedMs: number;
  realMs: number;
  drawCalls: number;
  triangles: number;
  textureMiB: number;
}

/** What the room costs: JavaScript in each frame, the wait for the first page, bytes to fetch. */
export default async function roomBench(): Promise<string> {
  const executablePath = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find(
    (path) => path && existsSync(path),
  );
  if (!executablePath) throw new Error("There is no Chromium here; set QUI_CHROMIUM.");
  const [port, sitePort] = [await findFreePort(), await findFreePort()];
  const site = await startSmallSite(sitePort);
  const env = { ...appTestEnv([String(sitePort)]), QUI_RATE_LIMIT_SCALE: "1000" };
  const app = await startBuiltNext(root, port, env);
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
    ],
  });
  const origin = `http://localhost:${port}`;
  try {
    const empty = await measureFrames(browser, origin, site, 0);
    const costs: FrameCost[] = [];
    for (const panels of PANELS) costs.push(await measureFrames(browser, origin, site, panels));
    const waits = {
      flat: await measureWait(browser, origin, site, "flat"),
      room: await measureWait(browser, origin, site, "room"),
    };
    const size = await measureScripts(browser, origin, site);
    return report(empty, costs, waits, size);
  } finally {
    await browser.close();
    await app.stop();
    await site.close();
  }
}

async function openSpace(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole("tab").first().waitFor();
  return page;
}

async function visit(page: Page, address: string): Promise<void> {
  const field = page.getByRole("combobox", SEARCH);
  await field.click();
  await field.fill(address);
  await field.press("Enter");
}

/** None: one empty tab, which the space always has; its frame is what the others are held against. */
async function measureFrames(
  browser: Browser,
  origin: string,
  site: SmallSite,
  panels: number,
): Promise<FrameCost> {
  const page = await openSpace(browser, `${origin}/space?audit=manual`);
  for (let index = 0; index < panels; index++) {
    if (index > 0) await page.getByRole("button", { name: "New tab" }).first().click();
    await visit(page, `${site.origin}/${PATHS[index % PATHS.length]}`);
    await page.getByRole("heading", { level: 1 }).last().waitFor();
  }
  await page.keyboard.press("Alt+v");
  await page.waitForFunction(() => window.__quiAudit !== undefined);
  await page.waitForFunction(
    (count) => {
      window.__quiAudit?.advance(5);
      const shown = window.__quiAudit?.panels ?? [];
      return shown.length === count && shown.every(({ tiles }) => tiles > 0);
    },
    Math.max(1, panels),
    { polling: 200, timeout: 60_000 },
  );
  const stubbedMs = await timeFrames(page, { frames: FRAMES.stubbed, runs: RUNS, isStubbed: true });
  const realMs = await timeFrames(page, { frames: FRAMES.real, runs: RUNS, isStubbed: false });
  const figures = await page.evaluate(() => {
    const { drawCalls = 0, triangles = 0, textureBytes = 0 } = window.__quiAudit ?? {};
    return { drawCalls, triangles, textureMiB: textureBytes / 2 ** 20 };
  });
  await page.context().close();
  return { panels, stubbedMs, realMs, ...figures };
}

/** From Enter to the first words on the screen, in a space that stands already. */
async function measureWait(
  browser: Browser,
  origin: string,
  site: SmallSite,
  view: "flat" | "room",
): Promise<number> {
  const page = await openSpace(browser, `${origin}/space?audit${view === "room" ? "&view=room" : ""}`);
  if (view === "room") await page.waitForFunction(() => (window.__quiAudit?.panels.length ?? 0) > 0);
  // What either view loads for its first page is not the page's own time.
  await visit(page, `${site.origin}/ferry`);
  await shown(page, view, "Ferries");
  const times: number[] = [];
  for (const [path, title] of [
    ["lighthouse", "Lighthouses"],
    ["harbour", "Harbours"],
    ["island", "Islands"],
  ] as const) {
    const field = page.getByRole("combobox", SEARCH);
    await field.click();
    await field.fill(`${site.origin}/${path}`);
    const from = performance.now();
    await field.press("Enter");
    await shown(page, view, title);
    times.push(performance.now() - from);
  }
  await page.context().close();
  return median(times);
}

async function shown(page: Page, view: "flat" | "room", title: string): Promise<void> {
  await page.waitForFunction(
    ([where, wanted]) =>
      where === "room"
        ? window.__quiAudit?.panels.some((panel) => panel.title === wanted && panel.tiles > 0)
        : [...document.querySelectorAll("h1")].some(
            (heading) => heading.textContent === wanted && heading.getBoundingClientRect().height > 0,
          ),
    [view, title] as const,
    { polling: 5, timeout: 30_000 },
  );
}

interface Scripts {
  files: number;
  bytes: number;
  fonts: number;
}

/** What comes when the room is entered, as compressed on the wire. */
async function measureScripts(browser: Browser, origin: string, site: SmallSite): Promise<Scripts> {
  const page = await openSpace(browser, `${origin}/space?audit`);
  await visit(page, `${site.origin}/ferry`);
  await page.getByRole("heading", { level: 1, name: "Ferries" }).waitFor();
  await page.waitForLoadState("networkidle");
  const before = new Set(
    await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name)),
  );
  await page.keyboard.press("Alt+v");
  await shown(page, "room", "Ferries");
  await page.waitForLoadState("networkidle");
  const entries = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).map(
      ({ name, encodedBodySize }) => ({ name, encodedBodySize }),
    ),
  );
  await page.context().close();
  const files = [...new Map(entries.map((entry) => [entry.name, entry])).values()].filter(
    ({ name }) => !before.has(name),
  );
  const sum = (ending: RegExp) => files.filter(({ name }) => ending.test(new URL(name).pathname));
  const bytes = (list: typeof files) =>
    list.reduce((total, { encodedBodySize }) => total + encodedBodySize, 0);
  const scripts = sum(/\.js$/);
  return { files: scripts.length, bytes: bytes(scripts), fonts: bytes(sum(/\.woff2$/)) };
}

function report(
  empty: FrameCost,
  costs: readonly FrameCost[],
  waits: { flat: number; room: number },
  size: Scripts,
): string {
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
  return [
    "## The room",
    "",
    `JavaScript of a frame on the main thread, median of ${RUNS} × ${FRAMES.stubbed} (drawn: ${FRAMES.real}) frames driven by hand, 1280×800, drawn by the processor (SwiftShader): with the draw calls left out, and with them. An empty room holds one empty tab. Real draw times say nothing about a headset; those without do.`,
    "",
    "| panels | without draws | ratio to the empty room | with draws | ratio | draw calls | triangles | textures |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...[empty, ...costs].map(
      (cost) =>
        `| ${cost.panels || "empty"} | ${ms(cost.stubbedMs)} | ${(cost.stubbedMs / empty.stubbedMs).toFixed(2)} | ${ms(cost.realMs)} | ${(cost.realMs / empty.realMs).toFixed(2)} | ${cost.drawCalls} | ${cost.triangles} | ${cost.textureMiB.toFixed(1)} MiB |`,
    ),
    "",
    "From Enter in the address field to the first words, in a space that stands already, median of 3 pages of a local site.",
    "",
    "| flat view | room | ratio |",
    "| --- | --- | --- |",
    `| ${waits.flat.toFixed(0)} ms | ${waits.room.toFixed(0)} ms | ${(waits.room / waits.flat).toFixed(2)} |`,
    "",
    `Entering the room fetches ${kb(size.bytes)} of JavaScript in ${size.files} files (compressed, without headers) and ${kb(size.fonts)} of fonts, once; nobody else fetches them.`,
    "",
  ].join("\n");
}
