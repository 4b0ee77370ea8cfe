import { describe, expect, it } from "vitest";
import { ExpertShares } from "#lib/core/cache/expert-shares.ts";
import { FrequencySketch } from "#lib/core/cache/frequency-sketch.ts";
import { GhostQueue } from "#lib/core/cache/ghost-queue.ts";
import { hashKey, mixBits } from "#lib/core/cache/hash-key.ts";
import { createRandom } from "../../fixtures/random.ts";

describe("frequency sketch", () => {
  it("never counts less than there was, up to 15, between halvings", () => {
    const sketch = new FrequencySketch(512);
    const random = createRandom(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 4_000; i++) {
      const key = mixBits(Math.floor(random() ** 2 * 600));
      counts.set(key, (counts.get(key) ?? 0) + 1);
      sketch.increment(key);
    }
    let exact = 0;
    for (const [key, count] of counts) {
      expect(sketch.frequency(key)).toBeGreaterThanOrEqual(Math.min(15, count));
      if (sketch.frequency(key) === Math.min(15, count)) exact += 1;
    }
    expect(exact / counts.size).toBeGreaterThan(0.9);
    expect(sketch.frequency(hashKey("never seen"))).toBeLessThanOrEqual(2);
  });

  it("halves all counts after ten requests for each entry, so that the past fades", () => {
    const sketch = new FrequencySketch(64);
    const favourite = hashKey("favourite");
    for (let i = 0; i < 12; i++) sketch.increment(favourite);
    for (let i = 0; i < 640; i++) sketch.increment(hashKey(`other ${i}`));
    expect(sketch.frequency(favourite)).toBeLessThanOrEqual(7);
    expect(sketch.frequency(favourite)).toBeGreaterThanOrEqual(5);
  });

  it("forgets nothing when it grows", () => {
    const sketch = new FrequencySketch(8);
    const keys = Array.from({ length: 20 }, (_, i) => hashKey(`key ${i}`));
    for (const key of keys) for (let i = 0; i < 3; i++) sketch.increment(key);
    const before = keys.map((key) => sketch.frequency(key));
    sketch.ensureEntries(1_000);
    expect(keys.map((key) => sketch.frequency(key))).toEqual(before);
  });
});

describe("ghost queue", () => {
  it("remembers exactly the last so many, however often they come and go", () => {
    const random = createRandom(2);
    const ghosts = new GhostQueue();
    let model: number[] = [];
    for (let i = 0; i < 20_000; i++) {
      const hash = Math.floor(random() * 300);
      if (random() < 0.7) {
        ghosts.push(hash, 90);
        model.push(hash);
        model = model.slice(-90);
      } else {
        const known = model.includes(hash);
        expect(ghosts.delete(hash)).toBe(known);
        // Its place stays taken, as by a key that nobody asks for.
        model = model.map((each) => (each === hash ? -1 : each));
      }
    }
    for (let hash = 0; hash < 300; hash++) expect(ghosts.has(hash)).toBe(model.includes(hash));
  });

  it("forgets more when it may remember less", () => {
    const ghosts = new GhostQueue();
    for (let hash = 0; hash < 100; hash++) ghosts.push(hash, 100);
    ghosts.push(100, 10);
    const left = Array.from({ length: 101 }, (_, hash) => hash).filter((hash) => ghosts.has(hash));
    expect(left).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
  });
});

describe("expert shares", () => {
  const held = 100;
  const lesson = 25;

  /** Misses that hedging by the shares would have had, beside those of the best expert, for each entry held. */
  function play(missesAt: (round: number) => number[], rounds: number) {
    const shares = new ExpertShares(3, 0);
    const totals = [0, 0, 0];
    let ours = 0;
    for (let round = 0; round < rounds; round++) {
      const misses = missesAt(round);
      for (const [e, missed] of misses.entries()) {
        ours += missed * (shares.shares[e] ?? 0);
        totals[e] = (totals[e] ?? 0) + missed;
      }
      shares.update(Float64Array.from(misses), lesson, held);
      const sum = shares.shares.reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(1, 9);
    }
    return { regret: (ours - Math.min(...totals)) / held, last: [...shares.shares] };
  }

  it("give nearly everything to an expert that is plainly best, within a few lessons", () => {
    const { regret, last } = play(() => [20, 5, 20], 20);
    expect(last[1]).toBeGreaterThan(0.99);
    expect(regret).toBeLessThan(0.5);
  });

  it("lose little to the best expert when experts take turns at being best, whatever the period", () => {
    for (const period of [1, 2, 4, 8, 16, 32, 64, 128]) {
      const rounds = 1_280;
      const { regret } = play(
        (round) => (Math.floor(round / period) % 2 ? [22, 2, 12] : [2, 22, 12]),
        rounds,
      );
      const requestsPerEntry = (rounds * lesson) / held;
      expect(regret / requestsPerEntry, `period ${period}`).toBeLessThan(0.03);
    }
  });

  it("do better than any expert when the turns are long enough to follow", () => {
    const { regret } = play((round) => (Math.floor(round / 100) % 2 ? [22, 2, 12] : [2, 22, 12]), 1_200);
    expect(regret).toBeLessThan(-10);
  });

  it("change their mind after years of one workload", () => {
    const { last } = play((round) => (round < 20_000 ? [5, 20, 20] : [20, 20, 5]), 20_100);
    expect(last[2]).toBeGreaterThan(0.9);
  });

  it("stay finite when nothing is missed, or everything", () => {
    for (const misses of [0, lesson]) {
      const { last } = play(() => [misses, misses, misses], 5_000);
      expect(last.every((share) => share >= 0 && share <= 1)).toBe(true);
    }
  });
});
