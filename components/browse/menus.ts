import type { MouseEvent } from "react";
import { engineEntries, pageMenuEntries, savingEntries } from "#lib/client/commands/page-menu.ts";
import { commands } from "#lib/client/commands/registry.ts";
import { isLoading } from "#lib/client/commands/target.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { type MenuEntry, openMenu } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import { findPagePanel, findPanel } from "#lib/core/space/session.ts";

const LINE: MenuEntry = { type: "separator" };

function entry(id: string, args?: CommandArgs): MenuEntry {
  return args ? { type: "command", id, args } : { type: "command", id };
}

/** Where a context menu opens: at the pointer, or under the control when the keyboard asked for it. */
function place(event: MouseEvent): { x: number; y: number } | DOMRect {
  const byKeyboard = event.clientX === 0 && event.clientY === 0;
  return byKeyboard ? event.currentTarget.getBoundingClientRect() : { x: event.clientX, y: event.clientY };
}

function show(event: MouseEvent, label: string, entries: MenuEntry[]): void {
  event.preventDefault();
  event.stopPropagation();
  openMenu({ label, entries, at: place(event), opener: document.activeElement });
}

export function openTabMenu(event: MouseEvent, panelId: string): void {
  show(event, "Tab", tabEntries(panelId));
}

export function tabEntries(panelId: string): MenuEntry[] {
  const args = { panelId };
  const session = getSession();
  const panel = findPanel(session, panelId);
  const groups = session.space.layout.groups.filter((group) => group.id !== panel?.group);
  const grouping: MenuEntry[] = [
    entry("group.new", args),
    ...groups.map((group) => entry("group.join", { panelId, groupId: group.id })),
  ];
  return [
    entry("tab.new"),
    entry("split.with", args),
    entry("split.leave", args),
    LINE,
    entry("page.reload", args),
    entry("tab.duplicate", args),
    entry("tab.pin", args),
    { type: "submenu", label: "Add to group", entries: grouping },
    entry("group.leave", args),
    LINE,
    entry("tab.moveLeft", args),
    entry("tab.moveRight", args),
    LINE,
    entry("tab.close", args),
    entry("tab.closeOthers", args),
    entry("tab.closeRight", args),
    entry("tab.reopen"),
  ];
}

export function openGroupMenu(event: MouseEvent, groupId: string): void {
  const args = { groupId };
  show(event, "Group", [
    entry("group.toggle", args),
    entry("group.rename", args),
    LINE,
    entry("group.dissolve", args),
    entry("group.close", args),
  ]);
}

/** The pages before or after this one, nearest first. */
export function openHistoryMenu(event: MouseEvent, step: -1 | 1): void {
  const session = getSession();
  const panel = findPagePanel(session, session.activeId);
  if (!panel) return;
  const places = panel.state.entries
    .map((_, index) => index)
    .filter((index) => (index - panel.state.index) * step > 0);
  const nearest = (step < 0 ? places.reverse() : places).slice(0, 12);
  if (nearest.length === 0) return;
  show(
    event,
    step < 0 ? "Earlier pages" : "Later pages",
    nearest.map((index) => entry("page.go", { panelId: panel.id, index })),
  );
}

/** The menu of everything, hanging from the last button of the toolbar. */
export function openMainMenu(opener: Element): void {
  openMenu({ label: "Qui", entries: mainEntries(), at: opener.getBoundingClientRect(), opener });
}

export function mainEntries(): MenuEntry[] {
  const known = (id: string): MenuEntry[] => (commands.get(id) ? [entry(id)] : []);
  return [
    entry("tab.new"),
    entry("tab.newPrivate"),
    entry("tab.reopen"),
    LINE,
    entry("split.right"),
    entry("tab.overview"),
    entry("space.list"),
    LINE,
    // The one that leads out of the view one is in.
    entry(viewStore.getState().view === "flat" ? "view.room" : "view.flat"),
    entry("view.vr"),
    entry("view.ar"),
    ...known("room.menu"),
    LINE,
    ...known("library.bookmark"),
    ...known("library.save"),
    ...known("library.history"),
    ...known("library.bookmarks"),
    ...known("library.readingList"),
    ...known("library.downloads"),
    entry("note.list"),
    entry("trail.list"),
    LINE,
    // A phone's bar has room for neither.
    entry(isLoading({}) ? "page.stop" : "page.reload"),
    entry("page.find"),
    ...engineEntries({}),
    {
      type: "submenu",
      label: "Zoom",
      entries: [entry("page.zoomIn"), entry("page.zoomOut"), entry("page.zoomReset")],
    },
    entry("page.appearance"),
    entry("page.outline"),
    ...savingEntries({}),
    entry("page.site"),
    {
      type: "submenu",
      label: "Share",
      entries: [
        entry("page.copyAddress"),
        entry("page.copyQuiLink"),
        entry("page.share"),
        entry("page.openOutside"),
      ],
    },
    LINE,
    entry("settings.open"),
    entry("help.shortcuts"),
    ...known("app.install"),
    ...known("app.update"),
  ];
}

/** For a page, away from its links. */
export function openPageMenu(event: MouseEvent, panelId: string): void {
  show(event, "Page", pageMenuEntries(panelId));
}
