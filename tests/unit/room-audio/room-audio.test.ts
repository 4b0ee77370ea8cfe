import { describe, expect, it } from "vitest";
import { CUES, type CueName, cueLengthS } from "#lib/core/room-audio/cues.ts";
import { createVoices, passesDetent, takeVoice, VOICES_MAX } from "#lib/core/room-audio/voices.ts";

const NAMES = Object.keys(CUES) as CueName[];

describe("a cue", () => {
  it.each(NAMES)("%s is short, soft and below where headsets hiss", (name) => {
    expect(cueLengthS(name)).toBeLessThan(0.4);
    for (const { gain, fromHz, toHz, lengthS } of CUES[name]) {
      expect(gain).toBeLessThanOrEqual(0.2);
      expect(Math.max(fromHz, toHz)).toBeLessThanOrEqual(1500);
      expect(Math.min(fromHz, toHz)).toBeGreaterThan(100);
      expect(lengthS).toBeGreaterThan(0);
    }
  });
});

describe("voices", () => {
  it("are never more than a few at once, and come free again", () => {
    const voices = createVoices();
    const taken = NAMES.map((name) => takeVoice(voices, name, 0));
    expect(new Set(taken.filter((voice) => voice >= 0)).size).toBe(VOICES_MAX);
    expect(taken.at(-1)).toBe(-1);
    expect(takeVoice(voices, "release", 2)).toBeGreaterThanOrEqual(0);
  });

  it("do not repeat what has just been heard", () => {
    const voices = createVoices();
    expect(takeVoice(voices, "error", 1)).toBe(0);
    expect(takeVoice(voices, "error", 1.5)).toBe(-1);
    expect(takeVoice(voices, "error", 2)).toBeGreaterThanOrEqual(0);
  });

  it("stay bounded whatever is asked of them", () => {
    const voices = createVoices();
    for (let step = 0; step < 1000; step += 1) {
      const nowS = step * 0.003;
      takeVoice(voices, NAMES[step % NAMES.length] ?? "press", nowS);
      expect(voices.ends.filter((end) => end > nowS).length).toBeLessThanOrEqual(VOICES_MAX);
    }
  });
});

it("a scroll clicks when it passes a notch, once however far it went", () => {
  expect(passesDetent(10, 100)).toBe(false);
  expect(passesDetent(100, 130)).toBe(true);
  expect(passesDetent(130, 100)).toBe(true);
  expect(passesDetent(0, 5000)).toBe(true);
});
