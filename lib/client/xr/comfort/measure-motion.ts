import { layoutFrame } from "#lib/client/xr/panel/layout-frame.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { turnDeg } from "#lib/core/layout/angles.ts";
import { vignetteTarget } from "#lib/core/xr/comfort.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** What stood where in the last frame. */
export interface MotionMeter {
  frameDeg: number | null;
  panels: { id: string; pose: Pose }[];
}

/** The layout as a whole fills the view, however small its panels are. */
const WHOLE_VIEW_DEG = 90;
/** A panel does not move further in one frame: it was put there. */
const JUMP_DEG = 30;
const DEG = 180 / Math.PI;

export function createMotionMeter(): MotionMeter {
  return { frameDeg: null, panels: [] };
}

/**
 * How dark the edge of the view is wanted for what has moved since the last frame: the
 * layout coming round, or a panel in someone's hand. What jumps without a way in
 * between, as under reduced motion, does not count. Allocates only when panels come.
 */
export function measureMotion(meter: MotionMeter, deltaS: number): number {
  if (deltaS <= 0) return 0;
  const frameDeg = -layoutFrame.rotation.y * DEG;
  const turned = meter.frameDeg === null ? 0 : Math.abs(turnDeg(meter.frameDeg, frameDeg));
  meter.frameDeg = frameDeg;
  let target = turned > JUMP_DEG ? 0 : vignetteTarget(turned / deltaS, WHOLE_VIEW_DEG);
  for (let index = 0; index < roomPanels.length; index += 1) {
    const panel = roomPanels[index];
    if (!panel) continue;
    const before = meter.panels[index];
    if (before?.id !== panel.id) {
      meter.panels[index] = { id: panel.id, pose: panel.pose };
      continue;
    }
    if (before.pose === panel.pose) continue;
    const moved = Math.hypot(
      turnDeg(before.pose.azimuthDeg, panel.pose.azimuthDeg),
      panel.pose.elevationDeg - before.pose.elevationDeg,
    );
    before.pose = panel.pose;
    const widthDeg = 2 * Math.atan(panel.pose.widthM / 2 / panel.pose.distanceM) * DEG;
    if (moved < JUMP_DEG) target = Math.max(target, vignetteTarget(moved / deltaS, widthDeg));
  }
  return target;
}
