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

/** What each of a panel's measures holds on to; null when it is loose. For cues, and changed in place by `snapPose`. */
export interface SnapState {
  azimuthDeg: number | null;
  elevationDeg: number | null;
  distanceM: number | null;
  curvature: number | null;
}

export function createSnapState(): SnapState {
  return { azimuthDeg: null, elevationDeg: null, distanceM: null, curvature: null };
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
  state.distanceM = hold(state.distanceM, pose.distanceM, SNAP.releaseM) ?? catchDistance(pose, neighbours);
  out.distanceM = state.distanceM ?? pose.distanceM;
  state.curvature =
    hold(state.curvature, pose.curvature, SNAP.releaseCurvature) ?? catchCurvature(pose, neighbours);
  out.curvature = state.curvature ?? pose.curvature;
  // Edges meet for the size the panel will have at its new distance and bending.
  out.azimuthDeg = pose.azimuthDeg;
  out.elevationDeg = pose.elevationDeg;
  state.elevationDeg =
    hold(state.elevationDeg, pose.elevationDeg, SNAP.releaseDeg) ?? catchElevation(out, neighbours);
  out.elevationDeg = state.elevationDeg ?? pose.elevationDeg;
  // After the row is known: away from the horizon a panel takes more azimuth.
  const azimuth = state.azimuthDeg;
  const holds = azimuth !== null && Math.abs(turnDeg(azimuth, pose.azimuthDeg)) <= SNAP.releaseDeg;
  state.azimuthDeg = holds ? azimuth : catchAzimuth(out, neighbours);
  out.azimuthDeg = state.azimuthDeg ?? pose.azimuthDeg;
  return out;
}

function hold(held: number | null, value: number, release: number): number | null {
  return held !== null && Math.abs(held - value) <= release ? held : null;
}

function nearer(best: number | null, target: number, value: number, reach: number): number | null {
  const away = Math.abs(target - value);
  if (away > reach) return best;
  return best === null || away < Math.abs(best - value) ? target : best;
}

function isNear(pose: Readonly<Pose>, other: Readonly<Pose>): boolean {
  return (
    Math.abs(turnDeg(pose.azimuthDeg, other.azimuthDeg)) <= SNAP.nearDeg &&
    Math.abs(pose.elevationDeg - other.elevationDeg) <= SNAP.nearDeg
  );
}

function catchDistance(pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): number | null {
  let best: number | null = null;
  for (const other of neighbours)
    if (isNear(pose, other)) best = nearer(best, other.distanceM, pose.distanceM, SNAP.catchM);
  // A neighbour's distance goes before the round ones, so that rows become even.
  if (best !== null) return best;
  for (const shell of SNAP.shellsM) best = nearer(best, shell, pose.distanceM, SNAP.catchM);
  return best;
}

function catchCurvature(pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): number | null {
  let best: number | null = null;
  for (const other of neighbours)
    if (isNear(pose, other)) best = nearer(best, other.curvature, pose.curvature, SNAP.catchCurvature);
  return best;
}

/** Beside a neighbour with the usual gap, or its edges or its middle straight above or below. */
function catchAzimuth(pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): number | null {
  const half = halfAzimuthDeg(pose);
  let best: number | null = null;
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
      if (away > bestAway || (best !== null && away === bestAway)) continue;
      best = target;
      bestAway = away;
    }
  }
  return best;
}

/** In one row with a neighbour, or above or below it with the usual gap. */
function catchElevation(pose: Readonly<Pose>, neighbours: readonly Readonly<Pose>[]): number | null {
  const half = angularHeightDeg(pose) / 2;
  let best: number | null = null;
  for (const other of neighbours) {
    if (!isNear(pose, other)) continue;
    const stacked = half + angularHeightDeg(other) / 2 + PANEL_GAP_DEG;
    best = nearer(best, other.elevationDeg, pose.elevationDeg, SNAP.catchDeg);
    best = nearer(best, other.elevationDeg + stacked, pose.elevationDeg, SNAP.catchDeg);
    best = nearer(best, other.elevationDeg - stacked, pose.elevationDeg, SNAP.catchDeg);
  }
  return best;
}
