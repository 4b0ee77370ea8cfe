import { describe, expect, it } from "vitest";
import { adjustGestures, GESTURE_ADJUSTMENTS } from "#lib/core/gestures/adjust.ts";
import { DEFAULT_GESTURE_SETTINGS, gestureSettingsFor } from "#lib/core/gestures/gesture-settings.ts";

const found = (id: string) => {
  const adjustment = GESTURE_ADJUSTMENTS.find((each) => each.id === id);
  if (!adjustment) throw new Error(`There is no adjustment ${id}.`);
  return adjustment;
};
const pinchOf = (adjusted: Readonly<Record<string, number>>) =>
  gestureSettingsFor({}, adjusted).pinch.closedM / DEFAULT_GESTURE_SETTINGS.pinch.closedM;

describe("adjusting gestures", () => {
  it("makes each easier in its own direction, and what it says is what the recogniser uses", () => {
    expect(pinchOf(adjustGestures({}, found("pinch"), "easier"))).toBeCloseTo(1.15, 3);
    const swipe = gestureSettingsFor({}, adjustGestures({}, found("swipe"), "easier")).swipe.travelM;
    expect(swipe).toBeLessThan(DEFAULT_GESTURE_SETTINGS.swipe.travelM);
  });

  it("comes back to the default, leaving nothing behind", () => {
    for (const adjustment of GESTURE_ADJUSTMENTS) {
      const there = adjustGestures({}, adjustment, "harder");
      expect(Object.keys(there).sort()).toEqual([...adjustment.names].sort());
      expect(adjustGestures(there, adjustment, "easier")).toEqual({});
    }
  });

  it("ends at half and at twice, and says so by changing nothing", () => {
    for (const adjustment of GESTURE_ADJUSTMENTS) {
      for (const step of ["easier", "harder"] as const) {
        let adjusted: Readonly<Record<string, number>> = {};
        for (let n = 0; n < 20; n++) adjusted = adjustGestures(adjusted, adjustment, step);
        expect(adjustGestures(adjusted, adjustment, step)).toBe(adjusted);
      }
    }
  });
});
