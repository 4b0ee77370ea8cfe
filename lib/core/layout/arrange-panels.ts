import { clamp, turnDeg, wrapDeg } from "#lib/core/layout/angles.ts";
import { overlaps } from "#lib/core/layout/angular-rect.ts";
import { limitPose, nearestM, POSE_LIMITS } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

export interface PlacedPanel {
  id: string;
  pose: Pose;
  group?: string | undefined;
}

/** Between panels in front of each other. */
const LAYER_RATIO = 0.93;
/** No panel comes nearer than this by being brought to the front. */
const FRONT_MIN_M = 0.8;

/**
 * Poses that bring a panel before all that hide it, changing no place on the
 * sphere: it comes nearer, its width with it so that it looks the same; where it
 * would come too near, those in front step back instead. Only what changed.
 */
export function bringToFront(panels: readonly PlacedPanel[], id: string): Record<string, Pose> {
  const panel = panels.find((other) => other.id === id);
  if (!panel) return {};
  const rivals = panels.filter((other) => other.id !== id && overlaps(panel.pose, other.pose));
  const nearest = Math.min(...rivals.map(({ pose }) => pose.distanceM));
  if (panel.pose.distanceM < nearest) return {};
  if (nearest * LAYER_RATIO >= FRONT_MIN_M) return { [id]: atDistance(panel.pose, nearest * LAYER_RATIO) };
  const front = atDistance(panel.pose, FRONT_MIN_M);
  const back = FRONT_MIN_M / LAYER_RATIO / nearest;
  return Object.fromEntries([
    [id, front],
    ...rivals.map((rival) => [rival.id, atDistance(rival.pose, rival.pose.distanceM * back)] as const),
  ]);
}

function atDistance(pose: Pose, distanceM: number): Pose {
  return limitPose({ ...pose, distanceM, widthM: (pose.widthM * distanceM) / pose.distanceM });
}

/**
 * Poses of a moved panel and of those in its group, which come along and keep how
 * they stand to each other: a group at the limit stops as a whole. `to` is where
 * the panel was moved; its size and bending change for itself alone.
 */
export function moveWithGroup(panels: readonly PlacedPanel[], id: string, to: Pose): Record<string, Pose> {
  const panel = panels.find((other) => other.id === id);
  if (!panel) return {};
  const goal = limitPose(to);
  const others = panels.filter(
    (other) => other.id !== id && other.group !== undefined && other.group === panel.group,
  );
  if (others.length === 0) return { [id]: goal };
  const all = [panel, ...others].map(({ pose }) => pose);
  const turn = turnDeg(panel.pose.azimuthDeg, goal.azimuthDeg);
  const { min: lowest, max: highest } = POSE_LIMITS.elevationDeg;
  const rise = clamp(
    goal.elevationDeg - panel.pose.elevationDeg,
    Math.min(0, lowest - Math.min(...all.map((pose) => pose.elevationDeg))),
    Math.max(0, highest - Math.max(...all.map((pose) => pose.elevationDeg))),
  );
  const farthest = POSE_LIMITS.distanceM.max;
  const scale = clamp(
    goal.distanceM / panel.pose.distanceM,
    Math.min(1, Math.max(...all.map((pose) => nearestM(pose) / pose.distanceM))),
    Math.max(1, farthest / Math.max(...all.map((pose) => pose.distanceM))),
  );
  const moved = (pose: Pose): Pose =>
    limitPose({
      ...pose,
      azimuthDeg: wrapDeg(pose.azimuthDeg + turn),
      elevationDeg: pose.elevationDeg + rise,
      distanceM: pose.distanceM * scale,
    });
  const { azimuthDeg, elevationDeg, distanceM } = moved(panel.pose);
  return Object.fromEntries([
    [id, limitPose({ ...goal, azimuthDeg, elevationDeg, distanceM })],
    ...others.map((other) => [other.id, moved(other.pose)] as const),
  ]);
}
