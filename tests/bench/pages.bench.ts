import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { Agent, request } from "undici";
import { findFreePorts } from "../../scripts/services/free-port.ts";
import { startBuiltNext } from "./built-next.ts";
import { corpusHtml } from "./corpus-pages.ts";
import { median, percentile, timeMs } from "./statistics.ts";

const root = join(import.meta.dirname, "../..");
/** Pages of about 100 to 300 KB, one of each kind, picked by size alone. */
const PAGES = ["0301", "4072", "0215"];
const ROUNDS = 12;
const HITS_A_ROUND = 100;

/** The reader over HTTP, cold and warm, beside the bare parts it is made of. */
export default async function pagesBench(): Promise<string> {
  const origin = await serveCorpus();
  const directory = mkdtempSync(join(tmpdir(), "qui-bench-"));
  const [appPort = 0, barePort = 0] = await findFreePorts(2);
  const { port: originPort } = origin.address() as AddressInfo;
  const agent = new Agent({ connections: 1, pipelining: 1 });
  const app = await startBuiltNext(root, appPort, {
    QUI_EGRESS_ALLOW: `127.0.0.1:${originPort}`,
    QUI_RATE_LIMIT_SCALE: "1000000",
    LOG_LEVEL: "warn",
  });
  try {
    const pageUrl = (kind: string, page: string) =>
      `http://127.0.0.1:${appPort}/api/pages?url=${encodeURIComponent(`http://127.0.0.1:${originPort}/${kind}/${page}`)}`;
    const fetchBytes = async (url: string) => {
      const response = await request(url, { dispatcher: agent });
      const bytes = Buffer.from(await response.body.arrayBuffer());
      if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
      return bytes;
    };

    const warm = await fetchBytes(pageUrl("kept", PAGES[0] as string));
    const bytesFile = join(directory, "page.json");
    writeFileSync(bytesFile, warm);
    const bareApp = join(import.meta.dirname, "fixtures/bare-app");
    const env = { ...process.env, BARE_BYTES: bytesFile };
    execFileSync(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
      cwd: bareApp,
      env,
    });
    const bare = await startBuiltNext(bareApp, barePort, { BARE_BYTES: bytesFile });
    try {
      const hits = { ours: [] as number[], bare: [] as number[] };
      const hitUrl = pageUrl("kept", PAGES[0] as string);
      const bareUrl = `http://127.0.0.1:${barePort}/bytes`;
      for (let i = 0; i < 300; i++) await Promise.all([fetchBytes(hitUrl), fetchBytes(bareUrl)]);
      for (let round = 0; round < ROUNDS; round++) {
        for (let i = 0; i < HITS_A_ROUND; i++) {
          hits.ours.push(await timeMs(() => fetchBytes(hitUrl)));
          hits.bare.push(await timeMs(() => fetchBytes(bareUrl)));
        }
      }
      return report(hits, await measureMisses(pageUrl, fetchBytes, originPort), warm.length);
    } finally {
      await bare.stop();
    }
  } finally {
    await app.stop();
    await agent.close();
    origin.closeAllConnections();
    origin.close();
    rmSync(directory, { recursive: true, force: true });
    const build = join(import.meta.dirname, "fixtures/bare-app/.next");
    if (existsSync(build)) rmSync(build, { recursive: true });
  }
}

interface Pair {
  ours: number[];
  bare: number[];
}

/** Each cold page beside the same page parsed by linkedom and read by Readability in this process. */
async function measureMisses(
  pageUrl: (kind: string, page: string) => string,
  fetchBytes: (url: string) => Promise<Buffer>,
  originPort: number,
): Promise<Pair> {
  const times: Pair = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const page of PAGES) {
      const html = corpusHtml(page).toString("utf8");
      const origin = await timeMs(() => fetchBytes(`http://127.0.0.1:${originPort}/cold/${page}`));
      const ours = await timeMs(() => fetchBytes(pageUrl("cold", page)));
      const bare = await timeMs(() =>
        new Readability(parseHTML(html).document as unknown as Document).parse(),
      );
      // The first rounds warm both up.
      if (round < 2) continue;
      times.ours.push(ours - origin);
      times.bare.push(bare);
    }
  }
  return times;
}

function serveCorpus(): Promise<Server> {
  const bodies = new Map(PAGES.map((page) => [page, corpusHtml(page)]));
  const server = createServer((incoming, response) => {
    const [, kind = "", page = ""] = (incoming.url ?? "").split("/");
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": kind === "kept" ? "max-age=3600" : "no-store",
    });
    response.end(bodies.get(page));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function report(hits: Pair, misses: Pair, bytes: number): string {
  const row = (name: string, bound: string, { ours, bare }: Pair) => {
    const ratio = (median(ours) / median(bare)).toFixed(2);
    const show = (samples: number[]) =>
      `${median(samples).toFixed(2)} / ${percentile(samples, 0.95).toFixed(2)}`;
    return `| ${name} | ${show(ours)} | ${show(bare)} | ${ratio} | ${bound} |`;
  };
  return [
    "## Reader over HTTP",
    "",
    "| what | ours, ms p50 / p95 | peer, ms p50 / p95 | ratio of p50 | bound |",
    "| --- | --- | --- | --- | --- |",
    row(
      `cache hit (${Math.round(bytes / 1024)} KB) beside a bare Next route handler with the same bytes`,
      "≤ 1.5",
      hits,
    ),
    row("cache miss, less the origin's own time, beside linkedom + Readability in process", "≤ 1.5", misses),
    "",
  ].join("\n");
}
