import { clamp, DEG, wrapDeg } from "#lib/core/layout/angles.ts";
import { limitPose } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** A ray in the layout frame; the direction need not be of length one. */
export interface DragRay {
  ox: number;
  oy: number;
  oz: number;
  dx: number;
  dy: number;
  dz: number;
}

/** What was true when a panel was taken hold of. */
export interface DragStart {
  pose: Pose;
  /** From the direction the ray met the panel's sphere at to the panel's middle, in degrees. */
  azimuthDeg: number;
  elevationDeg: number;
  /** How far the hand was from the head. */
  handM: number;
}

interface Direction {
  azimuthDeg: number;
  elevationDeg: number;
}

const hit: Direction = { azimuthDeg: 0, elevationDeg: 0 };
/** An arm reaches so far; drawing the hand in by that much brings a panel all the way. */
const REACH_M = 0.5;

export function startDrag(pose: Pose, ray: Readonly<DragRay>): DragStart {
  aim(ray, pose.distanceM, hit);
  return {
    pose,
    azimuthDeg: wrapDeg(pose.azimuthDeg - hit.azimuthDeg),
    elevationDeg: pose.elevationDeg - hit.elevationDeg,
    handM: Math.hypot(ray.ox, ray.oy, ray.oz),
  };
}

/**
 * Where a held panel is now: it goes with the ray at its distance, keeps facing the
 * head, and comes nearer or goes farther with the hand (`pushM` adds what a
 * thumbstick or wheel asked for). Written into `out`; allocates nothing but the
 * limits' own result.
 */
export function dragPose(start: DragStart, ray: Readonly<DragRay>, pushM: number, out: Pose): Pose {
  const { pose } = start;
  const handM = Math.hypot(ray.ox, ray.oy, ray.oz);
  const reached = start.handM > 0.05 ? ((handM - start.handM) / REACH_M) * pose.distanceM * 0.5 : 0;
  const distanceM = clamp(pose.distanceM + pushM + reached, 0.5, 10);
  aim(ray, distanceM, hit);
  Object.assign(out, pose);
  out.distanceM = distanceM;
  out.azimuthDeg = wrapDeg(hit.azimuthDeg + start.azimuthDeg);
  out.elevationDeg = clamp(hit.elevationDeg + start.elevationDeg, -80, 80);
  return Object.assign(out, limitPose(out));
}

/** The direction from the head in which a ray leaves the sphere of a radius; of a ray from beyond it, where it comes nearest. */
function aim({ ox, oy, oz, dx, dy, dz }: Readonly<DragRay>, radiusM: number, out: Direction): void {
  const length = Math.hypot(dx, dy, dz) || 1;
  const along = -(ox * dx + oy * dy + oz * dz) / length;
  const away = ox * ox + oy * oy + oz * oz - along * along;
  const inside = radiusM * radiusM - away;
  const reach = along + Math.sqrt(Math.max(0, inside));
  const x = ox + (dx / length) * reach;
  const y = oy + (dy / length) * reach;
  const z = oz + (dz / length) * reach;
  out.azimuthDeg = Math.atan2(x, -z) * DEG;
  out.elevationDeg = Math.atan2(y, Math.hypot(x, z)) * DEG;
}

/** Two hands on one panel: its width goes with the distance between them. */
export function spreadPose(pose: Pose, startM: number, nowM: number, out: Pose): Pose {
  Object.assign(out, pose);
  out.widthM = pose.widthM * (startM > 0.01 ? nowM / startM : 1);
  return Object.assign(out, limitPose(out));
}
