import { BoundedCache } from "#lib/core/cache/bounded-cache.ts";
import { AdaptivePolicy } from "#lib/core/cache/policies/adaptive.ts";
import { LfuPolicy } from "#lib/core/cache/policies/lfu.ts";
import type { PolicyFactory } from "#lib/core/cache/policy.ts";
import { hasWebTrace, POLICIES, readWebTrace, simulate, type Trace } from "../fixtures/cache-simulator.ts";
import { createSyntheticTrace } from "../fixtures/cache-traces.ts";

const CAPACITY = 1000;
const LENGTH = 100_000;
const ROUNDS = 7;
const SYNTHETIC = [
  "zipf 0.9",
  "zipf with scans",
  "zipf that shifts",
  "recency, twice the cache wide",
  "loop 1.5 times the cache",
  "twice, at two thirds of the cache",
  "bursts over zipf",
  "loop and recency in turn, long",
];
const ALL: Record<string, PolicyFactory> = {
  ...POLICIES,
  LFU: (host) => new LfuPolicy(host),
  Adaptive: (host) => new AdaptivePolicy(host),
};

/** Hit rates of every policy on every trace, and what a request costs through the whole cache. */
export default async function benchCachePolicies(): Promise<string> {
  const web = hasWebTrace ? readWebTrace() : null;
  const cases: [string, Trace, number][] = [
    ...(web
      ? [100, 300, 1000, 3000].map((n): [string, Trace, number] => [`web site, ${n} entries`, web, n])
      : []),
    ...SYNTHETIC.map((name): [string, Trace, number] => [
      `${name}`,
      createSyntheticTrace(name, CAPACITY, LENGTH),
      CAPACITY,
    ]),
  ];
  const names = Object.keys(ALL);
  const rows = cases.map(([title, trace, entries]) => {
    const rates = Object.values(ALL).map((create) => simulate(create, trace, entries) * 100);
    const best = Math.max(...rates.slice(0, Object.keys(POLICIES).length));
    const margin = (rates.at(-1) ?? 0) - best;
    return `| ${title} | ${rates.map((rate) => rate.toFixed(1)).join(" | ")} | ${margin >= 0 ? "+" : ""}${margin.toFixed(1)} |`;
  });
  return [
    "## Cache policies",
    "",
    `Hit rates in percent. The web site's trace has 76,118 requests (published there, 300 / 1000 entries: LRU 41.9 / 50.4, SIEVE 45.0 / 53.3, S3-FIFO 46.7 / 54.1, W-TinyLFU 46.7 / 53.6); the others are made, ${LENGTH} requests at ${CAPACITY} entries. The last column is Adaptive beside the best of the first five; the bound is −2.`,
    "",
    `| trace | ${names.join(" | ")} | adaptive − best |`,
    `|---|${names.map(() => "--:").join("|")}|--:|`,
    ...rows,
    "",
    ...(await timings(web ?? createSyntheticTrace("zipf 0.9", CAPACITY, LENGTH))),
  ].join("\n");
}

interface Subject {
  get(key: string): unknown;
  set(key: string, value: object): unknown;
}

/** Each round asks every subject in turn; the quickest round counts, since others only tell how busy the machine was. */
async function timings(trace: Trace): Promise<string[]> {
  const keys = Array.from(trace.keys, (key) => `https://example.org/articles/${key}`);
  const subjects: Record<string, () => Subject> = {
    "a bare Map, unbounded": () => new Map<string, object>(),
  };
  for (const [name, create] of Object.entries(ALL)) {
    subjects[name] = () => {
      const cache = new BoundedCache<object>(create, { entriesMax: CAPACITY, bytesMax: 1e9, now: () => 0 });
      return { get: (key) => cache.get(key), set: (key, value) => cache.set(key, value, { bytes: 1 }) };
    };
  }
  const createPeer = await loadPeer();
  if (createPeer) subjects["lru-cache, the package"] = createPeer;
  const times = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, create] of Object.entries(subjects))
      times.get(name)?.push(nsPerRequest(create(), keys));
  }
  const base = Math.min(...(times.get("LRU") ?? []));
  return [
    `One request (a lookup, and a write when it missed) through the whole cache, ${CAPACITY} entries, the quickest of ${ROUNDS} rounds:`,
    "",
    "| policy | ns a request | beside LRU |",
    "|---|--:|--:|",
    ...[...times].map(([name, samples]) => {
      const ns = Math.min(...samples);
      return `| ${name} | ${ns.toFixed(0)} | ${(ns / base).toFixed(1)} × |`;
    }),
  ];
}

interface LruCacheModule {
  LRUCache: new (options: {
    max: number;
    maxSize: number;
  }) => {
    get(key: string): unknown;
    set(key: string, value: object, options: { size: number }): unknown;
  };
}

/** The usual package for this, where some dependency brought it along; not one of ours. */
async function loadPeer(): Promise<(() => Subject) | null> {
  const name = "lru-cache";
  const peer = (await import(name).catch(() => null)) as LruCacheModule | null;
  if (!peer) return null;
  return () => {
    const cache = new peer.LRUCache({ max: CAPACITY, maxSize: 1e9 });
    return { get: (key) => cache.get(key), set: (key, value) => cache.set(key, value, { size: 1 }) };
  };
}

function nsPerRequest(subject: Subject, keys: readonly string[]): number {
  const value = {};
  const start = performance.now();
  for (const key of keys) if (subject.get(key) === undefined) subject.set(key, value);
  return ((performance.now() - start) / keys.length) * 1e6;
}
