import { carryPoses } from "#lib/core/space/layout-order.ts";
import { normalise, SPLIT_SHARE_MIN } from "#lib/core/space/normalise.ts";
import { findPanel, findSplit, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Split } from "#lib/protocol/space.ts";

export const SPLIT_PANELS_MAX = 3;

/** Whether another panel may stand beside this one. */
export function canSplit(session: Session, id: string): boolean {
  const panel = findPanel(session, id);
  if (!panel || panel.pinned) return false;
  return (findSplit(session, id)?.panels.length ?? 1) < SPLIT_PANELS_MAX;
}

/**
 * Shows `otherId` beside `id`. Both keep what they show; the other leaves the split
 * it was in. Shares become equal, because a third panel changes all of them.
 * The same session when there is no room or either is pinned.
 */
export function splitWith(
  session: Session,
  { id, otherId, side, splitId }: { id: string; otherId: string; side: "left" | "right"; splitId: string },
): Session {
  const other = findPanel(session, otherId);
  if (!other || other.pinned || id === otherId) return session;
  const alone = findSplit(session, otherId) ? unsplit(session, otherId) : session;
  if (!canSplit(alone, id)) return session;

  const existing = findSplit(alone, id);
  const members = existing?.panels ?? [id];
  const at = members.indexOf(id) + (side === "right" ? 1 : 0);
  const ids = members.toSpliced(at, 0, otherId);
  const split: Split = { id: existing?.id ?? splitId, panels: ids, sizes: ids.map(() => 1 / ids.length) };

  const rest = alone.space.panels.filter((panel) => panel.id !== otherId);
  const anchor = rest.findIndex((panel) => panel.id === id) + (side === "right" ? 1 : 0);
  const panels = rest.toSpliced(anchor, 0, other);
  const { layout } = alone.space;
  const splits = [...layout.splits.filter((s) => s.id !== split.id), split];
  return normalise({ ...withSpace(alone, { panels, layout: { ...layout, splits } }), activeId: otherId });
}

/** Takes a panel out of its split; it becomes a tab of its own right after. */
export function unsplit(session: Session, id: string): Session {
  const split = findSplit(session, id);
  const panel = findPanel(session, id);
  if (!split || !panel) return session;
  const remaining = split.panels.filter((other) => other !== id);
  const { layout } = session.space;
  const splits = layout.splits.map((s) =>
    s.id === split.id
      ? { ...s, panels: remaining, sizes: s.sizes.filter((_, place) => s.panels[place] !== id) }
      : s,
  );
  const rest = session.space.panels.filter((other) => other.id !== id);
  const last = rest.findLastIndex((other) => remaining.includes(other.id));
  return normalise(
    withSpace(session, { panels: rest.toSpliced(last + 1, 0, panel), layout: { ...layout, splits } }),
  );
}

/** Every panel of the split becomes a tab of its own. */
export function dissolveSplit(session: Session, splitId: string): Session {
  const { layout } = session.space;
  return withSpace(session, { layout: { ...layout, splits: layout.splits.filter((s) => s.id !== splitId) } });
}

/**
 * Moves the divider after panel `divider` (0-based) to share `position` of the whole
 * width, only changing the two panels beside it; neither falls under a fifth.
 */
export function moveDivider(
  session: Session,
  { splitId, divider, position }: { splitId: string; divider: number; position: number },
): Session {
  const { layout } = session.space;
  const splits = layout.splits.map((split) => {
    const left = split.sizes[divider];
    const right = split.sizes[divider + 1];
    if (split.id !== splitId || left === undefined || right === undefined) return split;
    const start = split.sizes.slice(0, divider).reduce((sum, size) => sum + size, 0);
    const pair = left + right;
    const share = Math.min(pair - SPLIT_SHARE_MIN, Math.max(SPLIT_SHARE_MIN, position - start));
    return {
      ...split,
      sizes: split.sizes.with(divider, round(share)).with(divider + 1, round(pair - share)),
    };
  });
  return withSpace(session, { layout: { ...layout, splits } });
}

/** A ten-thousandth of the width is finer than any pixel. */
function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

/** Exchanges the places of a panel and its neighbour in the split, in the room too. */
export function swapInSplit(session: Session, id: string, step: -1 | 1): Session {
  const split = findSplit(session, id);
  const otherId = split?.panels[split.panels.indexOf(id) + step];
  if (!split || otherId === undefined) return session;
  const { panels } = session.space;
  const from = panels.findIndex((panel) => panel.id === id);
  const to = panels.findIndex((panel) => panel.id === otherId);
  const [a, b] = [panels[from], panels[to]];
  if (!a || !b) return session;
  return carryPoses(session, normalise(withSpace(session, { panels: panels.with(from, b).with(to, a) })));
}
