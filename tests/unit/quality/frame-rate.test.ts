import { expect, it } from "vitest";
import { chooseFrameRate, lowerFrameRate, sortedRates } from "#lib/core/quality/frame-rate.ts";

it.each([
  ["90 of many", [72, 80, 90, 120], 90],
  ["90 as a 32-bit float", new Float32Array([72, 89.99, 120]), Math.fround(89.99)],
  ["72 without 90", [60, 72, 120], 72],
  ["the lowest above 72 without either", [60, 80, 120], 80],
  ["the highest when all are low", [30, 60], 60],
  ["nothing where nothing is offered", [], null],
  ["nothing where the list is missing", undefined, null],
  ["nothing from nonsense", [0, -1, Number.NaN, Number.POSITIVE_INFINITY], null],
])("a session runs at %s", (_, offered, rate) => {
  expect(chooseFrameRate(offered)).toBe(rate);
});

it("a rate is lowered to the next one, never below 60 Hz", () => {
  const rates = sortedRates([120, 72, 36, 90, 60]);
  expect(lowerFrameRate(rates, 90)).toBe(72);
  expect(lowerFrameRate(rates, 72)).toBe(60);
  expect(lowerFrameRate(rates, 60)).toBe(60);
});
