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

/**
 * A place beside the page a note was pulled out of: right of it from the top down, then
 * left, then further out; over the page itself when all of these are taken. Never on
 * another note unless everything is full.
 */
export function placeNote(source: Pose, taken: readonly Pose[]): Pose {
  const card: Pose = limitPose({
    ...source,
    distanceM: Math.max(0.6, source.distanceM - NEARER_M),
    widthM: NOTE_WIDTH_M,
    aspect: NOTE_ASPECT,
    curvature: 0,
  });
  const widthDeg = angularWidthDeg(card);
  const heightDeg = angularHeightDeg(card);
  const rows = Math.max(
    1,
    Math.floor((angularHeightDeg(source) + PANEL_GAP_DEG) / (heightDeg + PANEL_GAP_DEG)),
  );
  const top = source.elevationDeg + ((rows - 1) / 2) * (heightDeg + PANEL_GAP_DEG);
  for (let column = 0; column < COLUMNS_MAX; column += 1) {
    const aside =
      angularWidthDeg(source) / 2 + PANEL_GAP_DEG + widthDeg / 2 + column * (widthDeg + PANEL_GAP_DEG);
    for (const side of [1, -1]) {
      for (let row = 0; row < rows; row += 1) {
        const pose = limitPose({
          ...card,
          azimuthDeg: wrapDeg(source.azimuthDeg + side * aside),
          elevationDeg: top - row * (heightDeg + PANEL_GAP_DEG),
        });
        if (taken.every((other) => !overlaps(pose, other))) return pose;
      }
    }
  }
  return card;
}
