import { existsSync } from "node:fs";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { type Browser, chromium } from "playwright-core";
import { findFreePort } from "../../scripts/services/free-port.ts";
import { startBuiltNext } from "./built-next.ts";
import { median } from "./statistics.ts";

const root = join(import.meta.dirname, "../..");
const PAGES = ["/", "/space"];
const LANDING_SCRIPT_BYTES_MAX = 170 * 1024;
const SCORE_MIN = 95;
const LIGHTHOUSE_RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
/** What a build of three.js holds under any minifier: names of its shader chunks and its warnings' prefix. */
const THREE = /THREE\.|#include <common>|WebGLRenderer/;

interface FirstLoad {
  path: string;
  scripts: number;
  scriptBytes: number;
  styleBytes: number;
  fontBytes: number;
  documentBytes: number;
  holdsThree: boolean;
  /** Largest first, for whoever has to make it smaller. */
  largest: { name: string; bytes: number }[];
}

/** What Chromium loads for a first visit, and what Lighthouse says of the landing page. */
export default async function bundleBench(): Promise<string> {
  const executablePath = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find(
    (path) => path && existsSync(path),
  );
  if (!executablePath) throw new Error("There is no Chromium here; set QUI_CHROMIUM.");
  const port = await findFreePort();
  const app = await startBuiltNext(root, port, { QUI_RATE_LIMIT_SCALE: "1000", LOG_LEVEL: "warn" });
  const origin = `http://localhost:${port}`;
  try {
    const loads: FirstLoad[] = [];
    const browser = await chromium.launch({ executablePath, args: ["--disable-gpu"] });
    for (const path of PAGES) loads.push(await measureFirstLoad(browser, origin, path));
    await browser.close();
    const scores = {
      "phone, slow 4G": await measureScores(executablePath, origin, undefined),
      desktop: await measureScores(executablePath, origin, desktopConfig),
    };
    return report(loads, scores);
  } finally {
    await app.stop();
  }
}

/** Bytes as they came over the wire, without headers, until nothing more is asked for. */
async function measureFirstLoad(browser: Browser, origin: string, path: string): Promise<FirstLoad> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin + path, { waitUntil: "networkidle" });
  const { entries, documentBytes } = await page.evaluate(() => ({
    entries: (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).map(
      ({ name, encodedBodySize }) => ({ url: name, bytes: encodedBodySize }),
    ),
    documentBytes: (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming)
      .encodedBodySize,
  }));
  // A file that was announced ahead and then used is listed twice.
  const files = [...new Map(entries.map((entry) => [entry.url, entry])).values()];
  const ending = (suffix: string) => files.filter(({ url }) => new URL(url).pathname.endsWith(suffix));
  const scripts = ending(".js").sort((a, b) => b.bytes - a.bytes);
  const sum = (list: typeof files) => list.reduce((total, { bytes }) => total + bytes, 0);
  const texts = await Promise.all(scripts.map(async ({ url }) => (await context.request.get(url)).text()));
  await context.close();
  return {
    path,
    scripts: scripts.length,
    scriptBytes: sum(scripts),
    styleBytes: sum(ending(".css")),
    fontBytes: sum(ending(".woff2")),
    documentBytes,
    holdsThree: texts.some((text) => THREE.test(text)),
    largest: scripts
      .slice(0, 5)
      .map(({ url, bytes }) => ({ name: new URL(url).pathname.split("/").at(-1) ?? "", bytes })),
  };
}

interface Scores {
  categories: number[];
  /** Of the median run by performance. */
  metrics: string;
  /** Audits that cost points in any run. */
  faults: string[];
}

async function measureScores(
  chromePath: string,
  origin: string,
  config: typeof desktopConfig | undefined,
): Promise<Scores> {
  const runs: { categories: number[]; metrics: string }[] = [];
  const faults = new Set<string>();
  // On a busy machine a browser may start without recording anything; such a run says nothing and is done again.
  for (let attempt = 0; runs.length < LIGHTHOUSE_RUNS; attempt++) {
    const chrome = await launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu"] });
    try {
      const result = await lighthouse(
        `${origin}/`,
        { port: chrome.port, logLevel: "error", onlyCategories: [...CATEGORIES] },
        config,
      );
      if (!result) throw new Error("Lighthouse gave no result.");
      const { audits, categories, runtimeError } = result.lhr;
      if (runtimeError && attempt < 2 * LIGHTHOUSE_RUNS) continue;
      if (runtimeError) throw new Error(`Lighthouse: ${runtimeError.message}`);
      const show = (id: string) => audits[id]?.displayValue?.replace(/\s/g, " ") ?? "?";
      runs.push({
        categories: CATEGORIES.map((id) => Math.round((categories[id]?.score ?? 0) * 100)),
        metrics: `FCP ${show("first-contentful-paint")}, LCP ${show("largest-contentful-paint")}, TBT ${show("total-blocking-time")}, CLS ${show("cumulative-layout-shift")}`,
      });
      for (const category of CATEGORIES) {
        for (const { id, weight } of categories[category]?.auditRefs ?? []) {
          const audit = audits[id];
          if (weight > 0 && audit?.score != null && audit.score < 0.9) faults.add(audit.title);
        }
      }
    } finally {
      chrome.kill();
    }
  }
  const at = runs.toSorted((a, b) => (a.categories[0] ?? 0) - (b.categories[0] ?? 0))[runs.length >> 1];
  return {
    categories: CATEGORIES.map((_, index) => median(runs.map(({ categories }) => categories[index] ?? 0))),
    metrics: at?.metrics ?? "",
    faults: [...faults],
  };
}

function report(loads: readonly FirstLoad[], scores: Record<string, Scores>): string {
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  const landing = loads.find(({ path }) => path === "/");
  const bounds = [
    [
      `JavaScript of \`/\` ≤ ${kb(LANDING_SCRIPT_BYTES_MAX)}`,
      (landing?.scriptBytes ?? Infinity) <= LANDING_SCRIPT_BYTES_MAX,
    ],
    ["no three.js in `/`", landing?.holdsThree === false],
    [
      `every score ≥ ${SCORE_MIN}`,
      Object.values(scores).every(({ categories }) => categories.every((score) => score >= SCORE_MIN)),
    ],
  ] as const;
  return [
    "## Bundle and Lighthouse",
    "",
    "First visit with an empty cache, as Chromium loads it from `next start` until the network is idle; bytes as compressed on the wire, without headers.",
    "",
    "| page | JavaScript | of it, largest files | CSS | fonts | HTML |",
    "| --- | --- | --- | --- | --- | --- |",
    ...loads.map(
      (load) =>
        `| \`${load.path}\` | ${kb(load.scriptBytes)} in ${load.scripts} files | ${load.largest.map(({ bytes }) => kb(bytes)).join(", ")} | ${kb(load.styleBytes)} | ${kb(load.fontBytes)} | ${kb(load.documentBytes)} |`,
    ),
    "",
    `Lighthouse of \`/\`, median of ${LIGHTHOUSE_RUNS} runs.`,
    "",
    "| as | performance | accessibility | best practices | metrics |",
    "| --- | --- | --- | --- | --- |",
    ...Object.entries(scores).map(
      ([name, { categories, metrics }]) => `| ${name} | ${categories.join(" | ")} | ${metrics} |`,
    ),
    "",
    ...Object.entries(scores).flatMap(([name, { faults }]) =>
      faults.length > 0 ? [`Points lost (${name}): ${faults.join("; ")}.`, ""] : [],
    ),
    "| bound | held |",
    "| --- | --- |",
    ...bounds.map(([bound, held]) => `| ${bound} | ${held ? "yes" : "**no**"} |`),
    "",
  ].join("\n");
}
