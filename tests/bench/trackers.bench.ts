import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import { FiltersEngine, Request } from "@ghostery/adblocker";
import { z } from "zod";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import type { PageReference } from "#lib/node/reader/reading.ts";
import { compileFilterList } from "#lib/node/trackers/compile-filter-list.ts";
import { compileInWorker } from "#lib/node/trackers/compile-in-worker.ts";
import { findInlineReferences } from "#lib/node/trackers/find-inline-references.ts";
import { createTrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import { corpusHtml } from "./corpus-pages.ts";
import { median } from "./statistics.ts";

const LISTS = ["easylist", "easyprivacy"] as const;
const ROUNDS = 5;
const CORPORA = process.env.QUI_CORPORA ?? join(import.meta.dirname, "../../../shared/corpora");

const pageSchema = z.object({ id: z.string(), url: z.string() });

interface Case {
  reference: PageReference;
  pageUrl: string;
}

/** Our matcher (one engine a list, owners, first parties) beside one bare engine of the same lists, on the corpus. */
export default async function benchTrackers(): Promise<string> {
  if (!existsSync(CORPORA)) return "## Trackers\n\nNot measured: the corpora are absent.";
  const texts = LISTS.map((name) => corpusText(`filter-lists/${name}.txt.gz`));
  const cases = corpusCases();

  const compileMs = texts.map((text) => timed(() => compileFilterList(text)).ms);
  // One after the other, as the server does.
  const before = process.threadCpuUsage();
  const engines: Uint8Array<SharedArrayBuffer>[] = [];
  for (const text of texts) engines.push(await compileInWorker(text));
  const mainThread = process.threadCpuUsage(before);

  const lists = {
    version: "bench",
    lists: engines.map((engine, i) => ({ url: String(i), category: "ad", engine })),
  };
  const load = Array.from({ length: ROUNDS }, () => timed(() => createTrackerMatcher(lists)).ms);
  const bare = FiltersEngine.parse(texts.join("\n"), { loadCosmeticFilters: false });
  const base = createTrackerMatcher();
  const us = (run: (item: Case) => unknown) =>
    median(Array.from({ length: ROUNDS }, () => (timed(() => cases.forEach(run)).ms * 1000) / cases.length));
  const peer = us(({ reference, pageUrl }) =>
    bare.match(Request.fromRawDetails({ url: reference.url, sourceUrl: pageUrl, type: "script" })),
  );
  const withoutLists = us(({ reference, pageUrl }) => base.find(reference, pageUrl));
  const heapBefore = heapBytes();
  const matcher = createTrackerMatcher(lists);
  const ours = us(({ reference, pageUrl }) => matcher.find(reference, pageUrl));
  const heapAfter = heapBytes();
  const found = (by: typeof matcher) =>
    cases.filter(({ reference, pageUrl }) => by.find(reference, pageUrl)).length;

  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    "## Trackers",
    "",
    `${cases.length} third-party references of the corpus, EasyList and EasyPrivacy.`,
    "",
    "| what | ours | bare engine | ratio |",
    "|---|--:|--:|--:|",
    `| one match | ${ours.toFixed(1)} µs | ${peer.toFixed(1)} µs | ${(ours / peer).toFixed(2)} |`,
    "",
    "| what | value |",
    "|---|--:|",
    `| one match without lists | ${withoutLists.toFixed(1)} µs |`,
    `| compiling the lists, in a worker | ${compileMs.map((ms) => `${ms.toFixed(0)} ms`).join(" + ")} |`,
    `| processor time of the main thread meanwhile | ${((mainThread.user + mainThread.system) / 1000).toFixed(0)} ms |`,
    `| loading the compiled lists | ${median(load).toFixed(1)} ms |`,
    `| compiled lists, shared by all workers | ${megabytes(engines.reduce((sum, { length }) => sum + length, 0))} |`,
    `| heap of one matcher after the corpus | ${megabytes(heapAfter - heapBefore)} |`,
    `| trackers found, with lists | ${found(matcher)} |`,
    `| trackers found, by owner alone | ${found(base)} |`,
  ].join("\n");
}

function corpusCases(): Case[] {
  const pages = corpusText("pages/truth.jsonl.gz").trim().split("\n");
  return pages.flatMap((line) => {
    const { id, url } = pageSchema.parse(JSON.parse(line));
    const html = corpusHtml(id).toString();
    const { references } = readHtml({ html, url, finalUrl: url, fetchedAt: "2026-01-01T00:00:00.000Z" });
    return [...references, ...findInlineReferences(html)].map((reference) => ({ reference, pageUrl: url }));
  });
}

function corpusText(path: string): string {
  return gunzipSync(readFileSync(join(CORPORA, path))).toString();
}

function timed<Value>(run: () => Value): { ms: number; value: Value } {
  const start = performance.now();
  const value = run();
  return { ms: performance.now() - start, value };
}

/** Live objects only: the collector runs first. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
