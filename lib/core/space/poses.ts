import { limitPose } from "#lib/core/layout/panel-shape.ts";
import { followLayout } from "#lib/core/space/layout-order.ts";
import { findPanel, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Puts one panel somewhere else in the room; see `setPoses`. */
export function setPose(session: Session, id: string, pose: Pose): Session {
  return setPoses(session, { [id]: pose });
}

/**
 * Puts panels somewhere else in the room, within the limits of poses. Tabs follow
 * where a panel has passed another; with `keepOrder` they stay, as when panels are
 * set out by the strip's order. Ids of panels that are gone are passed over.
 */
export function setPoses(
  session: Session,
  poses: Readonly<Record<string, Pose>>,
  { keepOrder = false } = {},
): Session {
  const moved: string[] = [];
  const panels = session.space.panels.map((panel) => {
    const wanted = Object.hasOwn(poses, panel.id) ? poses[panel.id] : undefined;
    const pose = wanted && limitPose(wanted);
    if (!pose || isSamePose(pose, panel.pose)) return panel;
    moved.push(panel.id);
    return { ...panel, pose };
  });
  if (moved.length === 0) return session;
  const next = withSpace(session, { panels });
  return keepOrder ? next : followLayout(session, next, moved);
}

export function isSamePose(a: Pose, b: Pose): boolean {
  return (Object.keys(a) as (keyof Pose)[]).every((key) => a[key] === b[key]);
}

/** Panels come along when the person turns or walks. */
export function setFollow(session: Session, follow: boolean): Session {
  const { layout } = session.space;
  return layout.follow === follow ? session : withSpace(session, { layout: { ...layout, follow } });
}

/**
 * Locks one panel to the head, or none; another one locked before is let go. The pose
 * of a locked panel is measured from where the head points, so whoever locks or lets
 * go gives the pose that leaves the panel where it is seen.
 */
export function setHeadLocked(
  session: Session,
  id: string | null,
  poses: Readonly<Record<string, Pose>> = {},
): Session {
  const { layout } = session.space;
  if (layout.headLockedId === id || (id !== null && !findPanel(session, id))) return session;
  const changed = withSpace(session, { layout: { ...layout, headLockedId: id } });
  return setPoses(changed, poses, { keepOrder: true });
}

export function setEnvironment(session: Session, environment: string): Session {
  const name = environment.slice(0, 64);
  return name === session.space.environment || name === ""
    ? session
    : withSpace(session, { environment: name });
}
