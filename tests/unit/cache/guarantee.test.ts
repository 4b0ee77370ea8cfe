import { describe, expect, it, vi } from "vitest";
import { AdaptivePolicy } from "#lib/core/cache/policies/adaptive.ts";
import {
  hasWebTrace,
  POLICIES,
  readWebTrace,
  simulate,
  type Trace,
  traceOf,
} from "../../fixtures/cache-simulator.ts";
import {
  alternate,
  createSyntheticTrace,
  drifting,
  fresh,
  loop,
  repeated,
  SYNTHETIC_TRACES,
  take,
  zipf,
} from "../../fixtures/cache-traces.ts";
import { createRandom } from "../../fixtures/random.ts";

/** Hit rates are the same on every machine; the time they take is not. */
vi.setConfig({ testTimeout: 120_000 });

/** Of the requests, in percent. */
const POINTS = 2;

function hitRates(trace: Trace, capacity: number) {
  const known = Object.entries(POLICIES).map(([name, create]) => [
    name,
    simulate(create, trace, capacity) * 100,
  ]);
  const adaptive = simulate((host) => new AdaptivePolicy(host), trace, capacity) * 100;
  const best = Math.max(...known.map(([, rate]) => Number(rate)));
  return { known: Object.fromEntries(known) as Record<string, number>, adaptive, best };
}

function expectNearBest(trace: Trace, capacity: number): void {
  const { known, adaptive, best } = hitRates(trace, capacity);
  const context = `${trace.name}, ${capacity} entries: ${JSON.stringify(known)}`;
  expect(adaptive, context).toBeGreaterThanOrEqual(best - POINTS);
}

// The corpus is absent outside the project's own machines; CI has it.
describe.skipIf(!hasWebTrace)("on the trace of a web site", () => {
  const trace = hasWebTrace ? readWebTrace() : traceOf("none", []);

  it.each([
    [300, { LRU: 41.9, SIEVE: 45.0, "S3-FIFO": 46.7, "W-TinyLFU, climbing": 46.7 }],
    [1000, { LRU: 50.4, SIEVE: 53.3, "S3-FIFO": 54.1, "W-TinyLFU, climbing": 53.6 }],
  ])("the known policies reach the published hit rates with %i entries", (capacity, published) => {
    const { known } = hitRates(trace, capacity);
    for (const [name, rate] of Object.entries(published)) {
      // LRU, SIEVE and S3-FIFO leave nothing open; a hill climber's pace does.
      const tolerance = name.startsWith("W-") ? 0.5 : 0.06;
      expect(Math.abs((known[name] ?? 0) - rate), `${name}: ${known[name]}`).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each([50, 100, 300, 1000, 3000])(
    "adaptive is within 2 points of the best with %i entries",
    (capacity) => {
      expectNearBest(trace, capacity);
    },
  );
});

describe.each([
  [50, 20_000],
  [300, 45_000],
  [1000, 100_000],
])(
  "with %i entries, adaptive is within 2 points of the best of LRU, SIEVE, S3-FIFO and W-TinyLFU",
  (capacity, length) => {
    it.each(Object.keys(SYNTHETIC_TRACES))("on %s", (name) => {
      expectNearBest(createSyntheticTrace(name, capacity, length), capacity);
    });
  },
);

describe("when two workloads that want opposite policies alternate, adaptive is within 2 points of the best", () => {
  const capacity = 100;
  const far = 1e7;
  const sources = {
    recency: (seed: number) => drifting(createRandom(seed), capacity, 0.3),
    "a loop": () => loop(Math.ceil(capacity * 1.5), far),
    "keys that come twice": (seed: number) => repeated(createRandom(seed), 2, capacity * 0.5, far * 2),
    zipf: (seed: number) => zipf(createRandom(seed), capacity * 10, 0.9, far * 3),
    bursts: (seed: number) => repeated(createRandom(seed), 6, capacity * 0.04, far * 4),
    scans: () => fresh(far * 5),
  };
  const names = Object.keys(sources) as (keyof typeof sources)[];
  const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const));

  it.each(pairs)("%s and %s, in turns of half a cache to sixteen", (one, other) => {
    for (const turn of [0.5, 2, 4, 8, 16]) {
      const keys = alternate([sources[one](1), sources[other](2)], Math.ceil(capacity * turn));
      expectNearBest(traceOf(`${one} and ${other}, turns of ${turn}`, take(keys, capacity * 250)), capacity);
    }
  });
});
