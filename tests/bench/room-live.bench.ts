import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findFreePort } from "../../scripts/services/free-port.ts";
import { spawnLiveNode } from "../../scripts/services/live-node.ts";
import { startThrowawayPostgres } from "../../scripts/services/postgres/start-throwaway-postgres.ts";
import { createServiceGroup } from "../../scripts/services/service-group.ts";
import { migrateDatabase } from "../../scripts/setup/migrate-database.ts";
import { appTestEnv } from "../../scripts/testing/app-env.ts";
import { WEBGL_ARGS } from "../fixtures/webgl-browser.ts";
import { startBuiltNext } from "./built-next.ts";
import { type MovingSite, startMovingSite } from "./fixtures/moving-site.ts";
import { type LiveTraffic, trafficDuring, watchLiveTraffic } from "./live-traffic.ts";
import { median } from "./statistics.ts";
import { timeFrames } from "./time-frames.ts";

const root = join(import.meta.dirname, "../..");
const PANELS = [1, 4, 8];
const FRAMES = 200;
const RUNS = 5;
/** Until all pages do as they were told and the streams have settled. */
const SETTLE_MS = 3_000;
const WATCH_MS = 6_000;

type Engine = "reader" | "live";
interface RoomCost {
  frameMs: number;
  drawCalls: number;
  textureMiB: number;
}

interface LiveCost extends RoomCost {
  /** While all pages move and their pictures are uploaded. */
  movingMs: number;
  ahead: LiveTraffic[];
  away: LiveTraffic[];
}

/** What live pages cost the room beside documents: JavaScript in each frame, graphics memory, and what the node sends for each. */
export default async function roomLiveBench(): Promise<string> {
  const executablePath = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find(
    (path) => path && existsSync(path),
  );
  if (!executablePath) throw new Error("There is no Chromium here; set QUI_CHROMIUM.");
  const load = loadavg()[0] ?? 0;
  const services = createServiceGroup();
  const dir = mkdtempSync(join(tmpdir(), "qui-room-live-"));
  const postgres = await startThrowawayPostgres({ database: "qui_bench", services });
  await migrateDatabase(root, postgres.url);
  const [port, livePort, site] = [await findFreePort(), await findFreePort(), await startMovingSite()];
  const env = {
    ...appTestEnv([String(site.port)]),
    DATABASE_URL: postgres.url,
    QUI_DATA_DIR: dir,
    QUI_LIVE_PORT: String(livePort),
    QUI_LIVE_URL: `http://127.0.0.1:${livePort}`,
    QUI_RATE_LIMIT_SCALE: "1000",
  };
  const node = spawnLiveNode({
    root,
    port: livePort,
    chromium: executablePath,
    env: { ...process.env, ...env },
  });
  services.add({ name: "the live node", child: node, signal: "TERM", waitMs: 5_000 });
  const app = await startBuiltNext(root, port, env);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", ...WEBGL_ARGS] });
  const origin = `http://localhost:${port}`;
  try {
    const rows: { panels: number; documents: RoomCost; live: LiveCost }[] = [];
    for (const panels of PANELS) {
      const documents = await measureDocuments(browser, origin, site, panels);
      rows.push({ panels, documents, live: await measureLive(browser, origin, site, panels) });
    }
    return report(rows, load);
  } finally {
    await browser.close();
    await app.stop();
    await site.close();
    await services.stop();
    postgres.remove();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measureDocuments(browser: Browser, origin: string, site: MovingSite, panels: number) {
  const { page } = await openRoom(browser, origin, site, { panels, engine: "reader" });
  const cost = await measureRoom(page);
  await page.context().close();
  return cost;
}

async function measureLive(
  browser: Browser,
  origin: string,
  site: MovingSite,
  panels: number,
): Promise<LiveCost> {
  site.setMoving(false);
  const { page, tabs } = await openRoom(browser, origin, site, { panels, engine: "live" });
  const cost = await measureRoom(page);
  site.setMoving(true);
  await draw(page, SETTLE_MS);
  let movingMs = Number.NaN;
  const ahead = await trafficDuring(tabs, async () => {
    movingMs = await draw(page, WATCH_MS);
  });
  await page.locator("canvas[data-engine]").focus();
  for (let turn = 0; turn < 12; turn += 1) await page.keyboard.press("Shift+ArrowRight");
  await draw(page, SETTLE_MS);
  const away = await trafficDuring(tabs, () => draw(page, WATCH_MS));
  await page.context().close();
  return { ...cost, movingMs, ahead, away };
}

/** A space with so many panels of one page, in the room, all of them shown. */
async function openRoom(
  browser: Browser,
  origin: string,
  site: MovingSite,
  { panels, engine }: { panels: number; engine: Engine },
): Promise<{ page: Page; tabs: Map<string, LiveTraffic> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const tabs = watchLiveTraffic(page);
  await page.goto(`${origin}/space?audit=manual`);
  await page.getByRole("tab").first().waitFor();
  const field = page.getByRole("combobox", { name: "Address, search or command" });
  await field.fill(site.origin);
  await field.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Moving" }).waitFor();
  if (engine === "live") {
    await page.keyboard.press("Alt+l");
    await page.locator(".qui-live canvas").waitFor({ timeout: 60_000 });
  }
  for (let count = 2; count <= panels; count += 1) {
    await page.keyboard.press("Alt+Shift+D");
    await page.waitForFunction((wanted) => document.querySelectorAll("[role=tab]").length === wanted, count);
  }
  await page.keyboard.press("Alt+v");
  await page.waitForFunction(() => window.__quiAudit !== undefined);
  await page.waitForFunction(
    ([count, kind]) => {
      window.__quiAudit?.advance(5);
      const shown = window.__quiAudit?.panels ?? [];
      return shown.length === count && shown.every((panel) => panel.tiles > 0 && panel.engine === kind);
    },
    [panels, engine] as const,
    { polling: 200, timeout: 120_000 },
  );
  await draw(page, SETTLE_MS);
  return { page, tabs };
}

/** In frames without news. */
async function measureRoom(page: Page): Promise<RoomCost> {
  const frameMs = await timeFrames(page, { frames: FRAMES, runs: RUNS, isStubbed: true });
  const figures = await page.evaluate(() => {
    const { drawCalls = 0, textureBytes = 0 } = window.__quiAudit ?? {};
    return { drawCalls, textureMiB: textureBytes / 2 ** 20 };
  });
  return { frameMs, ...figures };
}

/** Frames as a display would ask for them, for so long, draw calls left out; resolves with the mean JavaScript of one. */
async function draw(page: Page, forMs: number): Promise<number> {
  return page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        const { prototype } = WebGL2RenderingContext;
        const { drawElements, drawElementsInstanced, drawArrays } = prototype;
        prototype.drawElements = () => {};
        prototype.drawElementsInstanced = () => {};
        prototype.drawArrays = () => {};
        const end = performance.now() + ms;
        let spent = 0;
        let frames = 0;
        const next = () => {
          const from = performance.now();
          window.__quiAudit?.advance(1);
          const now = performance.now();
          spent += now - from;
          frames += 1;
          if (now < end) {
            requestAnimationFrame(next);
            return;
          }
          Object.assign(prototype, { drawElements, drawElementsInstanced, drawArrays });
          resolve(spent / frames);
        };
        next();
      }),
    forMs,
  );
}

function report(
  rows: readonly { panels: number; documents: RoomCost; live: LiveCost }[],
  load: number,
): string {
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const mib = (value: number) => `${value.toFixed(1)} MiB`;
  const last = rows.at(-1);
  return [
    "## The room with live pages",
    "",
    `JavaScript of a frame on the main thread, 1280×800, draw calls left out: the same page as so many documents and as so many live pages, standing still (median of ${RUNS} × ${FRAMES} frames driven by hand), and as live pages that all scroll thirty times a second (mean of ${WATCH_MS / 1000} s; here the processor takes in the pictures, which a graphics chip does by itself). The node and its Chromium run on the same machine, whose load was ${load.toFixed(2)} before.`,
    "",
    "| panels | documents | live, still | ratio | live, moving | draw calls | of documents | textures | of documents |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(
      ({ panels, documents, live }) =>
        `| ${panels} | ${ms(documents.frameMs)} | ${ms(live.frameMs)} | ${(live.frameMs / documents.frameMs).toFixed(2)} | ${ms(live.movingMs)} | ${live.drawCalls} | ${documents.drawCalls} | ${mib(live.textureMiB)} | ${mib(documents.textureMiB)} |`,
    ),
    "",
    `What the node sends while all ${last?.panels ?? 0} move, median of the panels that are worth the same:`,
    "",
    "| the head | panels that are | how many | frames a second | each |",
    "| --- | --- | --- | --- | --- |",
    ...trafficRows("faces the active one", last?.live.ahead ?? []),
    ...trafficRows("is turned away", last?.live.away ?? []),
    "",
  ].join("\n");
}

function trafficRows(head: string, all: readonly LiveTraffic[]): string[] {
  const seconds = WATCH_MS / 1000;
  return (["focused", "aside", "hidden"] as const).flatMap((attention) => {
    const some = all.filter((tab) => tab.attention === attention);
    if (some.length === 0) return [];
    const fps = median(some.map(({ frames }) => frames)) / seconds;
    const kilobytes = median(some.map(({ bytes }) => bytes)) / seconds / 1024;
    return [`| ${head} | ${attention} | ${some.length} | ${fps.toFixed(1)} | ${kilobytes.toFixed(0)} KB/s |`];
  });
}
