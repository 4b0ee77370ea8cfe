import { describe, expect, it } from "vitest";
import { nearOpacity, stepVignette, vignetteTarget } from "#lib/core/xr/comfort.ts";
import { createDwell, DEFAULT_DWELL, stepDwell } from "#lib/core/xr/dwell.ts";
import { keyScroll, keyScrollPx } from "#lib/core/xr/room-keys.ts";
import { stickSpeed } from "#lib/core/xr/stick-scroll.ts";

const AHEAD = { x: 0, y: 0, z: -1 };
const turned = (deg: number) => ({
  x: Math.sin((deg * Math.PI) / 180),
  y: 0,
  z: -Math.cos((deg * Math.PI) / 180),
});

describe("a thumbstick", () => {
  it("that rests a little off its middle scrolls nothing", () => {
    for (const axis of [0, 0.1, -0.15]) expect(stickSpeed(axis)).toBe(0);
  });

  it("scrolls faster the further it is pushed, in its own direction, and never beyond its end", () => {
    let last = 0;
    for (let axis = 0.2; axis <= 1; axis += 0.1) {
      const speed = stickSpeed(axis);
      expect(speed).toBeGreaterThan(last);
      expect(stickSpeed(-axis)).toBe(-speed);
      last = speed;
    }
    expect(stickSpeed(1.4)).toBe(stickSpeed(1));
  });

  it("that is broken scrolls nothing", () => {
    expect(stickSpeed(Number.NaN)).toBe(0);
  });
});

describe("pressing by looking", () => {
  const look = (
    state: ReturnType<typeof createDwell>,
    target: string | null,
    gaze: typeof AHEAD,
    ms: number,
  ) => {
    let presses = 0;
    for (let t = 0; t < ms; t += 10) if (stepDwell(state, target, gaze, 10, DEFAULT_DWELL)) presses++;
    return presses;
  };

  it("presses what is looked at long enough, once", () => {
    const state = createDwell();
    expect(look(state, "a", AHEAD, 5000)).toBe(1);
  });

  it("presses nothing that is only passed over", () => {
    const state = createDwell();
    for (let n = 0; n < 20; n++) expect(look(state, `panel ${n}`, AHEAD, 800)).toBe(0);
  });

  it("shows its progress, and starts again when the gaze strays", () => {
    const state = createDwell();
    look(state, "a", AHEAD, 800);
    expect(state.progress).toBeGreaterThan(0.3);
    expect(look(state, "a", turned(6), 300)).toBe(0);
    expect(state.progress).toBeLessThan(0.1);
  });

  it("bears the small movements of a head that rests", () => {
    const state = createDwell();
    let presses = 0;
    for (let n = 0; n < 140; n++) {
      if (stepDwell(state, "a", turned(Math.sin(n) * 1.5), 10, DEFAULT_DWELL)) presses++;
    }
    expect(presses).toBe(1);
  });

  it("presses the same place again after the gaze was elsewhere", () => {
    const state = createDwell();
    expect(look(state, "a", AHEAD, 2000)).toBe(1);
    look(state, null, turned(20), 100);
    expect(look(state, "a", AHEAD, 2000)).toBe(1);
  });

  it("never presses where there is nothing", () => {
    expect(look(createDwell(), null, AHEAD, 5000)).toBe(0);
  });
});

describe("comfort", () => {
  it("lets everything from 0.4 m on be seen whole, and nothing stand in the face", () => {
    expect([0.4, 1, 3].map(nearOpacity)).toEqual([1, 1, 1]);
    expect([0, 0.1, 0.2].map(nearOpacity)).toEqual([0, 0, 0]);
    expect(nearOpacity(0.3)).toBeCloseTo(0.5);
  });

  it("darkens the edge for large things that sweep past, and for nothing else", () => {
    expect(vignetteTarget(200, 10)).toBe(0);
    expect(vignetteTarget(20, 60)).toBe(0);
    expect(vignetteTarget(200, 60)).toBeCloseTo(0.7);
  });

  it("clears again completely", () => {
    let value = stepVignette(0, 0.7, 0.2);
    expect(value).toBeGreaterThan(0.5);
    for (let n = 0; n < 200; n++) value = stepVignette(value, 0, 1 / 90);
    expect(value).toBe(0);
  });
});

describe("a physical keyboard", () => {
  const press = (
    key: string,
    held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {},
  ) => keyScroll({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

  it("scrolls the focused page as in every browser", () => {
    const down = press("PageDown");
    expect(down && keyScrollPx(down, 800, 5000)).toEqual({ x: 0, y: 700 });
    expect(press(" ", { shiftKey: true })).toEqual({ kind: "pages", y: -1 });
    const end = press("End");
    expect(end && keyScrollPx(end, 800, 5000).y).toBeGreaterThanOrEqual(4200);
    expect(press("ArrowDown")).toEqual({ kind: "pixels", x: 0, y: 40 });
  });

  it("keeps shortcuts and typing for those they belong to", () => {
    expect(press("ArrowLeft", { altKey: true })).toBeNull();
    expect(press("Home", { ctrlKey: true })).toBeNull();
    expect(press("ArrowDown", { shiftKey: true })).toBeNull();
    expect(press("a")).toBeNull();
  });
});
