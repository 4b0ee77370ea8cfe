import { Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { GroupLabel } from "#components/browse/group-label.tsx";
import { Tab } from "#components/browse/tab.tsx";
import { CommandButton } from "#components/ui/command-button.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { showPanel } from "#lib/client/commands/tab-commands.ts";
import { useLinkDrop } from "#lib/client/commands/use-link-drop.ts";
import { useTabDrag } from "#lib/client/commands/use-tab-drag.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { stripItems } from "#lib/core/space/strip-items.ts";

/** The open panels as tabs. Arrow keys go along them, Delete closes one; moving one is a command with keys of its own. */
export function TabStrip() {
  const session = useStore(browserStore, (state) => state.session);
  const listRef = useRef<HTMLDivElement>(null);
  const drag = useTabDrag(listRef);
  const drop = useLinkDrop(listRef);
  const { panels } = session.space;

  // biome-ignore lint/correctness/useExhaustiveDependencies: keeps the active tab in sight as tabs come and go
  useEffect(() => {
    const tab = listRef.current?.querySelector('[aria-selected="true"]');
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [session.activeId, panels.length]);

  return (
    <div className="flex items-center gap-1 px-2 pt-1.5" data-focus-part="tabs">
      <div
        ref={listRef}
        role="tablist"
        aria-label="Tabs"
        tabIndex={-1}
        onKeyDown={(event) => onKeyDown(event, listRef.current)}
        onWheel={(event) => {
          if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
        }}
        {...drag.listProps}
        {...drop.listProps}
        className="relative flex min-w-0 items-center gap-1 overflow-x-auto overflow-y-hidden overscroll-x-contain p-0.5 [scrollbar-width:none]"
      >
        {stripItems(session).map((item) => {
          if (item.type === "group")
            return <GroupLabel key={item.group.id} group={item.group} count={item.count} />;
          const { panel, joined } = item;
          return (
            <Tab
              key={panel.id}
              panel={panel}
              joined={joined}
              active={panel.id === session.activeId}
              dropBefore={drop.dropIndex !== null && panels[drop.dropIndex]?.id === panel.id}
              dropInto={drop.dropPanelId === panel.id}
            />
          );
        })}
      </div>
      <CommandButton
        command="tab.new"
        aria-pressed={drop.dropIndex === panels.length ? true : undefined}
        className="size-8"
      >
        <Plus aria-hidden className="size-4.5" />
      </CommandButton>
    </div>
  );
}

function onKeyDown(event: KeyboardEvent<HTMLElement>, list: HTMLElement | null): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const now = tabs.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, HTMLElement | undefined> = {
    ArrowRight: tabs[(now + 1) % tabs.length],
    ArrowLeft: tabs[(now - 1 + tabs.length) % tabs.length],
    Home: tabs[0],
    End: tabs.at(-1),
  };
  const target = targets[event.key];
  if (target) {
    event.preventDefault();
    target.focus();
    if (target.dataset.panel) showPanel(target.dataset.panel);
  } else if (event.key === "Delete" && tabs[now]?.dataset.panel) {
    event.preventDefault();
    runCommand("tab.close", { panelId: tabs[now].dataset.panel });
    requestAnimationFrame(() => list?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }
}
