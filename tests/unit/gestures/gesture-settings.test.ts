import { describe, expect, it } from "vitest";
import { DEFAULT_GESTURE_SETTINGS, gestureSettingsFor } from "#lib/core/gestures/gesture-settings.ts";
import { createGestureRecognizer } from "#lib/core/gestures/recognizer.ts";
import { createRandom } from "../../fixtures/random.ts";
import { pinching, playGestures } from "./play-gestures.ts";

const names = Object.entries(DEFAULT_GESTURE_SETTINGS).flatMap(([group, table]) =>
  typeof table === "object" ? Object.keys(table).map((field) => `${group}.${field}`) : [],
);

describe("adjusted thresholds", () => {
  it("take effect by their names and leave the defaults alone", () => {
    const before = structuredClone(DEFAULT_GESTURE_SETTINGS);
    expect(gestureSettingsFor({}, { "pinch.closedM": 0.025 }).pinch.closedM).toBe(0.025);
    expect(DEFAULT_GESTURE_SETTINGS).toEqual(before);
    expect(gestureSettingsFor({})).toEqual(before);
  });

  it("stay within half and twice the default", () => {
    const { pinch } = gestureSettingsFor(
      {},
      { "pinch.closedM": 5, "pinch.longMs": 0, "pinch.dragM": Number.NaN },
    );
    expect(pinch).toMatchObject({ closedM: 0.038, longMs: 300, dragM: 0.015 });
  });

  it("of unknown names are passed over", () => {
    const adjusted = {
      pinch: 1,
      "pinch.__proto__": 1,
      "constructor.name": 1,
      "swipe.none": 1,
      "": 1,
      "enabled.swipe": 0,
    };
    expect(gestureSettingsFor({}, adjusted)).toEqual(DEFAULT_GESTURE_SETTINGS);
  });

  it("never cross, whatever is wished", () => {
    const random = createRandom(5);
    for (let run = 0; run < 300; run += 1) {
      const { pinch, fist, menu, dismiss } = gestureSettingsFor(
        { seated: random() < 0.5 },
        Object.fromEntries(names.map((name) => [name, random() * 10 ** (random() * 6 - 3)])),
      );
      expect(pinch.closedM).toBeLessThan(pinch.releaseM);
      expect(pinch.releaseM).toBeLessThan(pinch.shownM);
      expect(fist.open).toBeLessThan(fist.closed);
      expect(fist.closed).toBeLessThan(1);
      expect(menu.facingDeg).toBeLessThan(menu.closedDeg);
      expect(dismiss.cueMs).toBeLessThan(dismiss.holdMs);
    }
  });

  it("move the cue and the click together", () => {
    const recognizer = createGestureRecognizer(gestureSettingsFor({}, { "pinch.closedM": 0.03 }));
    const { names: happened } = playGestures(
      { right: (seconds) => pinching(seconds < 0.4 ? 0.07 : 0.026) },
      {
        to: 1.2,
        recognizer,
        onFrame: ({ right }) => expect(right.pinch.progress === 1).toBe(right.pinch.closed),
      },
    );
    expect(happened).toContain("pinch-start right");
    expect(playGestures({ right: (s) => pinching(s < 0.4 ? 0.07 : 0.026) }, { to: 1.2 }).names).toEqual([]);
  });
});
