import { clamp, DEG, wrapDeg } from "#lib/core/layout/angles.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** What a person can bring a panel to; the schema allows a little more, for poses written by others. */
export const POSE_LIMITS = {
  distanceM: { min: 0.5, max: 10 },
  widthM: { min: 0.2, max: 10 },
  elevationDeg: { min: -80, max: 80 },
  aspect: { min: 0.3, max: 3 },
} as const;

/** Wider than 3.46 times its distance a flat panel spans more than 120°, and its ends can no longer be read. */
const WIDTH_PER_DISTANCE_MAX = 3.46;
/** Higher than this a panel ends more than 50° above and below its middle. */
const HEIGHT_PER_DISTANCE_MAX = 2.4;

export function widestM({ distanceM, aspect }: Pick<Pose, "distanceM" | "aspect">): number {
  const byHeight = (HEIGHT_PER_DISTANCE_MAX * distanceM) / aspect;
  return Math.min(POSE_LIMITS.widthM.max, WIDTH_PER_DISTANCE_MAX * distanceM, byHeight);
}

/** The highest shape, height by width, a panel of this width and distance can have. */
export function tallestAspect({ distanceM, widthM }: Pick<Pose, "distanceM" | "widthM">): number {
  return Math.min(POSE_LIMITS.aspect.max, (HEIGHT_PER_DISTANCE_MAX * distanceM) / widthM);
}

/** How near a panel may come and keep its size: a large one is seen from farther away. */
export function nearestM({ widthM, aspect }: Pick<Pose, "widthM" | "aspect">): number {
  const seen = Math.max(widthM / WIDTH_PER_DISTANCE_MAX, (widthM * aspect) / HEIGHT_PER_DISTANCE_MAX);
  return clamp(seen, POSE_LIMITS.distanceM.min, POSE_LIMITS.distanceM.max);
}

/** The nearest pose a panel may have: in reach, and small enough to be seen from where one stands. */
export function limitPose(pose: Pose): Pose {
  const { distanceM: far, widthM: wide, elevationDeg: high, aspect: tall } = POSE_LIMITS;
  const distanceM = clamp(pose.distanceM, far.min, far.max);
  const aspect = clamp(pose.aspect, tall.min, tall.max);
  const widest = Math.max(wide.min, widestM({ distanceM, aspect }));
  return {
    azimuthDeg: wrapDeg(pose.azimuthDeg),
    elevationDeg: clamp(pose.elevationDeg, high.min, high.max),
    distanceM,
    widthM: clamp(pose.widthM, wide.min, widest),
    curvature: clamp(pose.curvature, 0, 1),
    aspect,
  };
}

/**
 * The radius a panel is bent with. At curvature 1 the head is the centre of the
 * circle, so every point of the middle line is as far away; 0 is flat (infinite).
 * The width is measured along the surface and does not change with bending.
 */
export function curveRadiusM({ distanceM, curvature }: Pick<Pose, "distanceM" | "curvature">): number {
  return curvature > 0 ? distanceM / curvature : Number.POSITIVE_INFINITY;
}

/** How far an edge stands to the side of the panel's middle, in metres. */
export function edgeOffsetM(pose: Pose): number {
  const radius = curveRadiusM(pose);
  const half = pose.widthM / 2;
  return Number.isFinite(radius) ? radius * Math.sin(half / radius) : half;
}

/** How far away an edge is, measured straight ahead like the panel's distance; bending brings it nearer. */
export function edgeDepthM(pose: Pose): number {
  const radius = curveRadiusM(pose);
  if (!Number.isFinite(radius)) return pose.distanceM;
  return pose.distanceM - radius * (1 - Math.cos(pose.widthM / 2 / radius));
}

/** The angle between a panel's left and right edges as seen from the head, in degrees. */
export function angularWidthDeg(pose: Pose): number {
  return 2 * Math.atan2(edgeOffsetM(pose), edgeDepthM(pose)) * DEG;
}

/** The angle between the middles of a panel's upper and lower edges, in degrees. */
export function angularHeightDeg({ distanceM, widthM, aspect }: Pose): number {
  return 2 * Math.atan((widthM * aspect) / 2 / distanceM) * DEG;
}
