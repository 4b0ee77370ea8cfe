import { describe, expect, it } from "vitest";
import { CSS_WIDTH, legiblePanel } from "#lib/core/layout/legibility.ts";
import { curveRadiusM, limitPose } from "#lib/core/layout/panel-shape.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { type Pose, poseSchema } from "#lib/protocol/space.ts";
import { createRandom } from "../../fixtures/random.ts";
import { createRandomPose } from "./random-pose.ts";

/** The angle under which a line of 16 CSS pixels is seen whose middle is at u, v (−1 to 1) of a panel. */
function textDeg(pose: Pose, cssPxM: number, scale: number, u: number, v: number): number {
  const radius = curveRadiusM(pose);
  const along = (u * pose.widthM) / 2;
  const bent = Number.isFinite(radius);
  const side = bent ? radius * Math.sin(along / radius) : along;
  const ahead = pose.distanceM - (bent ? radius * (1 - Math.cos(along / radius)) : 0);
  const level = Math.hypot(side, ahead);
  const half = (16 * scale * cssPxM) / 2;
  // A line at the edge lies wholly on the panel.
  const middle = v * Math.max(0, (pose.widthM * pose.aspect) / 2 - half);
  return ((Math.atan((middle + half) / level) - Math.atan((middle - half) / level)) * 180) / Math.PI;
}

/** Small angles are computed as straight lines; the rounding costs less than this share. */
const ROUNDING = 0.995;

describe("text", () => {
  it("takes 0.6° or more at every point of the default panel", () => {
    const { cssWidth, pose, zoom } = legiblePanel({ pose: DEFAULT_POSE, zoom: 1, textScale: 1 });
    expect({ pose, zoom }).toEqual({ pose: DEFAULT_POSE, zoom: 1 });
    for (const u of [-1, 0, 1])
      for (const v of [-1, 0, 1])
        expect(textDeg(pose, pose.widthM / cssWidth, 1, u, v)).toBeGreaterThanOrEqual(0.6 * ROUNDING);
    expect(cssWidth).toBeGreaterThan(800);
  });

  it("is never under 0.4°, whatever pose, zoom and text size", () => {
    const next = createRandomPose(11);
    const random = createRandom(12);
    for (let round = 0; round < 4000; round++) {
      const wanted = { pose: next(), zoom: 0.3 + random() * 4.7, textScale: 0.1 + random() * 3 };
      const result = legiblePanel(wanted);
      const { pose, cssWidth, cssHeight, zoom } = result;
      expect(poseSchema.safeParse(pose).success).toBe(true);
      expect(zoom).toBeLessThanOrEqual(5);
      expect(Math.abs(cssHeight - cssWidth * pose.aspect)).toBeLessThanOrEqual(1);
      const cssPxM = pose.widthM / cssWidth;
      for (const [u, v] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [random(), random()],
      ] as const)
        expect(textDeg(pose, cssPxM, zoom * wanted.textScale, u, v)).toBeGreaterThanOrEqual(0.4 * ROUNDING);
    }
  });

  it("is laid out for a phone's width or more at any usual text size", () => {
    const next = createRandomPose(13);
    for (let round = 0; round < 2000; round++) {
      const { cssWidth, zoom } = legiblePanel({ pose: next(), zoom: 1, textScale: 1 });
      expect(cssWidth).toBeGreaterThanOrEqual(CSS_WIDTH.min);
      expect(cssWidth).toBeLessThanOrEqual(CSS_WIDTH.max);
      expect(zoom).toBe(1);
    }
  });

  it("grows with the person's text size and with zoom, and leaves the layout alone", () => {
    const plain = legiblePanel({ pose: DEFAULT_POSE, zoom: 1, textScale: 1 });
    expect(legiblePanel({ pose: DEFAULT_POSE, zoom: 2, textScale: 1.5 })).toEqual({ ...plain, zoom: 2 });
  });

  it("makes zoom rise when it would be too small", () => {
    const { zoom } = legiblePanel({ pose: DEFAULT_POSE, zoom: 0.3, textScale: 1 });
    expect(zoom).toBeGreaterThan(0.65);
    expect(zoom).toBeLessThanOrEqual(0.67);
  });

  it("makes a small far panel grow, and no other", () => {
    const small = { ...DEFAULT_POSE, widthM: 0.2, distanceM: 8 };
    const grown = legiblePanel({ pose: small, zoom: 1, textScale: 1 });
    expect(grown.cssWidth).toBe(CSS_WIDTH.min);
    expect(grown.pose.widthM).toBeGreaterThan(1);
    expect({ ...grown.pose, widthM: 0.2 }).toEqual(small);
    const next = createRandomPose(14, { usual: true });
    for (let round = 0; round < 500; round++) {
      const pose = limitPose(next());
      expect(legiblePanel({ pose, zoom: 1, textScale: 1 }).pose).toEqual(pose);
    }
  });
});
