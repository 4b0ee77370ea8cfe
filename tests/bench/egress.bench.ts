import { Worker } from "node:worker_threads";
import { Agent, fetch as plainFetch } from "undici";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { createEgress } from "#lib/node/egress/create-egress.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { median, percentile, timeMs } from "./statistics.ts";

const ROUNDS = 9;
const REQUESTS = 120;
const AT_ONCE = 8;

/** An origin on a thread of its own, so that its work is not measured: 2 KB, and 500 KB plain and compressed. */
const ORIGIN = `
  const { createServer } = require("node:http");
  const { gzipSync } = require("node:zlib");
  const { parentPort } = require("node:worker_threads");
  const words = Array.from({ length: 90_000 }, (_, i) => ((i * 7919) % 5000).toString(36)).join(" <p>");
  const large = Buffer.from(words.slice(0, 500_000));
  const bodies = { "/small": [large.subarray(0, 2048)], "/large": [large], "/gzip": [gzipSync(large), "gzip"] };
  createServer((request, response) => {
    const [body, encoding] = bodies[request.url];
    if (encoding) response.setHeader("content-encoding", encoding);
    response.setHeader("content-type", "text/html").end(body);
  }).listen(0, "127.0.0.1", function () { parentPort.postMessage(this.address().port); });
`;

interface Samples {
  ours: number[];
  plain: number[];
}

/** `egressFetch` beside undici's own fetch, without any guard, on the same pages. */
export default async function benchEgress(): Promise<string> {
  const origin = new Worker(ORIGIN, { eval: true });
  const port = await new Promise<number>((resolve) => origin.once("message", resolve));
  const egress = createEgress({
    policy: createEgressPolicy({ ports: [], allow: [`127.0.0.1:${port}`] }),
  });
  const dispatcher = new Agent({ allowH2: false });
  const ours = async (path: string) => {
    const result = await egress.fetch({ url: `http://127.0.0.1:${port}${path}` });
    if (!result.ok) throw new Error(result.detail);
    return (await readBody(result, { bytesMax: 10_000_000 })).byteLength;
  };
  const plain = async (path: string) =>
    (await (await plainFetch(`http://127.0.0.1:${port}${path}`, { dispatcher })).bytes()).byteLength;
  try {
    const rows: string[] = [];
    for (const [path, name] of [
      ["/small", "2 KB"],
      ["/large", "500 KB"],
      ["/gzip", "500 KB, gzip"],
    ] as const) {
      if ((await ours(path)) !== (await plain(path))) throw new Error("the two read different bodies");
      const single = await measure(ours, plain, path, 1);
      const many = await measure(ours, plain, path, AT_ONCE);
      rows.push(row(`${name}, one at a time`, single), row(`${name}, ${AT_ONCE} at a time`, many));
    }
    return [
      "## Egress guard",
      "",
      "`egressFetch` (address policy, connection to the checked address, limits on every size and time) and undici's plain `fetch`, both keeping connections, body read whole.",
      "",
      "| page | ours, ms p50 / p95 | plain fetch, ms p50 / p95 | ratio of p50 |",
      "| --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  } finally {
    await egress.close();
    await dispatcher.destroy();
    await origin.terminate();
  }
}

type Fetch = (path: string) => Promise<number>;

/** Rounds alternate, so that both meet the same noise; the first warms up. */
async function measure(ours: Fetch, plain: Fetch, path: string, atOnce: number): Promise<Samples> {
  const samples: Samples = { ours: [], plain: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, get] of [
      ["ours", ours],
      ["plain", plain],
    ] as const) {
      for (let sent = 0; sent < REQUESTS; sent += atOnce) {
        const ms = await timeMs(() => Promise.all(Array.from({ length: atOnce }, () => get(path))));
        if (round > 0) samples[name].push(ms);
      }
    }
  }
  return samples;
}

function row(name: string, { ours, plain }: Samples): string {
  const show = (values: number[]) => `${median(values).toFixed(2)} / ${percentile(values, 0.95).toFixed(2)}`;
  return `| ${name} | ${show(ours)} | ${show(plain)} | ${(median(ours) / median(plain)).toFixed(2)} |`;
}
