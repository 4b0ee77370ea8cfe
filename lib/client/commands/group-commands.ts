import { closeWithUndo } from "#lib/client/commands/tab-commands.ts";
import { targetPanel } from "#lib/client/commands/target.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { groupPanels, ungroupPanels, updateGroup } from "#lib/core/space/panels.ts";
import { findSplit } from "#lib/core/space/session.ts";

function targetGroup(args: CommandArgs) {
  const id = args.groupId ?? targetPanel(args)?.group;
  return getSession().space.layout.groups.find((group) => group.id === id);
}

function membersOf(groupId: string | undefined): string[] {
  return getSession().space.panels.flatMap((panel) => (panel.group === groupId ? [panel.id] : []));
}

const GROUP = {
  name: "groupId",
  description: "The group meant; the active tab's when absent",
  required: false,
} as const;

export const groupCommands: readonly Command[] = [
  {
    id: "group.new",
    group: "Tabs",
    title: "Add tab to new group",
    enabled: (args) => targetPanel(args)?.pinned === false,
    run: (args) => {
      const id = createId();
      const panelId = targetPanel(args)?.id ?? "";
      const panels = findSplit(getSession(), panelId)?.panels ?? [panelId];
      updateSession((session) => groupPanels(session, panels, { id, title: "" }));
      openDialog(`group ${id}`);
    },
  },
  {
    id: "group.join",
    group: "Tabs",
    title: (args) => targetGroup({ groupId: args.groupId ?? "" })?.title || "Unnamed group",
    arguments: [{ ...GROUP, required: true }],
    enabled: (args) =>
      targetPanel(args)?.pinned === false && targetGroup({ groupId: args.groupId ?? "" }) !== undefined,
    checked: (args) => targetPanel(args)?.group === args.groupId,
    run: (args) => {
      const group = targetGroup({ groupId: args.groupId ?? "" });
      const panel = targetPanel(args);
      if (group && panel) updateSession((session) => groupPanels(session, [panel.id], group));
    },
  },
  {
    id: "group.leave",
    group: "Tabs",
    title: "Remove tab from group",
    enabled: (args) => targetPanel(args)?.group !== undefined,
    run: (args) => updateSession((session) => ungroupPanels(session, [targetPanel(args)?.id ?? ""])),
  },
  {
    id: "group.rename",
    group: "Tabs",
    title: "Rename group…",
    arguments: [GROUP],
    enabled: (args) => targetGroup(args) !== undefined,
    run: (args) => openDialog(`group ${targetGroup(args)?.id}`),
  },
  {
    id: "group.toggle",
    group: "Tabs",
    title: (args) => (targetGroup(args)?.collapsed ? "Unfold group" : "Fold group"),
    arguments: [GROUP],
    enabled: (args) => targetGroup(args) !== undefined,
    run: (args) => {
      const group = targetGroup(args);
      if (group) updateSession((session) => updateGroup(session, group.id, { collapsed: !group.collapsed }));
    },
  },
  {
    id: "group.dissolve",
    group: "Tabs",
    title: "Ungroup",
    arguments: [GROUP],
    enabled: (args) => targetGroup(args) !== undefined,
    run: (args) => updateSession((session) => ungroupPanels(session, membersOf(targetGroup(args)?.id))),
  },
  {
    id: "group.close",
    group: "Tabs",
    title: "Close group",
    arguments: [GROUP],
    enabled: (args) => targetGroup(args) !== undefined,
    run: (args) => closeWithUndo(membersOf(targetGroup(args)?.id)),
  },
];
