import { turnDeg, wrapDeg } from "#lib/core/layout/angles.ts";
import { halfAzimuthDeg, PANEL_GAP_DEG } from "#lib/core/layout/angular-rect.ts";
import { angularHeightDeg } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** How near a panel must come to be drawn in, and how far it must be pulled to come loose. */
export const SNAP = {
  catchDeg: 2,
  releaseDeg: 3.5,
  catchM: 0.08,
  releaseM: 0.14,
  catchCurvature: 0.06,
  releaseCurvature: 0.1,
  /** Panels farther aside than this are no neighbours. */
  nearDeg: 90,
  /** Distances that panels settle on, in metres. */
  shellsM: [1.25, 1.6, 2, 2.5],
} as const;

/**
 * What each of a panel's measures holds on to; NaN when it is loose. For cues, and
 * changed in place by `snapPose`; never null, because V8 boxes numbers beside null.
 */
export interface SnapState {
  azimuthDeg: number;
  elevationDeg: number;
  distanceM: number;
  curvature: number;
}

export function createSnapState(): SnapState {
  return { azimuthDeg: Number.NaN, elevationDeg: Number.NaN, distanceM: Number.NaN, curvature: Number.NaN };
}

/**
 * Draws a panel that is being moved to the edges and rows of its neighbours, to
 * distances others have and to their bending. `pose` is where the hand holds it and
 * is left alone; the result is written into `out`. Each measure holds on until it is
 * pulled farther than it was caught from. Nothing is allocated.
 */
export function snapPose(
  state: SnapState,
  { pose, neighbours, out }: { pose: Readonly<Pose>; neighbours: readonly Readonly<Pose>[]; out: Pose },
): Pose {
  out.widthM = pose.widthM;
  out.aspect = pose.aspect;
  if (!isHeld(state.distanceM, pose.distanceM, SNAP.releaseM)) catchDistance(state, pose, neighbours);
  out.distanceM = or(state.distanceM, pose.distanceM);
  if (!isHeld(state.curvature, pose.curvature, SNAP.releaseCurvature))
    catchCurvature(state, pose, neighbours);
  out.curvature = or(state.curvature, pose.curvature);
  // Edges meet for the size the panel will have at its new distance and bending.
  out.azimuthDeg = pose.azimuthDeg;
  out.elevationDeg = pose.elevationDeg;
  if (!isHeld(state.elevationDeg, pose.elevationDeg, SNAP.releaseDeg)) catchElevation(state, out, neighbours);
  out.elevationDeg = or(state.elevationDeg, pose.elevationDeg);
  // After the row is known: away from the horizon a panel takes more azimuth.
  if (!isHeld(0, turnDeg(state.azimuthDeg, pose.azimuthDeg), SNAP.releaseDeg))
    catchAzimuth(state, out, neighbours);
  out.azimuthDeg = or(state.azimuthDeg, pose.azimuthDeg);
  return out;
}

function or(held: number, value: number): number {
  return Number.isNaN(held) ? value : held;
}

/** False for what is loose: NaN is within reach of nothing. */
function isHeld(held: number, value: number, release: number): boolean {
  return Math.abs(held - value) <= release;
}

/** The target, when it is in reach and closer than what was found before; else what was found. */
function nearer(best: number, target: number, value: number, reach: number): number {
  const away = Math.abs(target - value);
  if (away > reach) return best;
  return Number.isNaN(best) || away < Math.abs(best - value) ? target : best;
}

function isNear(pose: Readonly<Pose>, other: Readonly<Pose>): boolean {
  return (
    Math.abs(turnDeg(pose.azimuthDeg, other.azimuthDeg)) <= SNAP.nearDeg &&
    Math.abs(pose.elevationDeg - other.elevationDeg) <= SNAP.nearDeg
  );
}

function catchDistance(state: SnapState, pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): void {
  let best = Number.NaN;
  for (const other of neighbours)
    if (isNear(pose, other)) best = nearer(best, other.distanceM, pose.distanceM, SNAP.catchM);
  // A neighbour's distance goes before the round ones, so that rows become even.
  if (Number.isNaN(best))
    for (const shell of SNAP.shellsM) best = nearer(best, shell, pose.distanceM, SNAP.catchM);
  state.distanceM = best;
}

function catchCurvature(state: SnapState, pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): void {
  let best = Number.NaN;
  for (const other of neighbours)
    if (isNear(pose, other)) best = nearer(best, other.curvature, pose.curvature, SNAP.catchCurvature);
  state.curvature = best;
}

/** Beside a neighbour with the usual gap, or its edges or its middle straight above or below. */
function catchAzimuth(state: SnapState, pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): void {
  const half = halfAzimuthDeg(pose);
  let best = Number.NaN;
  let bestAway: number = SNAP.catchDeg;
  for (const other of neighbours) {
    if (!isNear(pose, other)) continue;
    const otherHalf = halfAzimuthDeg(other);
    const beside = half + otherHalf + PANEL_GAP_DEG;
    const flush = otherHalf - half;
    for (let place = -2; place <= 2; place++) {
      const offset = place === 0 ? 0 : Math.sign(place) * (Math.abs(place) === 2 ? beside : flush);
      const target = wrapDeg(other.azimuthDeg + offset);
      const away = Math.abs(turnDeg(target, pose.azimuthDeg));
      if (away > bestAway || (!Number.isNaN(best) && away === bestAway)) continue;
      best = target;
      bestAway = away;
    }
  }
  state.azimuthDeg = best;
}

/** In one row with a neighbour, or above or below it with the usual gap. */
function catchElevation(state: SnapState, pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): void {
  const half = angularHeightDeg(pose) / 2;
  let best = Number.NaN;
  for (const other of neighbours) {
    if (!isNear(pose, other)) continue;
    const stacked = half + angularHeightDeg(other) / 2 + PANEL_GAP_DEG;
    best = nearer(best, other.elevationDeg, pose.elevationDeg, SNAP.catchDeg);
    best = nearer(best, other.elevationDeg + stacked, pose.elevationDeg, SNAP.catchDeg);
    best = nearer(best, other.elevationDeg - stacked, pose.elevationDeg, SNAP.catchDeg);
  }
  state.elevationDeg = best;
}
