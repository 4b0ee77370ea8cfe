import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { applyPose } from "#lib/client/xr/panel/panel-frame.ts";
import { findRoomPanel } from "#lib/client/xr/panel/panel-registry.ts";
import { createHeadLockState, type HeadLockState, stepHeadLock } from "#lib/core/layout/follow.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import type { Pose } from "#lib/protocol/space.ts";

interface HeadLock {
  state: HeadLockState;
  panelId: string | null;
}

const lockedPose: Pose = { ...DEFAULT_POSE };

export function createHeadLock(): HeadLock {
  return { state: createHeadLockState(), panelId: null };
}

/**
 * Keeps the one locked panel in the field of view, where its pose says as seen from
 * the head: straight ahead, or to a side. The space itself does not change.
 */
export function stepHeadLockedPanel(
  lock: HeadLock,
  panelId: string | null,
  gaze: Readonly<Pick<Pose, "azimuthDeg" | "elevationDeg">>,
  deltaS: number,
): void {
  if (panelId !== lock.panelId) {
    const freed = lock.panelId === null ? undefined : findRoomPanel(lock.panelId);
    if (freed) applyPose(freed.object, freed.pose);
    lock.panelId = panelId;
    lock.state = createHeadLockState();
    lock.state.azimuth.value = gaze.azimuthDeg;
    lock.state.elevation.value = gaze.elevationDeg;
  }
  const panel = panelId === null ? undefined : findRoomPanel(panelId);
  if (!panel) return;
  stepHeadLock(lock.state, gaze, deltaS);
  if (lock.state.moving) stirRoom();
  const { pose } = panel;
  lockedPose.distanceM = pose.distanceM;
  lockedPose.widthM = pose.widthM;
  lockedPose.azimuthDeg = lock.state.azimuth.value + pose.azimuthDeg;
  lockedPose.elevationDeg = Math.max(-85, Math.min(85, lock.state.elevation.value + pose.elevationDeg));
  applyPose(panel.object, lockedPose);
}
