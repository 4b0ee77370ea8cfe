import { clamp, wrapDeg } from "#lib/core/layout/angles.ts";
import { limitPose, nearestM, POSE_LIMITS, tallestAspect, widestM } from "#lib/core/layout/panel-shape.ts";
import { poseFromTransform, poseToTransform } from "#lib/core/layout/pose-transform.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** What one press of a key or button changes. */
export const STEP = { sizeRatio: 1.15, distanceRatio: 1.15, curvature: 0.25, moveDeg: 5 } as const;

/** Which corner is dragged: −1 is left or lower, 1 right or upper. */
export interface CornerDrag {
  corner: { x: -1 | 1; y: -1 | 1 };
  /** How far the corner was drawn along the panel's own right and up, in metres. */
  dragM: { x: number; y: number };
  /** The panel keeps its shape. */
  keepAspect?: boolean;
}

/**
 * A panel drawn larger or smaller by a corner; the opposite corner stays where it
 * is, as far as the panel may grow. `pose` is the pose from before the drag.
 */
export function resizePose(pose: Pose, { corner, dragM, keepAspect = false }: CornerDrag): Pose {
  const from = limitPose(pose);
  const heightM = from.widthM * from.aspect;
  const grownM = from.widthM + corner.x * dragM.x;
  const tallM = heightM + corner.y * dragM.y;
  // With the shape kept, the corner follows what was drawn farther.
  const ratio = Math.max(grownM / from.widthM, tallM / heightM);
  const sized = keepAspect
    ? limitPose({ ...from, widthM: from.widthM * ratio })
    : fitSize(from, Math.max(0.01, grownM), Math.max(0.01, tallM));
  return shiftOnSurface(sized, {
    right: (corner.x * (sized.widthM - from.widthM)) / 2,
    up: (corner.y * (sized.widthM * sized.aspect - heightM)) / 2,
  });
}

/** The width goes first into its limits; the height then into those that leave the width alone. */
function fitSize(pose: Pose, widthM: number, heightM: number): Pose {
  const { aspect: shape, widthM: width } = POSE_LIMITS;
  const widest = widestM({ distanceM: pose.distanceM, aspect: shape.min });
  const wide = clamp(widthM, width.min, Math.max(width.min, widest));
  const tallest = tallestAspect({ distanceM: pose.distanceM, widthM: wide });
  return limitPose({ ...pose, widthM: wide, aspect: clamp(heightM / wide, shape.min, tallest) });
}

/** Moves a panel along its own right and up, at the same distance from the head. */
function shiftOnSurface(pose: Pose, { right, up }: { right: number; up: number }): Pose {
  if (right === 0 && up === 0) return pose;
  const azimuth = (pose.azimuthDeg * Math.PI) / 180;
  const elevation = (pose.elevationDeg * Math.PI) / 180;
  const { position } = poseToTransform(pose);
  const [x, y, z] = position;
  const moved = poseFromTransform(
    {
      position: [
        x + right * Math.cos(azimuth) - up * Math.sin(elevation) * Math.sin(azimuth),
        y + up * Math.cos(elevation),
        z + right * Math.sin(azimuth) + up * Math.sin(elevation) * Math.cos(azimuth),
      ],
    },
    pose,
  );
  return { ...moved, distanceM: pose.distanceM, widthM: pose.widthM };
}

export function stepSize(pose: Pose, steps: number): Pose {
  return limitPose({ ...pose, widthM: pose.widthM * STEP.sizeRatio ** steps });
}

/** Positive is farther. The panel keeps its size in metres, so that nearer is larger, as with things. */
export function stepDistance(pose: Pose, steps: number): Pose {
  const distanceM = pose.distanceM * STEP.distanceRatio ** steps;
  const nearest = Math.min(nearestM(pose), pose.distanceM);
  return limitPose({ ...pose, distanceM: Math.max(distanceM, nearest) });
}

/** To the next quarter, so that steps from any bending end at flat and wrapped. */
export function stepCurvature(pose: Pose, steps: number): Pose {
  const quarters = pose.curvature / STEP.curvature;
  const from = steps > 0 ? Math.floor(quarters + 1e-9) : Math.ceil(quarters - 1e-9);
  return limitPose({ ...pose, curvature: (from + steps) * STEP.curvature });
}

/** Steps to the right and upwards; to the sides it goes on behind the back. */
export function stepPlace(pose: Pose, { right = 0, up = 0 }: { right?: number; up?: number }): Pose {
  return limitPose({
    ...pose,
    azimuthDeg: wrapDeg(pose.azimuthDeg + right * STEP.moveDeg),
    elevationDeg: pose.elevationDeg + up * STEP.moveDeg,
  });
}

/** Straight in front of where the person looks, its size and distance kept. */
export function centrePose(pose: Pose, ahead: Pick<Pose, "azimuthDeg" | "elevationDeg">): Pose {
  return limitPose({ ...pose, azimuthDeg: ahead.azimuthDeg, elevationDeg: ahead.elevationDeg });
}
