import { describe, expect, it } from "vitest";
import { distanceField } from "#lib/core/room-ui/distance-field.ts";

const WIDTH = 32;
const HEIGHT = 24;
const RANGE_PX = 8;

/** A filled rectangle from (8, 6) up to (24, 18). */
function rectangle(): Uint8Array {
  const coverage = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 6; y < 18; y++) coverage.fill(255, y * WIDTH + 8, y * WIDTH + 24);
  return coverage;
}

const field = distanceField(rectangle(), { width: WIDTH, height: HEIGHT, rangePx: RANGE_PX });
const at = (x: number, y: number) => ((field[y * WIDTH + x] ?? 0) / 255 - 0.5) * RANGE_PX;

describe("distanceField", () => {
  it("is positive inside and negative outside", () => {
    expect(at(16, 12)).toBeGreaterThan(0);
    expect(at(2, 2)).toBeLessThan(0);
  });
  it("measures straight to the nearest edge", () => {
    expect(at(9, 12)).toBeCloseTo(2, 1);
    expect(at(6, 12)).toBeCloseTo(-2, 1);
    expect(at(16, 4)).toBeCloseTo(-2, 1);
  });
  it("measures diagonally off a corner", () => {
    expect(at(6, 4)).toBeCloseTo(-Math.SQRT2 * 2, 1);
  });
  it("stays within its range far away", () => {
    expect(at(0, 0)).toBeCloseTo(-RANGE_PX / 2, 1);
    expect(Math.min(...field)).toBeGreaterThanOrEqual(0);
  });
  it("puts the edge inside a pixel that is half painted", () => {
    const coverage = new Uint8Array(16);
    coverage.fill(255, 0, 8);
    coverage[8] = 128;
    const line = distanceField(coverage, { width: 16, height: 1, rangePx: RANGE_PX });
    expect(line[8]).toBeGreaterThanOrEqual(120);
    expect(line[8]).toBeLessThanOrEqual(136);
  });
});
