import { DEG, turnDeg } from "#lib/core/layout/angles.ts";
import { edgeDepthM, edgeOffsetM } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** The part of the sphere around the head that holds a panel: a box in azimuth and elevation, degrees. */
export interface AngularRect {
  azimuthDeg: number;
  /** 180 when the panel reaches over the head or under the feet. */
  halfAzimuthDeg: number;
  lowDeg: number;
  highDeg: number;
}

/** Between neighbours, in degrees. */
export const PANEL_GAP_DEG = 2;

/**
 * Never smaller than the panel: away from the horizon the same width takes more
 * azimuth, and a panel's corners are not where the middles of its edges are.
 */
export function angularRect(pose: Pose): AngularRect {
  const halfHeight = (pose.widthM * pose.aspect) / 2;
  const side = edgeOffsetM(pose);
  const depth = edgeDepthM(pose);
  const tilt = pose.elevationDeg / DEG;
  const rect = { azimuthDeg: pose.azimuthDeg, halfAzimuthDeg: 0, lowDeg: 90, highDeg: -90 };
  for (const up of [-halfHeight, halfHeight]) {
    widen(rect, side, up, depth, tilt);
    widen(rect, 0, up, pose.distanceM, tilt);
  }
  return rect;
}

/** Half the azimuth a panel takes, as in its `angularRect`; allocates nothing. Not for panels over a pole. */
export function halfAzimuthDeg(pose: Readonly<Pose>): number {
  const side = edgeOffsetM(pose);
  const tilt = pose.elevationDeg / DEG;
  const ahead = edgeDepthM(pose) * Math.cos(tilt);
  const rise = Math.abs(((pose.widthM * pose.aspect) / 2) * Math.sin(tilt));
  return Math.atan2(side, ahead - rise) * DEG;
}

/** Takes in a point given in the panel's own upright frame: `side` to the right, `up`, `ahead` of the head. */
function widen(rect: AngularRect, side: number, up: number, ahead: number, tilt: number): void {
  const height = up * Math.cos(tilt) + ahead * Math.sin(tilt);
  const forward = ahead * Math.cos(tilt) - up * Math.sin(tilt);
  const elevation = Math.atan2(height, Math.hypot(side, forward)) * DEG;
  rect.lowDeg = Math.min(rect.lowDeg, elevation);
  rect.highDeg = Math.max(rect.highDeg, elevation);
  rect.halfAzimuthDeg = Math.max(rect.halfAzimuthDeg, Math.atan2(side, forward) * DEG);
  if (side > 0 || forward > 0) return;
  // The middle of an edge is beyond the pole, so the pole itself is behind the panel.
  rect.halfAzimuthDeg = 180;
  if (tilt > 0) rect.highDeg = 90;
  else rect.lowDeg = -90;
}

/** Whether two boxes come nearer to each other than `gapDeg`. */
export function rectsOverlap(a: AngularRect, b: AngularRect, gapDeg = 0): boolean {
  const apart = Math.abs(turnDeg(a.azimuthDeg, b.azimuthDeg));
  if (apart >= a.halfAzimuthDeg + b.halfAzimuthDeg + gapDeg) return false;
  return a.lowDeg < b.highDeg + gapDeg && b.lowDeg < a.highDeg + gapDeg;
}

/** Whether one panel may hide a part of the other. Cautious: panels that do not overlap are surely apart. */
export function overlaps(a: Pose, b: Pose, gapDeg = 0): boolean {
  return rectsOverlap(angularRect(a), angularRect(b), gapDeg);
}
