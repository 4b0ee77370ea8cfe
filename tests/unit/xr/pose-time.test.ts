import { expect, test } from "vitest";
import { createPoseClock, poseTime } from "#lib/client/xr/input/pose-time.ts";

test("poses are timed by the moment their frame is shown", () => {
  const clock = createPoseClock();
  expect(poseTime(clock, 1011, 1000)).toBe(1011);
  expect(poseTime(clock, 1022, 1019)).toBe(1022);
});

test("a browser that does not tell that moment is timed by the clock", () => {
  const clock = createPoseClock();
  expect(poseTime(clock, undefined, 1000)).toBe(1000);
  expect(poseTime(clock, Number.NaN, 1011)).toBe(1011);
});

test("a browser that tells the same moment again is timed by the clock from then on", () => {
  const clock = createPoseClock();
  expect(poseTime(clock, 500, 1000)).toBe(500);
  expect(poseTime(clock, 500, 1011)).toBe(1011);
  expect(poseTime(clock, 522, 1022)).toBe(1022);
});
