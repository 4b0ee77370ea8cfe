import { expect, it } from "vitest";
import { screenFovDeg } from "#lib/core/surfaces/screen-fov.ts";

const horizontalDeg = (aspect: number) =>
  (2 * Math.atan(Math.tan((screenFovDeg(aspect) / 360) * Math.PI) * aspect) * 180) / Math.PI;

it("shows a whole panel in windows of any shape, and text no smaller than it must be", () => {
  expect(screenFovDeg(16 / 9)).toBe(44);
  for (const aspect of [0.4, 0.5, 0.75, 1, 1.6, 3]) expect(horizontalDeg(aspect)).toBeGreaterThan(45.9);
  expect(screenFovDeg(0)).toBeLessThan(150);
});
