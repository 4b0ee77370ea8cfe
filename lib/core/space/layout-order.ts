import { inReadingOrder } from "#lib/core/layout/reading-order.ts";
import { normalise } from "#lib/core/space/normalise.ts";
import { isPlaced, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Panel } from "#lib/protocol/space.ts";

/*
 * The strip's order and the poses are both kept, and each follows the other when a
 * person changes one of them (ADR 0080).
 */

/** Panels that have a place in the room; the one locked to the head has its place in the field of view. */
export function placedPanels({ space }: Session): Panel[] {
  return space.panels.filter((panel) => isPlaced(panel) && panel.id !== space.layout.headLockedId);
}

/**
 * The ids of all panels in the order the layout gives: row by row, from left to
 * right. A panel without a place in the room keeps its place in the strip. Pinned
 * panels, groups and splits are not thought of here; `normalise` brings them together.
 */
export function orderFromLayout(session: Session): string[] {
  const placed = placedPanels(session);
  const ordered = inReadingOrder(placed)[Symbol.iterator]();
  const isMoving = new Set(placed);
  return session.space.panels.map((panel) =>
    isMoving.has(panel) ? (ordered.next().value?.id ?? panel.id) : panel.id,
  );
}

/** Puts the whole strip into the layout's order, as far as pins, groups and splits allow. */
export function sortByLayout(session: Session): Session {
  return withOrder(session, orderFromLayout(session));
}

/**
 * After panels were moved in the room: each that has passed another in reading order
 * goes, in the strip, right after the one it now follows. All others keep their
 * order, so that moving one panel never shuffles the tabs.
 */
export function followLayout(before: Session, after: Session, movedIds: readonly string[]): Session {
  const moved = new Set(movedIds);
  if (placedPanels(after).every((panel) => moved.has(panel.id))) return sortByLayout(after);
  return movedIds.reduce((session, id) => followOne(before, session, id), after);
}

function followOne(before: Session, after: Session, id: string): Session {
  const panel = after.space.panels.find((other) => other.id === id);
  if (!panel) return after;
  // Pinned panels stand first whatever their place, so they say nothing about the others.
  const isAlike = (other: Panel) => other.pinned === panel.pinned;
  const ranked = inReadingOrder(placedPanels(after).filter(isAlike)).map((other) => other.id);
  const wasRanked = inReadingOrder(placedPanels(before).filter(isAlike)).map((other) => other.id);
  const place = ranked.indexOf(id);
  const ahead = new Set(ranked.slice(0, place));
  const wasAhead = wasRanked.slice(0, wasRanked.indexOf(id));
  const isSame =
    wasRanked.includes(id) && wasAhead.length === ahead.size && wasAhead.every((other) => ahead.has(other));
  if (place < 0 || isSame) return after;
  const ids = after.space.panels.flatMap((other) => (other.id === id ? [] : [other.id]));
  const previous = ranked[place - 1];
  const next = ranked[place + 1];
  const at = previous !== undefined ? ids.indexOf(previous) + 1 : ids.indexOf(next ?? "");
  return at < 0 ? after : withOrder(after, ids.toSpliced(at, 0, id));
}

/**
 * After panels were put into another order in the strip: the places in the room stay,
 * and the panel that has become the n-th gets the place of the one that was. Nothing
 * moves that has kept its number.
 */
export function carryPoses(before: Session, after: Session): Session {
  const open = new Set(after.space.panels.map((panel) => panel.id));
  const poses = placedPanels(before).flatMap((panel) => (open.has(panel.id) ? [panel.pose] : []));
  const carrying = new Set(placedPanels(before).map((panel) => panel.id));
  let place = 0;
  const panels = after.space.panels.map((panel) => {
    if (!carrying.has(panel.id)) return panel;
    const pose = poses[place++] ?? panel.pose;
    return pose === panel.pose ? panel : { ...panel, pose };
  });
  return withSpace(after, { panels });
}

/** Panels not named keep their number as far as they can. */
export function withOrder(session: Session, ids: readonly string[]): Session {
  const byId = new Map(session.space.panels.map((panel) => [panel.id, panel]));
  const named = ids.filter((id) => byId.has(id))[Symbol.iterator]();
  const isNamed = new Set(ids);
  const panels = session.space.panels.map((panel) =>
    isNamed.has(panel.id) ? (byId.get(named.next().value ?? "") ?? panel) : panel,
  );
  if (panels.every((panel, place) => panel === session.space.panels[place])) return session;
  return normalise(withSpace(session, { panels }));
}
