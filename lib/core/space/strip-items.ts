import { findSplit, type Session } from "#lib/core/space/session.ts";
import type { Panel, PanelGroup } from "#lib/protocol/space.ts";

/** What stands in the tab strip, in order. `joined` says where a tab stands in the capsule of its split. */
export type StripItem =
  | { type: "group"; group: PanelGroup; count: number }
  | { type: "tab"; panel: Panel; joined: "start" | "middle" | "end" | null };

/** Panels of a folded group are not in it. */
export function stripItems(session: Session): StripItem[] {
  const { panels, layout } = session.space;
  const groups = new Map(layout.groups.map((group) => [group.id, group]));
  const seen = new Set<string>();
  return panels.flatMap((panel): StripItem[] => {
    const items: StripItem[] = [];
    const group = groups.get(panel.group ?? "");
    if (group && !seen.has(group.id)) {
      seen.add(group.id);
      items.push({ type: "group", group, count: panels.filter((other) => other.group === group.id).length });
    }
    if (!group?.collapsed) items.push({ type: "tab", panel, joined: joinOf(session, panel.id) });
    return items;
  });
}

function joinOf(session: Session, id: string): "start" | "middle" | "end" | null {
  const members = findSplit(session, id)?.panels;
  if (!members) return null;
  const place = members.indexOf(id);
  return place === 0 ? "start" : place === members.length - 1 ? "end" : "middle";
}
