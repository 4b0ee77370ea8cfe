import { overlaps } from "#lib/core/layout/angular-rect.ts";
import { placePanel } from "#lib/core/layout/place-panel.ts";
import { arrangePreset, type PresetName } from "#lib/core/layout/presets.ts";
import { inReadingOrder } from "#lib/core/layout/reading-order.ts";
import { placedPanels, sortByLayout } from "#lib/core/space/layout-order.ts";
import { setPoses } from "#lib/core/space/poses.ts";
import { isPlaced, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Layout, Panel, Pose, PoseLayout } from "#lib/protocol/space.ts";

export const POSE_LAYOUTS_MAX = 50;

function withLayout(session: Session, change: Partial<Layout>): Session {
  const { layout } = session.space;
  const keys = Object.keys(change) as (keyof Layout)[];
  if (keys.every((key) => change[key] === layout[key])) return session;
  return withSpace(session, { layout: { ...layout, ...change } });
}

export function findLayout(session: Session, id: string | null): PoseLayout | undefined {
  return session.space.layout.poseLayouts.find((layout) => layout.id === id);
}

/**
 * Keeps how the panels stand now under a name; a layout of the same id is replaced.
 * Private panels are not in it. The same session when the name is empty or there are
 * fifty already.
 */
export function saveLayout(session: Session, { id, name }: { id: string; name: string }): Session {
  const title = name.trim().slice(0, 128);
  const { poseLayouts } = session.space.layout;
  const isNew = !findLayout(session, id);
  if (!title || (isNew && poseLayouts.length >= POSE_LAYOUTS_MAX)) return session;
  const shown = placedPanels(session).filter((panel) => !panel.private);
  const poses = Object.fromEntries(shown.map((panel) => [panel.id, panel.pose]));
  const saved: PoseLayout = { id, name: title, poses };
  const next = isNew
    ? [...poseLayouts, saved]
    : poseLayouts.map((other) => (other.id === id ? saved : other));
  return withLayout(session, { poseLayouts: next, activeLayoutId: id });
}

/**
 * Panels go back to where they stood when the layout was saved, and the strip takes
 * its order. Panels opened since take the places of those closed since, in order;
 * what is left stays where it is or finds room.
 */
export function applyLayout(session: Session, id: string): Session {
  const layout = findLayout(session, id);
  if (!layout) return session;
  const known = (panel: Panel) =>
    Object.hasOwn(layout.poses, panel.id) ? layout.poses[panel.id] : undefined;
  const panels = session.space.panels.filter((panel) => panel.id !== session.space.layout.headLockedId);
  const open = new Set(session.space.panels.map((panel) => panel.id));
  const poses = new Map<string, Pose>();
  for (const panel of panels) {
    const pose = known(panel);
    if (pose) poses.set(panel.id, pose);
  }
  const free = inReadingOrder(
    Object.entries(layout.poses).flatMap(([panelId, pose]) => (open.has(panelId) ? [] : [{ pose }])),
  );
  for (const panel of panels) {
    if (poses.has(panel.id)) continue;
    const taken = [...poses.values()];
    const stays = isPlaced(panel) && !taken.some((pose) => overlaps(pose, panel.pose));
    poses.set(panel.id, free.shift()?.pose ?? (stays ? panel.pose : placePanel(taken)));
  }
  const arranged = setPoses(session, Object.fromEntries(poses), { keepOrder: true });
  return sortByLayout(withLayout(arranged, { activeLayoutId: id }));
}

export function renameLayout(session: Session, id: string, name: string): Session {
  const title = name.trim().slice(0, 128);
  const layout = findLayout(session, id);
  if (!layout || !title || layout.name === title) return session;
  const { poseLayouts } = session.space.layout;
  return withLayout(session, {
    poseLayouts: poseLayouts.map((other) => (other.id === id ? { ...other, name: title } : other)),
  });
}

/** The panels stay where they are. */
export function deleteLayout(session: Session, id: string): Session {
  const { poseLayouts, activeLayoutId } = session.space.layout;
  if (!findLayout(session, id)) return session;
  return withLayout(session, {
    poseLayouts: poseLayouts.filter((layout) => layout.id !== id),
    activeLayoutId: activeLayoutId === id ? null : activeLayoutId,
  });
}

/** Puts one layout back as it was in `before`, after it was deleted or saved over; in use again if it was. */
export function restoreLayout(session: Session, before: Layout, id: string): Session {
  const index = before.poseLayouts.findIndex((layout) => layout.id === id);
  const layout = before.poseLayouts[index];
  const { poseLayouts, activeLayoutId } = session.space.layout;
  const others = poseLayouts.filter((other) => other.id !== id);
  if (!layout || others.length >= POSE_LAYOUTS_MAX) return session;
  return withLayout(session, {
    poseLayouts: others.toSpliced(index, 0, layout),
    activeLayoutId: before.activeLayoutId === id ? id : activeLayoutId,
  });
}

/** Sets the panels out in one of Qui's own arrangements, by the strip's order, which stays. */
export function applyPreset(session: Session, name: PresetName): Session {
  const { panels, layout } = session.space;
  const ids = panels.flatMap((panel) => (panel.id === layout.headLockedId ? [] : [panel.id]));
  const arranged = setPoses(session, arrangePreset(name, ids, session.activeId), { keepOrder: true });
  return withLayout(arranged, { activeLayoutId: null });
}
