import { describe, expect, it } from "vitest";
import { ramp } from "../../fixtures/hand-frames.ts";
import { pinching, playGestures } from "./play-gestures.ts";

const apart = (seconds: number) => ramp(seconds, [0.6, 1.2], [0, 0.1]);
const closed = (seconds: number) => (seconds < 0.3 || seconds > 2 ? 0.06 : 0.01);
const right = (seconds: number) => pinching(closed(seconds), [apart(seconds), 0, 0]);
/** The mirror of the right hand at the same height; 0.3 m from it. */
const left = (seconds: number) => pinching(closed(seconds), [-0.3 - apart(seconds), 0, 0]);

describe("resizing", () => {
  it("takes two pinches on panels that part, and follows their distance", () => {
    const { names, events } = playGestures({ left, right }, { to: 3 });
    expect(names).toEqual([
      "pinch-start left",
      "pinch-start right",
      "resize-start both",
      "pinch-cancel left",
      "pinch-cancel right",
      "resize-end both",
    ]);
    const factors = events.filter(({ type }) => type.startsWith("resize")).map(({ value }) => value);
    expect(factors[0]).toBe(1);
    expect(Math.max(...factors)).toBeGreaterThan(1.4);
    expect(Math.max(...factors)).toBeLessThan(2);
  });

  it("leaves two pinches alone that are not on panels, such as two on a keyboard", () => {
    const off = (pose: ReturnType<typeof right>) => ({ ...pose, aimsAtPanel: false });
    const { names } = playGestures({ left: (s) => off(left(s)), right: (s) => off(right(s)) }, { to: 3 });
    expect(names.filter((name) => name.startsWith("resize"))).toEqual([]);
  });

  it("is cancelled when a hand is lost", () => {
    const { names } = playGestures({ left: (s) => (s > 1 ? null : left(s)), right }, { to: 1.8 });
    expect(names.slice(-1)).toEqual(["resize-cancel both"]);
  });

  it("takes one hand where only one is used: a long pinch that moves up", () => {
    const up = (seconds: number) => pinching(closed(seconds), [0, ramp(seconds, [1.2, 1.6], [0, 0.15]), 0]);
    const { names, events } = playGestures({ right: up }, { to: 3, posture: { oneHanded: true } });
    expect(names).toEqual([
      "pinch-start right",
      "pinch-long right",
      "resize-start right",
      "pinch-cancel right",
      "resize-end right",
    ]);
    expect(
      Math.max(...events.map(({ value, type }) => (type === "resize-move" ? value : 0))),
    ).toBeGreaterThan(1.5);
  });
});
