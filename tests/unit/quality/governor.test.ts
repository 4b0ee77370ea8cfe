import { describe, expect, it } from "vitest";
import { createGovernor, type Governor, stepGovernor } from "#lib/core/quality/governor.ts";
import { QUALITY_LEVELS } from "#lib/core/quality/quality-levels.ts";
import { createRandom } from "../../fixtures/random.ts";

const TEXT = { textInView: true };
const NO_TEXT = { textInView: false };
const WORST = QUALITY_LEVELS.length - 1;

const headset = (frameRates: number[] = [72, 80, 90, 120]) => createGovernor({ frameRates });

/** Plays frames of one length for a while; returns every level that was drawn at, without repeats. */
function play(governor: Governor, frameMs: number | (() => number), seconds: number, scene = TEXT): number[] {
  const levels = [governor.quality.level];
  for (let ms = 0; ms < seconds * 1000; ) {
    const frame = typeof frameMs === "number" ? frameMs : frameMs();
    ms += frame;
    const { level } = stepGovernor(governor, frame, scene);
    if (level !== levels.at(-1)) levels.push(level);
  }
  return levels;
}

const steady = 1000 / 90;
const missed = 2000 / 90;

describe("the quality governor", () => {
  it("draws everything while frames arrive in time", () => {
    const governor = headset();
    expect(play(governor, steady, 120)).toEqual([0]);
    expect(governor.quality).toEqual({
      level: 0,
      textureScale: 1,
      tileBudgetBytes: 96 * 1024 * 1024,
      farPanelHz: 30,
      environmentDetail: 2,
      frameRate: 90,
      foveation: 0,
    });
  });

  it("goes down a level within a second of stutter, and further while it lasts", () => {
    const governor = headset();
    play(governor, steady, 5);
    play(governor, missed, 1);
    expect(governor.quality.level).toBeGreaterThanOrEqual(1);
    expect(play(governor, missed, 4).at(-1)).toBe(WORST);
  });

  it("passes over a frame missed now and then, and one long pause", () => {
    const governor = headset();
    let frame = 0;
    expect(play(governor, () => (++frame % 90 === 0 ? missed : steady), 60)).toEqual([0]);
    stepGovernor(governor, 200, TEXT);
    stepGovernor(governor, 4000, TEXT);
    expect(play(governor, steady, 5)).toEqual([0]);
  });

  it("comes back up one level at a time, slower than it went down", () => {
    const governor = headset();
    play(governor, steady, 5);
    play(governor, missed, 1.5);
    const low = governor.quality.level;
    expect(low).toBeGreaterThan(0);
    expect(play(governor, steady, 4)).toEqual([low]);
    const way = play(governor, steady, 60);
    expect(way).toEqual([...way].sort((a, b) => b - a));
    expect(way).toHaveLength(low + 1);
    expect(governor.quality.level).toBe(0);
  });

  it("does not swing when only the lower level can be held", () => {
    const governor = headset();
    // The best level costs too much; the next one is fine.
    const frame = () => (governor.quality.level === 0 ? missed : steady);
    const changes = play(governor, frame, 600).length - 1;
    expect(changes).toBeLessThan(24);
    expect(play(governor, frame, 60).length - 1).toBeLessThanOrEqual(2);
    expect(governor.calmNeededMs).toBeGreaterThanOrEqual(80_000);
  });

  it("lowers the frame rate only when nothing else is left, and keeps it", () => {
    const governor = headset([72, 90]);
    play(governor, steady, 5);
    play(governor, missed, 3);
    expect(governor.quality.frameRate).toBe(90);
    play(governor, missed, 5);
    expect(governor.quality).toMatchObject({ level: WORST, frameRate: 72 });
    play(governor, 1000 / 72, 120);
    expect(governor.quality).toMatchObject({ level: 0, frameRate: 72 });
  });

  it("never leaves the offered rates nor its levels, whatever the frames", () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const random = createRandom(seed);
      const governor = createGovernor({ frameRates: seed % 3 === 0 ? null : [60, 72, 90] });
      for (let step = 0; step < 2000; step += 1) {
        const frame = [steady, missed, random() * 300, 0, Number.NaN, -5][Math.floor(random() * 6)] ?? 0;
        const quality = stepGovernor(governor, frame, random() < 0.5 ? TEXT : NO_TEXT);
        expect([null, 60, 72, 90]).toContain(quality.frameRate);
        expect(QUALITY_LEVELS[quality.level]?.textureScale).toBe(quality.textureScale);
        expect(quality.foveation).toBeGreaterThanOrEqual(0);
        expect(quality.foveation).toBeLessThanOrEqual(1);
      }
    }
  });

  it("foveates less for text than without it, more under load, and sharpens at once when text comes back", () => {
    const governor = headset();
    play(governor, steady, 3, NO_TEXT);
    expect(governor.quality.foveation).toBe(QUALITY_LEVELS[0].foveationWithoutText);
    expect(stepGovernor(governor, steady, TEXT).foveation).toBe(QUALITY_LEVELS[0].foveationWithText);
    expect(stepGovernor(governor, steady, NO_TEXT).foveation).toBe(QUALITY_LEVELS[0].foveationWithText);
    for (const [index, level] of QUALITY_LEVELS.entries()) {
      expect(level.foveationWithText).toBeLessThan(level.foveationWithoutText);
      const better = QUALITY_LEVELS[index - 1];
      if (better) expect(level.foveationWithText).toBeGreaterThanOrEqual(better.foveationWithText);
    }
  });

  it("judges frames on a screen by the screen's own rate", () => {
    const slow = createGovernor({ frameRates: null });
    expect(play(slow, 1000 / 60, 20)).toEqual([0]);
    const fast = createGovernor({ frameRates: null, displayHz: 120 });
    expect(play(fast, 1000 / 60, 20).at(-1)).toBeGreaterThan(0);
    expect(fast.quality.frameRate).toBeNull();
  });

  it("hands out one object for ever", () => {
    const governor = headset();
    expect(stepGovernor(governor, steady, TEXT)).toBe(stepGovernor(governor, missed, TEXT));
  });
});
