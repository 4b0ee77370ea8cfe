import { carryPoses } from "#lib/core/space/layout-order.ts";
import { normalise } from "#lib/core/space/normalise.ts";
import {
  type ClosedPanels,
  findPanel,
  findSplit,
  isBlank,
  type Session,
  withSpace,
} from "#lib/core/space/session.ts";
import type { Panel, Space } from "#lib/protocol/space.ts";

const CLOSED_MAX = 25;

export interface OpenOptions {
  /** Stand right after this panel (after its whole split); else at the end. */
  after?: string | undefined;
  /** Stand at this place in the strip; wins over `after`. */
  index?: number | undefined;
  activate: boolean;
}

/** Adds a panel. One opened from another and shown at once goes back to its opener when closed. */
export function openPanel(session: Session, panel: Panel, { after, index, activate }: OpenOptions): Session {
  const panels = [...session.space.panels];
  const opener = after === undefined ? undefined : findPanel(session, after);
  const added: Panel =
    opener?.group !== undefined && panel.group === undefined && !opener.pinned
      ? { ...panel, group: opener.group }
      : panel;
  panels.splice(index ?? placeAfter(session, after), 0, added);
  const next = withSpace(session, { panels });
  if (!activate) return normalise(next);
  return normalise({
    ...next,
    activeId: panel.id,
    returnTo: opener && opener.id === session.activeId ? { from: panel.id, to: opener.id } : null,
  });
}

function placeAfter(session: Session, after: string | undefined): number {
  const { panels } = session.space;
  if (after === undefined) return panels.length;
  const last = findSplit(session, after)?.panels.at(-1) ?? after;
  const place = panels.findIndex((panel) => panel.id === last);
  return place < 0 ? panels.length : place + 1;
}

/** Shows a panel, opening its group if that was folded. */
export function activatePanel(session: Session, id: string): Session {
  const panel = findPanel(session, id);
  if (!panel || session.activeId === id) return session;
  const groups = session.space.layout.groups.map((group) =>
    group.id === panel.group && group.collapsed ? { ...group, collapsed: false } : group,
  );
  const returnTo = session.returnTo?.from === id ? session.returnTo : null;
  return { ...withSpace(session, { layout: { ...session.space.layout, groups } }), activeId: id, returnTo };
}

/** Closes panels together, so that one `reopenClosed` brings them all back. */
export function closePanels(session: Session, ids: readonly string[], now: number): Session {
  const closing = new Set(ids);
  const kept = session.space.panels.filter((panel) => !closing.has(panel.id));
  if (kept.length === session.space.panels.length) return session;
  const remembered: ClosedPanels = {
    closedAt: now,
    panels: session.space.panels.flatMap((panel, index) =>
      closing.has(panel.id) && !panel.private && !isBlank(panel) ? [{ panel, index }] : [],
    ),
  };
  const closed =
    remembered.panels.length > 0 ? [...session.closed, remembered].slice(-CLOSED_MAX) : session.closed;
  const activeId = nextActive(session, closing);
  const space = { panels: kept, ...forgetPrivate(session, closing) };
  return normalise({ ...withSpace(session, space), closed, activeId });
}

/** What was taken from a private panel goes with it. */
function forgetPrivate({ space }: Session, closing: ReadonlySet<string>): Pick<Space, "notes" | "trail"> {
  return {
    notes: space.notes.filter((note) => !note.private || !closing.has(note.panelId)),
    trail: space.trail.filter(
      (link) => !link.private || !(closing.has(link.from.panelId) || closing.has(link.to.panelId)),
    ),
  };
}

/** The opener of a panel just opened, else the rest of its split, else the neighbour to the right, else to the left. */
function nextActive(session: Session, closing: ReadonlySet<string>): string | null {
  const { activeId, returnTo } = session;
  if (activeId === null || !closing.has(activeId)) return activeId;
  if (returnTo?.from === activeId && !closing.has(returnTo.to)) return returnTo.to;
  const partner = findSplit(session, activeId)?.panels.find((id) => !closing.has(id));
  if (partner !== undefined) return partner;
  const { panels } = session.space;
  const place = panels.findIndex((panel) => panel.id === activeId);
  const open = (panel: Panel) => !closing.has(panel.id);
  return (panels.slice(place + 1).find(open) ?? panels.slice(0, place).findLast(open))?.id ?? null;
}

/** Brings the panels closed last back to their places and shows them; the same session when there are none. */
export function reopenClosed(session: Session): Session {
  const last = session.closed.at(-1);
  if (!last) return session;
  const panels = [...session.space.panels];
  for (const { panel, index } of last.panels) {
    if (panels.some((open) => open.id === panel.id)) continue;
    panels.splice(Math.min(index, panels.length), 0, panel);
  }
  return normalise({
    ...withSpace(session, { panels }),
    closed: session.closed.slice(0, -1),
    activeId: last.panels.at(-1)?.panel.id ?? session.activeId,
    returnTo: null,
  });
}

/** A copy right after the original, with its whole history. */
export function duplicatePanel(session: Session, id: string, newId: string): Session {
  const panel = findPanel(session, id);
  return panel
    ? openPanel(session, { ...panel, id: newId, pinned: false }, { after: id, activate: true })
    : session;
}

/** Pinned panels stand first, in the order they were pinned; an unpinned one becomes the first of the others. */
export function setPinned(session: Session, id: string, pinned: boolean): Session {
  const panel = findPanel(session, id);
  if (!panel || panel.pinned === pinned) return session;
  const others = session.space.panels.filter((other) => other.id !== id);
  const boundary = others.filter((other) => other.pinned).length;
  const panels = [...others];
  panels.splice(boundary, 0, { ...panel, pinned });
  return normalise(withSpace(session, { panels }));
}

/**
 * Moves a panel, with its split, so that it starts at place `toIndex` of the strip
 * as it is without the moved panels. Pinned panels stay among pinned ones. Dropped
 * inside a group it joins the group; dropped outside its own it leaves. In the room
 * the panels in between change places (`carryPoses`).
 */
export function movePanel(session: Session, id: string, toIndex: number): Session {
  const moved = new Set(findSplit(session, id)?.panels ?? [id]);
  const moving = session.space.panels.filter((panel) => moved.has(panel.id));
  const others = session.space.panels.filter((panel) => !moved.has(panel.id));
  const boundary = others.filter((panel) => panel.pinned).length;
  const [low, high] = moving[0]?.pinned ? [0, boundary] : [boundary, others.length];
  const place = Math.max(low, Math.min(high, toIndex));
  const before = others[place - 1];
  const after = others[place];
  const own = moving[0]?.group;
  const joined = before?.group !== undefined && before.group === after?.group ? before.group : undefined;
  const keeps = own !== undefined && (before?.group === own || after?.group === own);
  const group = joined ?? (keeps || !others.some((panel) => panel.group === own) ? own : undefined);
  const panels = [...others];
  panels.splice(place, 0, ...moving.map((panel) => withGroup(panel, group)));
  return carryPoses(session, normalise(withSpace(session, { panels })));
}

function withGroup(panel: Panel, group: string | undefined): Panel {
  if (panel.group === group) return panel;
  const { group: _old, ...rest } = panel;
  return group === undefined ? rest : { ...rest, group };
}

/** Puts panels into a new group, placed at the first of them. */
export function groupPanels(
  session: Session,
  ids: readonly string[],
  group: { id: string; title: string },
): Session {
  const wanted = new Set(ids);
  const panels = session.space.panels.map((panel) =>
    wanted.has(panel.id) && !panel.pinned ? withGroup(panel, group.id) : panel,
  );
  const { layout } = session.space;
  const groups = [...layout.groups, { ...group, collapsed: false }];
  return normalise(withSpace(session, { panels, layout: { ...layout, groups } }));
}

/** Panels leave their group together with their splits; those in its middle then stand after it. */
export function ungroupPanels(session: Session, ids: readonly string[]): Session {
  const wanted = new Set(ids.flatMap((id) => findSplit(session, id)?.panels ?? [id]));
  const panels = session.space.panels.map((panel) =>
    wanted.has(panel.id) ? withGroup(panel, undefined) : panel,
  );
  return normalise(withSpace(session, { panels }));
}

export function updateGroup(
  session: Session,
  id: string,
  change: { title?: string; collapsed?: boolean },
): Session {
  const { layout, panels } = session.space;
  const groups = layout.groups.map((group) => (group.id === id ? { ...group, ...change } : group));
  const next = withSpace(session, { layout: { ...layout, groups } });
  const active = findPanel(session, session.activeId);
  if (!change.collapsed || active?.group !== id) return next;
  // Folding the group in front of you shows the nearest panel outside it, if there is one.
  const outside = panels.filter((panel) => panel.group !== id);
  const place = panels.indexOf(active);
  const nearest = outside.sort(
    (a, b) => Math.abs(panels.indexOf(a) - place) - Math.abs(panels.indexOf(b) - place),
  )[0];
  return nearest ? { ...next, activeId: nearest.id, returnTo: null } : session;
}

/** The panel `step` places on in the strip, wrapping round; panels in folded groups are passed over. */
export function panelByStep(session: Session, step: number): string | null {
  const folded = new Set(session.space.layout.groups.filter((g) => g.collapsed).map((g) => g.id));
  const reachable = session.space.panels.filter(
    (panel) => panel.group === undefined || !folded.has(panel.group),
  );
  const place = reachable.findIndex((panel) => panel.id === session.activeId);
  if (reachable.length === 0) return null;
  return reachable[(place + step + reachable.length * Math.abs(step)) % reachable.length]?.id ?? null;
}
