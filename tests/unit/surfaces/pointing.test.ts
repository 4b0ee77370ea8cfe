import { describe, expect, it } from "vitest";
import { decideDrag, heldAfter, LONG_PRESS_MS } from "#lib/core/surfaces/decide-drag.ts";
import {
  createMomentum,
  releaseMomentum,
  stepMomentum,
  trackMomentum,
} from "#lib/core/surfaces/scroll-momentum.ts";

const MOUSE = { precise: true, canLook: true, hasLongPressed: false };
const FINGER = { precise: false, canLook: true, hasLongPressed: false };
const HAND = { ...FINGER, canLook: false };

describe("a drag over a page", () => {
  it("is a press while the pointer hardly moves", () => {
    expect(decideDrag({ ...MOUSE, dxPx: 2, dyPx: 2 })).toBeNull();
    expect(decideDrag({ ...HAND, dxPx: 8, dyPx: 12 })).toBeNull();
  });

  it("selects text by mouse and pen", () => {
    expect(decideDrag({ ...MOUSE, dxPx: 40, dyPx: 2 })).toBe("select");
    expect(decideDrag({ ...MOUSE, dxPx: 2, dyPx: 40 })).toBe("select");
  });

  it("scrolls by finger, controller and hand; a finger moving sideways turns the view", () => {
    expect(decideDrag({ ...FINGER, dxPx: 4, dyPx: 40 })).toBe("scroll");
    expect(decideDrag({ ...FINGER, dxPx: 60, dyPx: 10 })).toBe("look");
    expect(decideDrag({ ...HAND, dxPx: 60, dyPx: 10 })).toBe("scroll");
  });

  it("is held long by frames that came in time, and by no single late one", () => {
    expect(heldAfter(0, 16)).toBe(16);
    expect(heldAfter(0, 5_000)).toBeLessThan(LONG_PRESS_MS);
    expect(Array.from({ length: 40 }).reduce<number>((heldMs) => heldAfter(heldMs, 16), 0)).toBeGreaterThan(
      LONG_PRESS_MS,
    );
  });

  it("widens the selection after a long press", () => {
    expect(decideDrag({ ...FINGER, hasLongPressed: true, dxPx: 60, dyPx: 10 })).toBe("select");
  });
});

describe("a page that was flicked", () => {
  function flick(pxPerFrame: number) {
    const momentum = createMomentum();
    for (let frame = 0; frame < 8; frame++) trackMomentum(momentum, pxPerFrame, 16);
    return momentum;
  }

  it("glides on in its direction, ever slower, and comes to rest", () => {
    const momentum = flick(20);
    releaseMomentum(momentum, 8, false);
    const steps = Array.from({ length: 600 }, () => stepMomentum(momentum, 16));
    expect(steps[0]).toBeGreaterThan(0);
    for (const [index, step] of steps.entries())
      expect(step).toBeLessThanOrEqual(steps[index - 1] ?? Infinity);
    expect(steps.at(-1)).toBe(0);
  });

  it("glides as far at any frame rate", () => {
    const distance = (frameMs: number) => {
      const momentum = { velocity: 2000 };
      let moved = 0;
      for (let ms = 0; ms < 5000; ms += frameMs) moved += stepMomentum(momentum, frameMs);
      return moved;
    };
    expect(Math.abs(distance(11) - distance(33))).toBeLessThan(10);
  });

  it("stays where it is when the finger had come to rest, or where less motion is wanted", () => {
    const rested = flick(20);
    releaseMomentum(rested, 200, false);
    expect(stepMomentum(rested, 16)).toBe(0);
    const still = flick(20);
    releaseMomentum(still, 8, true);
    expect(stepMomentum(still, 16)).toBe(0);
  });
});
