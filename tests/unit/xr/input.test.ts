import { describe, expect, it } from "vitest";
import { nearOpacity, stepVignette, vignetteTarget } from "#lib/core/xr/comfort.ts";
import { createDwell, DEFAULT_DWELL, stepDwell } from "#lib/core/xr/dwell.ts";
import { beginPress, createPress, endPress, LONG_PRESS_MS, stepPress } from "#lib/core/xr/press.ts";
import { keyScroll, keyScrollPx } from "#lib/core/xr/room-keys.ts";
import {
  createScrollMotion,
  stepDrag,
  stepGlide,
  stepStick,
  stickSpeed,
} from "#lib/core/xr/scroll-motion.ts";

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

  it("that is let go stops at once", () => {
    const motion = createScrollMotion();
    stepStick(motion, 0, 1);
    expect(motion.velocityY).toBeGreaterThan(1000);
    stepStick(motion, 0, 0);
    expect(motion).toEqual({ velocityX: 0, velocityY: 0 });
  });
});

describe("a page that is thrown", () => {
  const glide = (frameS: number) => {
    const motion = { velocityX: 0, velocityY: 1200 };
    let way = 0;
    for (let s = 0; s < 3; s += frameS) {
      way += motion.velocityY * frameS;
      if (!stepGlide(motion, frameS, false)) break;
    }
    return way;
  };

  it("glides as far at 72 as at 120 pictures a second", () => {
    expect(Math.abs(glide(1 / 72) / glide(1 / 120) - 1)).toBeLessThan(0.03);
  });

  it("comes to rest", () => {
    const motion = { velocityX: 300, velocityY: -1200 };
    let frames = 0;
    while (stepGlide(motion, 1 / 90, false) && frames < 1000) frames++;
    expect(frames).toBeLessThan(300);
    expect(motion).toEqual({ velocityX: 0, velocityY: 0 });
  });

  it("does not glide for people who asked for less motion", () => {
    const motion = { velocityX: 0, velocityY: 1200 };
    expect(stepGlide(motion, 1 / 90, true)).toBe(false);
    expect(motion.velocityY).toBe(0);
  });

  it("keeps the speed of the hand, not of its last trembling", () => {
    const motion = createScrollMotion();
    for (let n = 0; n < 30; n++) stepDrag(motion, 0, 10, 1 / 90);
    stepDrag(motion, 0, -2, 1 / 90);
    expect(motion.velocityY).toBeGreaterThan(500);
    stepDrag(motion, 0, 10, 0);
    expect(Number.isFinite(motion.velocityY)).toBe(true);
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

describe("a press", () => {
  const POINT = { x: 0, y: 0, z: -1.5 };

  it("becomes a long press when it is held still, once", () => {
    const press = createPress();
    beginPress(press, POINT);
    let times = 0;
    for (let t = 0; t < 3 * LONG_PRESS_MS; t += 10) if (stepPress(press, POINT, 1.5, 10)) times++;
    expect(times).toBe(1);
  });

  it("that moves is a drag and stays one, though it comes back", () => {
    const press = createPress();
    beginPress(press, POINT);
    stepPress(press, { ...POINT, x: 0.2 }, 1.5, 10);
    expect(press.isDrag).toBe(true);
    for (let t = 0; t < 2000; t += 10) expect(stepPress(press, POINT, 1.5, 10)).toBe(false);
  });

  it("bears more trembling the further the panel is", () => {
    const moved = (distance: number) => {
      const press = createPress();
      beginPress(press, POINT);
      stepPress(press, { ...POINT, x: 0.04 }, distance, 10);
      return press.isDrag;
    };
    expect(moved(1)).toBe(true);
    expect(moved(3)).toBe(false);
  });

  it("that has ended is no long press later", () => {
    const press = createPress();
    beginPress(press, POINT);
    endPress(press);
    expect(stepPress(press, POINT, 1.5, 10_000)).toBe(false);
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
    expect(press("a")).toBeNull();
  });
});
