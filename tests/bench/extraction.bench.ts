import { monitorEventLoopDelay } from "node:perf_hooks";
import { Readability } from "@mozilla/readability";
import { Defuddle } from "defuddle/node";
import { parseHTML } from "linkedom";
import { blocksText } from "#lib/core/document/block-text.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import { createReaderPool } from "#lib/node/reader/pool/reader-pool.ts";
import {
  type CorpusPage,
  inTrainingHalf,
  readCorpus,
  readCorpusHtml,
} from "../../scripts/reader-model/read-corpus.ts";
import { mean, scoreSnippets, wordF1 } from "../../scripts/reader-model/score-text.ts";
import { median, percentile } from "./statistics.ts";

interface Measured {
  page: CorpusPage;
  ours: Extraction;
  readability: Extraction;
  defuddle: Extraction;
}

interface Extraction {
  f1: number;
  found: number;
  wanted: number;
  leaked: number;
  unwanted: number;
  ms: number;
}

const IDLE_MS = 5_000;
const FETCHED_AT = "2026-01-01T00:00:00.000Z";

/** Quality and cost of extraction on `corpora/pages`, ours beside Readability and Defuddle, each on the same page in turn. */
export default async function bench(): Promise<string> {
  const pages = readCorpus();
  for (const page of pages.slice(0, 20)) {
    const html = readCorpusHtml(page.id);
    extractOurs(html, page.url);
    extractReadability(html);
  }
  const measured: Measured[] = [];
  for (const page of pages) {
    const html = readCorpusHtml(page.id);
    measured.push({
      page,
      ours: await measure(page, () => extractOurs(html, page.url)),
      readability: await measure(page, () => extractReadability(html)),
      defuddle: await measure(page, () => extractDefuddle(html, page.url)),
    });
  }
  const delay = await eventLoopDelay(pages);
  return [
    "## Extraction\n",
    `Word F1 on the ${pages.length} pages of \`corpora/pages\`. The models were trained on one half of them; *held out* is the other half.\n`,
    qualityTable(measured),
    "\n",
    snippetTable(measured),
    "\n",
    timeTable(measured),
    `\nThe main thread's event loop: p99 delay ${delay.idle.toFixed(1)} ms idle, ${delay.loaded.toFixed(1)} ms while a pool of two workers reads every page (bound: 20 ms; an idle figure above it is the machine's own load).`,
  ].join("\n");
}

function extractOurs(html: string, url: string): string {
  return blocksText(readHtml({ html, url, finalUrl: url, fetchedAt: FETCHED_AT }).document.blocks);
}

function extractReadability(html: string): string {
  const { document } = parseHTML(html);
  return new Readability(document).parse()?.textContent ?? "";
}

/** With its own requests to other sites off, and its complaints about pages kept off the screen. */
async function extractDefuddle(html: string, url: string): Promise<string> {
  const { document } = parseHTML(html);
  const { error, warn, log } = console;
  console.error = console.warn = console.log = () => {};
  const result = await Defuddle(document, url || "https://example.org/", { useAsync: false }).finally(() => {
    Object.assign(console, { error, warn, log });
  });
  return parseHTML(`<html><body>${result.content}</body></html>`).document.body?.textContent ?? "";
}

async function measure(page: CorpusPage, extract: () => string | Promise<string>): Promise<Extraction> {
  const start = performance.now();
  let text = "";
  try {
    text = await extract();
  } catch {
    // A peer that fails on a page has extracted nothing from it.
  }
  const ms = performance.now() - start;
  return { f1: wordF1(text, page.content), ...scoreSnippets(text, page), ms };
}

function qualityTable(measured: readonly Measured[]): string {
  const rows: [string, (m: Measured) => boolean][] = [
    ...[...new Set(measured.map(({ page }) => page.type))]
      .sort()
      .map((type): [string, (m: Measured) => boolean] => [type, ({ page }) => page.type === type]),
    ["**all**", () => true],
    ["held out", ({ page }) => !inTrainingHalf(page.id)],
  ];
  const lines = rows.map(([name, test]) => {
    const some = measured.filter(test);
    const ours = mean(some.map((m) => m.ours.f1));
    const readability = mean(some.map((m) => m.readability.f1));
    const defuddle = mean(some.map((m) => m.defuddle.f1));
    const figures = [ours, readability, defuddle, ours / Math.max(readability, defuddle)].map((f) =>
      f.toFixed(3),
    );
    return `| ${name} | ${some.length} | ${figures.join(" | ")} |`;
  });
  return [
    "| kind | pages | Qui | Readability | Defuddle | ratio to the better |",
    "|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function snippetTable(measured: readonly Measured[]): string {
  const share = (extractor: "ours" | "readability" | "defuddle", part: "found" | "leaked"): string => {
    const whole = part === "found" ? "wanted" : "unwanted";
    const some = measured.filter((m) => m[extractor][whole] > 0);
    return `${(100 * mean(some.map((m) => m[extractor][part] / m[extractor][whole]))).toFixed(1)} %`;
  };
  const line = (name: string, part: "found" | "leaked"): string =>
    `| ${name} | ${share("ours", part)} | ${share("readability", part)} | ${share("defuddle", part)} |`;
  return [
    "| snippets | Qui | Readability | Defuddle |",
    "|---|---|---|---|",
    line("main text found", "found"),
    line("boilerplate let in", "leaked"),
  ].join("\n");
}

function timeTable(measured: readonly Measured[]): string {
  const times = (extractor: "ours" | "readability" | "defuddle"): number[] =>
    measured.map((m) => m[extractor].ms);
  const line = (name: string, extractor: "ours" | "readability" | "defuddle"): string => {
    const own = times(extractor);
    const p50 = median(own);
    return `| ${name} | ${p50.toFixed(1)} ms | ${percentile(own, 0.95).toFixed(1)} ms | ${(p50 / median(times("readability"))).toFixed(2)} |`;
  };
  return [
    "| HTML to text | p50 | p95 | p50 ratio to Readability (bound: 2) |",
    "|---|---|---|---|",
    line("Qui: parse, study, choose, blocks, links, media", "ours"),
    line("linkedom + Readability", "readability"),
    line("linkedom + Defuddle", "defuddle"),
  ].join("\n");
}

/** p99 of how late the main thread's timers are, in ms: doing nothing, and while workers are kept busy. */
async function eventLoopDelay(pages: readonly CorpusPage[]): Promise<{ idle: number; loaded: number }> {
  const pool = createReaderPool({ size: 2, timeoutMs: 30_000, memoryMbMax: 512, queueMax: 16 });
  await pool.warmUp();
  const inputs = pages.map((page) => ({
    bytes: new TextEncoder().encode(readCorpusHtml(page.id)),
    url: page.url || "https://example.org/",
  }));
  const idle = monitorEventLoopDelay({ resolution: 1 });
  idle.enable();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  idle.disable();
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let input = inputs[next++]; input; input = inputs[next++]) {
      await pool.read({
        kind: "page",
        input: {
          bytes: input.bytes,
          contentType: "text/html; charset=utf-8",
          url: input.url,
          finalUrl: input.url,
          fetchedAt: FETCHED_AT,
          level: "standard",
        },
      });
    }
  };
  await Promise.all([client(), client(), client(), client()]);
  histogram.disable();
  await pool.close();
  return { idle: idle.percentile(99) / 1e6, loaded: histogram.percentile(99) / 1e6 };
}
