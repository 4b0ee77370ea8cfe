import { wrapDeg } from "#lib/core/layout/angles.ts";
import { overlaps, PANEL_GAP_DEG } from "#lib/core/layout/angular-rect.ts";
import { angularHeightDeg, angularWidthDeg, limitPose } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** A note is a small card: as wide as a hand is long, seen 12° wide at reading distance. */
export const NOTE_WIDTH_M = 0.34;
export const NOTE_ASPECT = 0.66;
/** Nearer than its page by this, so that it lies before what it may cover. */
const NEARER_M = 0.12;
const COLUMNS_MAX = 3;
/** Clear of the grips at a panel's corners and of what hangs below it. */
const BESIDE_DEG = 2.5;
const BELOW_DEG = 4;

/**
 * A place beside the page a note was pulled out of, on none of the panels and notes that
 * `taken` names: right of it from the top down, left of it, below it, then further out.
 * When all of these are taken it lies over the page itself, never out of reach.
 */
export function placeNote(source: Pose, taken: readonly Pose[]): Pose {
  const card: Pose = limitPose({
    ...source,
    distanceM: Math.max(0.6, source.distanceM - NEARER_M),
    widthM: NOTE_WIDTH_M,
    aspect: NOTE_ASPECT,
    curvature: 0,
  });
  const free = candidates(source, card).find((pose) => taken.every((other) => !overlaps(pose, other)));
  return free ?? card;
}

function candidates(source: Pose, card: Pose): Pose[] {
  const stepAcross = angularWidthDeg(card) + PANEL_GAP_DEG;
  const stepDown = angularHeightDeg(card) + PANEL_GAP_DEG;
  const halfWidth = angularWidthDeg(source) / 2;
  const halfHeight = angularHeightDeg(source) / 2;
  const rows = Math.max(1, Math.floor((2 * halfHeight + PANEL_GAP_DEG) / stepDown));
  const columns = Math.max(1, Math.floor((2 * halfWidth + PANEL_GAP_DEG) / stepAcross));
  const at = (right: number, up: number) =>
    limitPose({
      ...card,
      azimuthDeg: wrapDeg(source.azimuthDeg + right),
      elevationDeg: source.elevationDeg + up,
    });
  const beside = (column: number) =>
    [1, -1].flatMap((side) =>
      Array.from({ length: rows }, (_, row) =>
        at(side * (halfWidth + BESIDE_DEG + (column + 0.5) * stepAcross), ((rows - 1) / 2 - row) * stepDown),
      ),
    );
  const below = Array.from({ length: columns }, (_, column) =>
    at((column - (columns - 1) / 2) * stepAcross, -(halfHeight + BELOW_DEG + stepDown / 2)),
  );
  return [...beside(0), ...below, ...Array.from({ length: COLUMNS_MAX - 1 }, (_, n) => beside(n + 1)).flat()];
}
