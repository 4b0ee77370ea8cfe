import { gaze } from "#lib/client/room/layout-gaze.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import { clamp, turnDeg } from "#lib/core/layout/angles.ts";
import { bringToFront, moveWithGroup } from "#lib/core/layout/arrange-panels.ts";
import { placedPanels } from "#lib/core/space/layout-order.ts";
import { isSamePose, setHeadLocked, setPose, setPoses } from "#lib/core/space/poses.ts";
import { findPanel, type Session } from "#lib/core/space/session.ts";
import type { Panel, Pose } from "#lib/protocol/space.ts";

/** A panel locked to the head stays within what can be read without moving the eyes far. */
const LOCKED_AWAY_MAX_DEG = 25;

/** Changes one panel's size, distance or bending; says so, or that there is no more to change. */
export function adjustPanel(panel: Panel, change: (pose: Pose) => Pose, said: (pose: Pose) => string): void {
  const next = setPose(getSession(), panel.id, change(panel.pose));
  const after = findPanel(next, panel.id)?.pose ?? panel.pose;
  const isSame = isSamePose(after, panel.pose);
  if (!isSame) updateSession((session) => setPose(session, panel.id, after));
  announce(isSame ? `${panelName(panel)} cannot go further` : said(after));
}

/** Moves a panel with those of its group. */
export function movePanelTo(panel: Panel, change: (pose: Pose) => Pose): void {
  const isLocked = getSession().space.layout.headLockedId === panel.id;
  updateSession((session) => {
    const mates = isLocked ? [panel] : placedPanels(session);
    return setPoses(session, moveWithGroup(mates, panel.id, change(panel.pose)));
  });
  const moved = findPanel(getSession(), panel.id)?.pose ?? panel.pose;
  announce(`${panelName(panel)}, ${describePlace(moved)}`);
}

export function toFront(panel: Panel): void {
  updateSession((session) =>
    setPoses(session, bringToFront(placedPanels(session), panel.id), { keepOrder: true }),
  );
  announce(`${panelName(panel)} is in front`);
}

/** Locks a panel to the head or lets it go; it stays where it is seen, and the one locked before too. */
export function toggleHeadLock(panel: Panel): void {
  const { headLockedId } = getSession().space.layout;
  const isLocking = headLockedId !== panel.id;
  updateSession((session) => {
    const before = findPanel(session, headLockedId);
    const poses: Record<string, Pose> = {};
    if (before) poses[before.id] = letGo(before.pose);
    if (isLocking) poses[panel.id] = hold(panel.pose);
    return setHeadLocked(session, isLocking ? panel.id : null, poses);
  });
  announce(`${panelName(panel)} ${isLocking ? "comes along with your head" : "stays where it is"}`);
}

function hold(pose: Pose): Pose {
  const most = LOCKED_AWAY_MAX_DEG;
  return {
    ...pose,
    azimuthDeg: clamp(turnDeg(gaze.azimuthDeg, pose.azimuthDeg), -most, most),
    elevationDeg: clamp(pose.elevationDeg - gaze.elevationDeg, -most, most),
  };
}

function letGo(pose: Pose): Pose {
  return {
    ...pose,
    azimuthDeg: turnDeg(-gaze.azimuthDeg, pose.azimuthDeg),
    elevationDeg: pose.elevationDeg + gaze.elevationDeg,
  };
}

/** In words, for those who cannot see where it went: `20° to the right, 15° up`. */
export function describePlace({
  azimuthDeg,
  elevationDeg,
}: Pick<Pose, "azimuthDeg" | "elevationDeg">): string {
  const aside = Math.round(Math.abs(azimuthDeg));
  const height = Math.round(Math.abs(elevationDeg));
  const side = aside === 0 ? "straight ahead" : `${aside}° to the ${azimuthDeg < 0 ? "left" : "right"}`;
  return height === 0 ? side : `${side}, ${height}° ${elevationDeg < 0 ? "down" : "up"}`;
}

/** Whether anything hides the panel. */
export function isCovered(session: Session, panel: Panel): boolean {
  return Object.keys(bringToFront(placedPanels(session), panel.id)).length > 0;
}
