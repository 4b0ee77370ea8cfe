import { describe, expect, it } from "vitest";
import {
  DEFAULT_ROOM_SETTINGS,
  readRoomSettings,
  stepTextScale,
  TEXT_SCALE_MAX,
  TEXT_SCALE_MIN,
} from "#lib/core/room-ui/room-settings.ts";

describe("the settings of the room", () => {
  it.each([null, "", "{", "[]", "7", '"left"', "null"])("reads %j as the defaults", (text) => {
    expect(readRoomSettings(text)).toEqual(DEFAULT_ROOM_SETTINGS);
  });

  it("gives back what was written", () => {
    const chosen = {
      ...DEFAULT_ROOM_SETTINGS,
      handedness: "left" as const,
      oneHanded: true,
      dwell: true,
      dwellMs: 1200,
      textScale: 1.5,
      highContrast: true,
      vignette: false,
      sound: true,
      speech: true,
      gestures: { pinchCloseM: 0.02 },
      roomTheme: "light" as const,
    };
    expect(readRoomSettings(JSON.stringify(chosen))).toEqual(chosen);
  });

  it("takes the default for each field that is foreign and keeps the rest", () => {
    const text = JSON.stringify({
      handedness: "both",
      dwellMs: 1,
      textScale: 40,
      sound: "yes",
      speech: true,
      gestures: { good: 1, bad: "2", worse: null },
      roomTheme: 5,
      extra: true,
    });
    expect(readRoomSettings(text)).toEqual({ ...DEFAULT_ROOM_SETTINGS, speech: true, gestures: { good: 1 } });
  });

  it("keeps a bounded number of gesture thresholds", () => {
    const gestures = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`g${index}`, index]));
    expect(Object.keys(readRoomSettings(JSON.stringify({ gestures })).gestures)).toHaveLength(64);
  });

  it("steps the text size within its limits", () => {
    expect(stepTextScale(1, 1)).toBe(1.15);
    expect(stepTextScale(1, -1)).toBe(0.9);
    expect(stepTextScale(1.05, 1)).toBe(1.15);
    expect(stepTextScale(TEXT_SCALE_MAX, 1)).toBe(TEXT_SCALE_MAX);
    expect(stepTextScale(TEXT_SCALE_MIN, -1)).toBe(TEXT_SCALE_MIN);
  });
});
