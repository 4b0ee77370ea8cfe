import { describe, expect, it } from "vitest";
import { createOneEuroFilter, filterValue } from "#lib/core/gestures/one-euro-filter.ts";
import { createGestureRecognizer, stepGestures } from "#lib/core/gestures/recognizer.ts";
import {
  createRecording,
  parseRecording,
  recordFrame,
  replayRecording,
} from "#lib/core/gestures/recording.ts";
import { playHands, ramp } from "../../fixtures/hand-frames.ts";
import { createRandom } from "../../fixtures/random.ts";
import { pinching } from "./play-gestures.ts";

const script = {
  right: (seconds: number) =>
    seconds > 2 ? null : pinching(seconds < 0.4 ? 0.06 : 0.01, [ramp(seconds, [0.6, 1], [0, 0.1]), 0, 0]),
};

describe("a recording of hands", () => {
  it("replayed gives the events of the hands it was made of", () => {
    const live = createGestureRecognizer();
    const again = createGestureRecognizer();
    const recording = createRecording();
    const seen: string[] = [];
    for (const frame of playHands(script, { to: 2.5 })) {
      expect(recordFrame(recording, frame)).toBe(true);
      const { items, count } = stepGestures(live, frame);
      for (const { type, timeMs } of items.slice(0, count)) seen.push(`${type} ${timeMs}`);
    }
    const replayed: string[] = [];
    const read = parseRecording(JSON.stringify(recording));
    expect(read).not.toBeNull();
    replayRecording(read ?? createRecording(), (frame) => {
      const { items, count } = stepGestures(again, frame);
      for (const { type, timeMs } of items.slice(0, count)) replayed.push(`${type} ${timeMs}`);
    });
    expect(seen.length).toBeGreaterThan(3);
    expect(replayed).toEqual(seen);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"format":"qui-hands","version":2,"frames":[]}',
    '{"format":"qui-hands","version":1,"frames":[{}]}',
  ])("is not read from %j", (text) => expect(parseRecording(text)).toBeNull());
});

describe("the 1€ filter", () => {
  const settings = { minCutoffHz: 1, beta: 0.5 };
  it("takes most of the tremble out of a still hand", () => {
    const random = createRandom(1);
    const filter = createOneEuroFilter();
    const values = Array.from({ length: 900 }, () =>
      filterValue(filter, (random() - 0.5) * 0.4, 11, settings),
    );
    const spread = (list: number[]) => Math.max(...list) - Math.min(...list);
    expect(spread(values.slice(200))).toBeLessThan(0.2);
  });

  it("follows a quick hand within a centimetre or two", () => {
    const filter = createOneEuroFilter();
    let last = 0;
    for (let step = 0; step < 60; step += 1) last = filterValue(filter, step * 1.1, 11, settings);
    expect(59 * 1.1 - last).toBeLessThan(1.5);
  });

  it("passes its first value as it is", () => {
    expect(filterValue(createOneEuroFilter(), 42, 11, settings)).toBe(42);
  });
});

it("recognising allocates no events: their objects are used again", () => {
  const recognizer = createGestureRecognizer();
  const objects = new Set(recognizer.events.items);
  for (const frame of playHands(script, { to: 2.5 })) {
    const events = stepGestures(recognizer, frame);
    expect(events).toBe(recognizer.events);
    for (const item of events.items) expect(objects.has(item)).toBe(true);
  }
});
