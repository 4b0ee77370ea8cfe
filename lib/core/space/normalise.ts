import type { Session } from "#lib/core/space/session.ts";
import type { Panel, PanelGroup, Split } from "#lib/protocol/space.ts";

/**
 * Brings a session back to the rules every view relies on, keeping the order a
 * person chose wherever the rules allow:
 * pinned panels stand first and belong to no group or split; the panels of a split
 * and of a group stand together; a split holds two or three open panels and its
 * sizes sum to 1; a group that lost its last panel is gone; some panel is active
 * whenever there is one; the panel locked to the head and the named layout in use exist.
 */
export function normalise(session: Session): Session {
  const { space } = session;
  const { layout } = space;
  const groupIds = new Set(space.layout.groups.map((group) => group.id));
  const tidied = space.panels.map((panel) => tidyGroup(panel, groupIds));
  const pinned = tidied.filter((panel) => panel.pinned);
  const rest = tidied.filter((panel) => !panel.pinned);

  const byId = new Map(rest.map((panel) => [panel.id, panel]));
  const splits = tidySplits(space.layout.splits, byId);
  const panels = [...pinned, ...gather(gather(shareGroups(rest, splits), splitKey(splits)), groupKey)];
  const used = new Set(panels.map((panel) => panel.group));
  const groups = space.layout.groups.filter((group) => used.has(group.id));

  const open = (id: string | null) => id !== null && panels.some((panel) => panel.id === id);
  const { returnTo } = session;
  return {
    ...session,
    space: {
      ...space,
      panels,
      layout: {
        ...layout,
        splits: orderSplits(splits, panels),
        groups: dedupe(groups),
        activeLayoutId: layout.poseLayouts.some(({ id }) => id === layout.activeLayoutId)
          ? layout.activeLayoutId
          : null,
        headLockedId: open(layout.headLockedId) ? layout.headLockedId : null,
      },
    },
    activeId: open(session.activeId) ? session.activeId : (panels[0]?.id ?? null),
    returnTo: returnTo && open(returnTo.from) && open(returnTo.to) ? returnTo : null,
  };
}

function tidyGroup(panel: Panel, groupIds: ReadonlySet<string>): Panel {
  if (panel.group === undefined || (!panel.pinned && groupIds.has(panel.group))) return panel;
  const { group: _left, ...rest } = panel;
  return rest;
}

function tidySplits(splits: readonly Split[], open: ReadonlyMap<string, Panel>): Split[] {
  const taken = new Set<string>();
  const tidy: Split[] = [];
  for (const split of splits) {
    const kept = split.panels.flatMap((id, place) => {
      if (!open.has(id) || taken.has(id)) return [];
      return [{ id, size: split.sizes[place] ?? 0 }];
    });
    if (kept.length < 2) continue;
    const members = kept.slice(0, 3);
    for (const member of members) taken.add(member.id);
    tidy.push({
      id: split.id,
      panels: members.map((member) => member.id),
      sizes: shareSizes(members.map((member) => member.size)),
    });
  }
  return tidy;
}

export const SPLIT_SHARE_MIN = 0.2;

/** Smaller differences than this are rounding, never a person's doing. */
const EPSILON = 1e-3;

/** Scales sizes to sum to 1 with none under a fifth; sizes that say nothing become equal shares. */
export function shareSizes(sizes: readonly number[]): number[] {
  const usable = sizes.every((size) => Number.isFinite(size) && size > 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const fits = (list: readonly number[]) => list.every((share) => share > SPLIT_SHARE_MIN - EPSILON);
  if (usable && Math.abs(total - 1) < EPSILON && fits(sizes)) return [...sizes];
  const shares = usable ? sizes.map((size) => size / total) : sizes.map(() => 1 / sizes.length);
  if (fits(shares)) return shares;
  const small = (share: number) => share < SPLIT_SHARE_MIN + EPSILON;
  const spare = 1 - shares.filter(small).length * SPLIT_SHARE_MIN;
  const big = shares.reduce((sum, share) => sum + (small(share) ? 0 : share), 0);
  const scaled = shares.map((share) => (small(share) ? SPLIT_SHARE_MIN : (share / big) * spare));
  // Scaling down may push another share under the floor; each pass fixes at least one, so this ends.
  return fits(scaled) ? scaled : shareSizes(scaled);
}

/** Panels of one split share the group of its first member, so that both can stand together. */
function shareGroups(panels: readonly Panel[], splits: readonly Split[]): Panel[] {
  const byId = new Map(panels.map((panel) => [panel.id, panel]));
  const groupOf = new Map<string, string | undefined>();
  for (const split of splits) {
    const group = byId.get(split.panels[0] ?? "")?.group;
    for (const id of split.panels) groupOf.set(id, group);
  }
  return panels.map((panel) => {
    if (!groupOf.has(panel.id) || groupOf.get(panel.id) === panel.group) return panel;
    const { group: _old, ...rest } = panel;
    const group = groupOf.get(panel.id);
    return group === undefined ? rest : { ...rest, group };
  });
}

function splitKey(splits: readonly Split[]) {
  return (panel: Panel): string | undefined => splits.find((split) => split.panels.includes(panel.id))?.id;
}

const groupKey = (panel: Panel): string | undefined => panel.group;

/** Moves every item next to the first one with the same key; items without a key stay where they are. */
function gather(panels: readonly Panel[], keyOf: (panel: Panel) => string | undefined): Panel[] {
  const done = new Set<string>();
  return panels.flatMap((panel) => {
    const key = keyOf(panel);
    if (key === undefined) return [panel];
    if (done.has(key)) return [];
    done.add(key);
    return panels.filter((other) => keyOf(other) === key);
  });
}

/** The order on screen is the order in the strip. */
function orderSplits(splits: readonly Split[], panels: readonly Panel[]): Split[] {
  const place = new Map(panels.map((panel, index) => [panel.id, index]));
  return splits.map((split) => {
    const members = split.panels
      .map((id, index) => ({ id, size: split.sizes[index] ?? 0, place: place.get(id) ?? 0 }))
      .sort((a, b) => a.place - b.place);
    return { ...split, panels: members.map((m) => m.id), sizes: members.map((m) => m.size) };
  });
}

function dedupe(groups: readonly PanelGroup[]): PanelGroup[] {
  const seen = new Set<string>();
  return groups.filter((group) => !seen.has(group.id) && seen.add(group.id));
}
