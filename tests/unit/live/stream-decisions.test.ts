import { describe, expect, it } from "vitest";
import { createChangeRate } from "#lib/core/live/change-rate.ts";
import {
  chooseBitrate,
  chooseStreamMode,
  planCapture,
  type StreamConditions,
} from "#lib/core/live/choose-stream-mode.ts";
import { createPacer } from "#lib/core/live/pacing.ts";

const MOVING: StreamConditions = {
  mode: "still",
  attention: "focused",
  canVideo: true,
  largeChangesPerS: 30,
  forMs: 400,
};

describe("the way a picture travels", () => {
  it.each<[string, Partial<StreamConditions>, string]>([
    ["is video while a focused page keeps moving", {}, "motion"],
    ["is tiles where an end has no video", { canVideo: false }, "still"],
    ["is tiles at the side", { attention: "aside" }, "still"],
    ["is nothing while nobody sees it", { attention: "hidden" }, "off"],
    ["is nothing while nobody sees it, in motion too", { attention: "hidden", mode: "motion" }, "off"],
    ["waits a moment before it is video", { forMs: 100 }, "still"],
    ["stays tiles between the two rates", { largeChangesPerS: 4, forMs: 5000 }, "still"],
    ["stays video between the two rates", { largeChangesPerS: 4, forMs: 5000, mode: "motion" }, "motion"],
    ["stays video over a short rest", { largeChangesPerS: 0, forMs: 200, mode: "motion" }, "motion"],
    ["is tiles again after a rest", { largeChangesPerS: 0, forMs: 400, mode: "motion" }, "still"],
    ["comes back from nothing as tiles", { mode: "off", largeChangesPerS: 0, forMs: 1e9 }, "still"],
  ])("%s", (_, change, mode) => {
    expect(chooseStreamMode({ ...MOVING, ...change })).toBe(mode);
  });

  it("is captured smaller and seldom at the side, and coarser on a narrow line", () => {
    const viewport = { width: 1280, height: 720, dpr: 2 };
    const wide = planCapture({ attention: "focused", bitsPerS: null, viewport });
    const aside = planCapture({ attention: "aside", bitsPerS: null, viewport });
    const narrow = planCapture({ attention: "focused", bitsPerS: 200_000, viewport });
    expect(wide).toMatchObject({ scale: 1, intervalMs: 0 });
    expect(aside.scale).toBe(0.5);
    expect(aside.framesPerS).toBeLessThanOrEqual(5);
    expect(narrow.quality).toBeLessThan(wide.quality);
  });

  it("has the density of a small panel, as far as a large one's pixels go", () => {
    const plan = (width: number, height: number, dpr: number) =>
      planCapture({ attention: "focused", bitsPerS: null, viewport: { width, height, dpr } }).scale;
    expect(plan(390, 844, 1)).toBe(1);
    expect(plan(300, 500, 2)).toBe(2);
    const phone = plan(390, 844, 3);
    expect(phone).toBeGreaterThan(1.5);
    expect(390 * 844 * phone ** 2).toBeLessThanOrEqual(1_000_001);
    expect(plan(1920, 1080, 2)).toBe(1);
  });

  it("asks no more bits than the line has or 720p needs", () => {
    const pixels = 1280 * 720;
    expect(chooseBitrate({ bitsPerS: null, pixels })).toBeLessThanOrEqual(3_500_000);
    expect(chooseBitrate({ bitsPerS: 1_000_000, pixels })).toBeLessThan(1_000_000);
    expect(chooseBitrate({ bitsPerS: 1e9, pixels: pixels / 4 })).toBeLessThan(1_000_000);
  });
});

describe("how fast a page changes", () => {
  it("is told by its own pace soon after it began, and forgotten within a second", () => {
    const rate = createChangeRate();
    expect(rate.perS(0)).toBe(0);
    for (let now = 5000; now < 5400; now += 20) rate.add(now);
    expect(rate.perS(5400)).toBeGreaterThan(45);
    expect(rate.forMs(5400)).toBe(400);
    expect(rate.perS(6500)).toBe(0);
    expect(rate.forMs(6500)).toBe(6500 - 5380);
  });

  it("takes changes with pauses for no movement", () => {
    const rate = createChangeRate();
    for (let now = 0; now <= 3000; now += 500) rate.add(now);
    expect(rate.perS(3000)).toBeLessThan(4 + 1);
    expect(rate.forMs(3000)).toBe(0);
  });
});

describe("pacing", () => {
  const free = { backlogBytes: 0, pending: 0 };

  it("sends the first window and no more to a client that never answers", () => {
    const pacer = createPacer();
    let sent = 0;
    while (pacer.maySend(free) && sent < 100) pacer.sent({ frame: ++sent, bytes: 100_000, nowMs: sent * 16 });
    expect(sent).toBe(3);
  });

  it("lets one frame go per answer, and all of the window when the newest was drawn", () => {
    const pacer = createPacer();
    for (let frame = 1; frame <= 3; frame += 1) pacer.sent({ frame, bytes: 1000, nowMs: 0 });
    expect(pacer.maySend(free)).toBe(false);
    pacer.drawn({ frame: 1, nowMs: 10 });
    expect(pacer.inFlight()).toBe(2);
    expect(pacer.maySend(free)).toBe(true);
    pacer.drawn({ frame: 3, nowMs: 20 });
    expect(pacer.inFlight()).toBe(0);
  });

  it("has more frames under way on a longer line, within a bound", () => {
    const windowAt = (wayMs: number) => {
      const pacer = createPacer();
      pacer.sent({ frame: 1, bytes: 50_000_000, nowMs: 0 });
      pacer.drawn({ frame: 1, nowMs: wayMs });
      let frames = 0;
      while (pacer.maySend(free) && frames < 100)
        pacer.sent({ frame: 2 + frames++, bytes: 100, nowMs: wayMs });
      return frames;
    };
    expect(windowAt(5)).toBe(3);
    expect(windowAt(80)).toBe(8);
    expect(windowAt(2000)).toBe(12);
  });

  it("measures the line and keeps no more on it than it carries in a moment", () => {
    const pacer = createPacer();
    let now = 0;
    for (let frame = 1; frame <= 20; frame += 1) {
      pacer.sent({ frame, bytes: 25_000, nowMs: now });
      now += 1000;
      pacer.drawn({ frame, nowMs: now });
    }
    expect(pacer.bitsPerS()).toBeCloseTo(200_000, -3);
    pacer.sent({ frame: 21, bytes: 100_000, nowMs: now });
    expect(pacer.maySend(free)).toBe(false);
  });

  it("is not misled by small frames, and waits while the socket is full of something else", () => {
    const pacer = createPacer();
    pacer.sent({ frame: 1, bytes: 1_000_000, nowMs: 0 });
    pacer.drawn({ frame: 1, nowMs: 100 });
    for (let frame = 2; frame < 60; frame += 1) {
      pacer.sent({ frame, bytes: 100, nowMs: frame * 100 });
      pacer.drawn({ frame, nowMs: frame * 100 + 20 });
    }
    expect(pacer.bitsPerS()).toBeCloseTo(80_000_000, -3);
    expect(pacer.maySend({ backlogBytes: 50_000_000, pending: 0 })).toBe(false);
  });

  it("counts what is being made with what is under way", () => {
    const pacer = createPacer();
    pacer.sent({ frame: 1, bytes: 1000, nowMs: 0 });
    expect(pacer.maySend({ backlogBytes: 0, pending: 1 })).toBe(true);
    expect(pacer.maySend({ backlogBytes: 0, pending: 2 })).toBe(false);
  });

  it("starts over when the client lost its thread", () => {
    const pacer = createPacer();
    for (let frame = 1; frame <= 3; frame += 1) pacer.sent({ frame, bytes: 1000, nowMs: 0 });
    pacer.forget();
    expect(pacer.maySend(free)).toBe(true);
  });
});
