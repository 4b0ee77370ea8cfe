import { wrapDeg } from "#lib/core/layout/angles.ts";
import { angularRect, PANEL_GAP_DEG } from "#lib/core/layout/angular-rect.ts";
import type { Pose } from "#lib/protocol/space.ts";

/**
 * `count` poses of one size side by side in a row, its middle where `pose` is,
 * from left to right, one gap apart; more than fit around the head are left out.
 */
export function rowOfPanels(pose: Pose, count: number, gapDeg: number = PANEL_GAP_DEG): Pose[] {
  const step = 2 * angularRect(pose).halfAzimuthDeg + gapDeg;
  const fitting = Math.min(count, Math.max(1, Math.floor(360 / step)));
  return Array.from({ length: fitting }, (_, place) => ({
    ...pose,
    azimuthDeg: wrapDeg(pose.azimuthDeg + (place - (fitting - 1) / 2) * step),
  }));
}
