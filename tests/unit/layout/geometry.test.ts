import { describe, expect, it } from "vitest";
import { turnDeg, wrapDeg } from "#lib/core/layout/angles.ts";
import { angularRect, halfAzimuthDeg, overlaps } from "#lib/core/layout/angular-rect.ts";
import {
  angularWidthDeg,
  curveRadiusM,
  edgeDepthM,
  edgeOffsetM,
  limitPose,
} from "#lib/core/layout/panel-shape.ts";
import { createTransform, poseFromTransform, poseToTransform } from "#lib/core/layout/pose-transform.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { type Pose, poseSchema } from "#lib/protocol/space.ts";
import { createRandom } from "../../fixtures/random.ts";
import { createRandomPose } from "./random-pose.ts";

type Vector = [number, number, number];

/** v' = q v q⁻¹ by the textbook formula. */
function rotate([x, y, z]: Vector, [qx, qy, qz, qw]: readonly number[]): Vector {
  const [ix, iy, iz, iw] = [qx ?? 0, qy ?? 0, qz ?? 0, qw ?? 0];
  const t: Vector = [2 * (iy * z - iz * y), 2 * (iz * x - ix * z), 2 * (ix * y - iy * x)];
  return [
    x + iw * t[0] + iy * t[2] - iz * t[1],
    y + iw * t[1] + iz * t[0] - ix * t[2],
    z + iw * t[2] + ix * t[1] - iy * t[0],
  ];
}

/** A point of a panel in the layout frame; u and v from −1 to 1. */
function pointOf(pose: Pose, u: number, v: number): Vector {
  const radius = curveRadiusM(pose);
  const along = (u * pose.widthM) / 2;
  const bent = Number.isFinite(radius);
  const local: Vector = [
    bent ? radius * Math.sin(along / radius) : along,
    (v * pose.widthM * pose.aspect) / 2,
    bent ? radius * (1 - Math.cos(along / radius)) : 0,
  ];
  const { position, orientation } = poseToTransform(pose);
  const turned = rotate(local, orientation);
  return [turned[0] + position[0], turned[1] + position[1], turned[2] + position[2]];
}

const pose = (change: Partial<Pose>): Pose => ({ ...DEFAULT_POSE, ...change });

describe("angles", () => {
  it.each([
    [0, 0],
    [190, -170],
    [-190, 170],
    [180, 180],
    [-180, 180],
    [725, 5],
  ])("wraps %d° to %d°", (angle, expected) => {
    expect(wrapDeg(angle)).toBe(expected);
  });

  it("turns the short way across the back", () => {
    expect(turnDeg(170, -170)).toBe(20);
    expect(turnDeg(-170, 170)).toBe(-20);
  });
});

describe("a pose in the room", () => {
  it.each([
    ["straight ahead", pose({}), [0, 0, -1.6]],
    ["to the right", pose({ azimuthDeg: 90 }), [1.6, 0, 0]],
    ["behind", pose({ azimuthDeg: 180 }), [0, 0, 1.6]],
    ["above", pose({ elevationDeg: 90 }), [0, 1.6, 0]],
  ])("stands %s", (_, given, expected) => {
    const { position } = poseToTransform(given);
    for (const axis of [0, 1, 2]) expect(position[axis]).toBeCloseTo(expected[axis] ?? 0, 9);
  });

  it("faces the head with its upper edge up, wherever it is", () => {
    const next = createRandomPose(1);
    for (let round = 0; round < 500; round++) {
      const given = next();
      const { position, orientation } = poseToTransform(given);
      const front = rotate([0, 0, 1], orientation);
      for (const axis of [0, 1, 2] as const)
        expect(front[axis] * given.distanceM).toBeCloseTo(-position[axis], 6);
      expect(rotate([0, 1, 0], orientation)[1]).toBeGreaterThanOrEqual(-1e-9);
      expect(rotate([1, 0, 0], orientation)[1]).toBeCloseTo(0, 9);
      expect(Math.hypot(...orientation)).toBeCloseTo(1, 9);
    }
  });

  it.each(["sphere", "cylinder"] as const)("comes back from a %s as it was", (surface) => {
    const next = createRandomPose(2);
    const scratch = createTransform();
    for (let round = 0; round < 500; round++) {
      const given = limitPose(next());
      const back = poseFromTransform(poseToTransform(given, scratch, surface), given, surface);
      for (const key of Object.keys(given) as (keyof Pose)[]) expect(back[key]).toBeCloseTo(given[key], 6);
    }
  });

  it("keeps rows straight above each other on a cylinder, and panels upright", () => {
    const low = poseToTransform(pose({ azimuthDeg: 30 }), createTransform(), "cylinder");
    const high = poseToTransform(pose({ azimuthDeg: 30, elevationDeg: 40 }), createTransform(), "cylinder");
    expect(high.position[0]).toBeCloseTo(low.position[0], 9);
    expect(high.position[2]).toBeCloseTo(low.position[2], 9);
    expect(rotate([0, 0, 1], high.orientation)[1]).toBeCloseTo(0, 9);
  });

  it("is put within reach when it is let go of too near, too far or nowhere", () => {
    const given = pose({ azimuthDeg: 20 });
    expect(poseFromTransform({ position: [0, 0, -0.01] }, given).distanceM).toBe(0.5);
    expect(poseFromTransform({ position: [0, 0, 500] }, given)).toMatchObject({
      azimuthDeg: 180,
      distanceM: 10,
    });
    expect(poseFromTransform({ position: [0, 3, 0] }, given)).toMatchObject({
      azimuthDeg: 20,
      elevationDeg: 80,
    });
    expect(poseFromTransform({ position: [0, 0, 0] }, given)).toEqual(given);
    expect(poseFromTransform({ position: [Number.NaN, 0, 0] }, given)).toEqual(given);
  });
});

describe("a large panel", () => {
  it("stops where it can still be seen when it is pulled near, and keeps its size", () => {
    const large = pose({ widthM: 3.2, distanceM: 2.5, aspect: 0.5 });
    const pulled = poseFromTransform({ position: [0, 0, -0.6] }, large);
    expect(pulled.widthM).toBe(3.2);
    expect(pulled.distanceM).toBeCloseTo(3.2 / 3.46, 6);
  });
});

describe("limits", () => {
  it("hold for every pose of the schema, and do not change what is within them", () => {
    const next = createRandomPose(3);
    for (let round = 0; round < 500; round++) {
      const limited = limitPose(next());
      expect(poseSchema.safeParse(limited).success).toBe(true);
      expect(limitPose(limited)).toEqual(limited);
      expect(angularWidthDeg({ ...limited, curvature: 0 })).toBeLessThan(121);
    }
  });
});

describe("a bent panel", () => {
  it("is everywhere as far away as its middle when it is wrapped around the head", () => {
    const wrapped = pose({ curvature: 1, widthM: 3 });
    expect(Math.hypot(edgeOffsetM(wrapped), edgeDepthM(wrapped))).toBeCloseTo(1.6, 9);
    expect(angularWidthDeg(wrapped)).toBeCloseTo((3 / 1.6) * (180 / Math.PI), 9);
  });

  it("takes more of the field of view the more it is bent", () => {
    const widths = [0, 0.25, 0.5, 0.75, 1].map((curvature) =>
      angularWidthDeg(pose({ curvature, widthM: 2.5 })),
    );
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  });
});

describe("the box around a panel", () => {
  it("holds every point of it", () => {
    const next = createRandomPose(4);
    const random = createRandom(5);
    for (let round = 0; round < 400; round++) {
      const given = limitPose(next());
      const rect = angularRect(given);
      if (rect.halfAzimuthDeg < 180) expect(halfAzimuthDeg(given)).toBeCloseTo(rect.halfAzimuthDeg, 6);
      for (let sample = 0; sample < 25; sample++) {
        const [x, y, z] = pointOf(given, random() * 2 - 1, random() * 2 - 1);
        const azimuth = (Math.atan2(x, -z) * 180) / Math.PI;
        const elevation = (Math.atan2(y, Math.hypot(x, z)) * 180) / Math.PI;
        expect(Math.abs(turnDeg(rect.azimuthDeg, azimuth))).toBeLessThanOrEqual(rect.halfAzimuthDeg + 1e-6);
        expect(elevation).toBeGreaterThanOrEqual(rect.lowDeg - 1e-6);
        expect(elevation).toBeLessThanOrEqual(rect.highDeg + 1e-6);
      }
    }
  });

  it("is no larger than it must be for a panel straight ahead", () => {
    const rect = angularRect(DEFAULT_POSE);
    expect(2 * rect.halfAzimuthDeg).toBeCloseTo(angularWidthDeg(DEFAULT_POSE), 9);
  });

  it("tells overlapping panels from panels apart, across the back too", () => {
    expect(overlaps(pose({}), pose({ azimuthDeg: 40 }))).toBe(true);
    expect(overlaps(pose({}), pose({ azimuthDeg: 42 }))).toBe(false);
    expect(overlaps(pose({}), pose({ azimuthDeg: 42 }), 2)).toBe(true);
    expect(overlaps(pose({ azimuthDeg: 170 }), pose({ azimuthDeg: -160 }))).toBe(true);
    expect(overlaps(pose({}), pose({ elevationDeg: 40 }))).toBe(false);
    expect(overlaps(pose({}), pose({ distanceM: 3 }))).toBe(true);
  });
});
