import { ChevronRight } from "lucide-react";
import { openGroupMenu } from "#components/browse/menus.ts";
import { cx } from "#components/ui/class-names.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import type { PanelGroup } from "#lib/protocol/space.ts";

/**
 * A group's name before its tabs. Folded, it stands for them and is a tab stop of
 * the strip; open, it is for the mouse, as the menu of each tab holds the same.
 */
export function GroupLabel({ group, count }: { group: PanelGroup; count: number }) {
  const name = group.title || "Group";
  const toggle = () => runCommand("group.toggle", { groupId: group.id });
  const shared = {
    type: "button" as const,
    onClick: toggle,
    onContextMenu: (event: React.MouseEvent) => openGroupMenu(event, group.id),
    className: cx(
      "flex h-6 max-w-32 shrink-0 items-center gap-1 rounded-md px-2 text-xs font-medium text-accent hover:bg-hover",
      group.collapsed && "bg-hover",
    ),
  };
  if (!group.collapsed) {
    return (
      <button {...shared} tabIndex={-1} aria-hidden>
        <span className="truncate">{name}</span>
      </button>
    );
  }
  return (
    <button
      {...shared}
      role="tab"
      aria-selected={false}
      tabIndex={-1}
      aria-label={`${name}, folded group of ${count} tabs`}
    >
      <ChevronRight aria-hidden className="size-3.5" />
      <span className="truncate">{name}</span>
      <span className="tabular-nums">{count}</span>
    </button>
  );
}
