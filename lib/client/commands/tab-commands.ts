import { keepVisibleScrolls, openPage } from "#lib/client/commands/open-page.ts";
import { targetPanel } from "#lib/client/commands/target.ts";
import { ensureLoaded } from "#lib/client/pages/load-panel.ts";
import { dropPrivatePages } from "#lib/client/pages/page-cache.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { announce, openDialog, requestOmnibox, showToast } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import {
  activatePanel,
  closePanels,
  duplicatePanel,
  movePanel,
  panelByStep,
  reopenClosed,
  setPinned,
} from "#lib/core/space/panels.ts";
import { findPanel, findSplit, visiblePanelIds } from "#lib/core/space/session.ts";

/** Shows a panel and fetches it if nobody has looked at it since the session was restored. */
export function showPanel(id: string): void {
  keepVisibleScrolls();
  updateSession((session) => activatePanel(session, id));
  loadVisible();
  catchLostFocus();
}

/** When the focus was in a panel that is gone from the screen, reading goes on in the one that came. */
function catchLostFocus(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) getViewHandle(getSession().activeId ?? "")?.focus();
  });
}

export function loadVisible(): void {
  for (const id of visiblePanelIds(getSession())) ensureLoaded(id);
}

/** Closes panels; several at once can be taken back from the notice. */
export function closeWithUndo(ids: readonly string[]): void {
  if (ids.length === 0) return;
  keepVisibleScrolls();
  const session = getSession();
  const closing = ids.flatMap((id) => findPanel(session, id) ?? []);
  updateSession((current) => closePanels(current, ids, Date.now()));
  for (const panel of closing) if (panel.private) dropPrivatePages(panel.id);
  loadVisible();
  catchLostFocus();
  const first = closing[0];
  if (closing.length === 1) announce(`Closed ${first?.title || "the tab"}`);
  else showToast(`${closing.length} tabs closed`, { label: "Undo", command: "tab.reopen" });
}

function others(args: CommandArgs): string[] {
  const target = targetPanel(args);
  return getSession().space.panels.flatMap((panel) =>
    panel.pinned || panel.id === target?.id ? [] : [panel.id],
  );
}

function toTheRight(args: CommandArgs): string[] {
  const { panels } = getSession().space;
  const place = panels.findIndex((panel) => panel.id === targetPanel(args)?.id);
  return place < 0 ? [] : panels.slice(place + 1).flatMap((panel) => (panel.pinned ? [] : [panel.id]));
}

function moveBy(args: CommandArgs, step: -1 | 1): void {
  const session = getSession();
  const target = targetPanel(args);
  if (!target) return;
  const unit = findSplit(session, target.id)?.panels ?? [target.id];
  const place = session.space.panels.findIndex((panel) => panel.id === unit[0]);
  // A neighbouring split is passed as a whole.
  const beside = session.space.panels[step < 0 ? place - 1 : place + unit.length];
  const width = beside ? (findSplit(session, beside.id)?.panels.length ?? 1) : 0;
  updateSession((current) => movePanel(current, target.id, place + step * width));
  const now = getSession().space.panels.findIndex((panel) => panel.id === target.id);
  announce(`${target.title || "New tab"}, place ${now + 1} of ${getSession().space.panels.length}`);
}

const PANEL = {
  name: "panelId",
  description: "The tab meant; the active one when absent",
  required: false,
} as const;

export const tabCommands: readonly Command[] = [
  {
    id: "tab.new",
    group: "Tabs",
    title: "New tab",
    shortcuts: [{ keys: "Mod+T", installed: true }, { keys: "Alt+T" }],
    run: () => {
      openPage("", { disposition: "new-tab", private: false });
      requestOmnibox();
    },
  },
  {
    id: "tab.newPrivate",
    group: "Tabs",
    title: "New private tab",
    aliases: ["incognito"],
    shortcuts: [{ keys: "Mod+Shift+N", installed: true }, { keys: "Alt+Shift+P" }],
    run: () => {
      openPage("", { disposition: "new-tab", private: true });
      requestOmnibox();
    },
  },
  {
    id: "tab.close",
    group: "Tabs",
    title: "Close tab",
    shortcuts: [{ keys: "Mod+W", installed: true }, { keys: "Alt+W" }],
    arguments: [PANEL],
    enabled: (args) => targetPanel(args) !== undefined,
    run: (args) => closeWithUndo([targetPanel(args)?.id ?? ""]),
  },
  {
    id: "tab.closeOthers",
    group: "Tabs",
    title: "Close other tabs",
    arguments: [PANEL],
    enabled: (args) => others(args).length > 0,
    run: (args) => closeWithUndo(others(args)),
  },
  {
    id: "tab.closeRight",
    group: "Tabs",
    title: "Close tabs to the right",
    arguments: [PANEL],
    enabled: (args) => toTheRight(args).length > 0,
    run: (args) => closeWithUndo(toTheRight(args)),
  },
  {
    id: "tab.closeAll",
    group: "Tabs",
    title: "Close all tabs",
    enabled: () => getSession().space.panels.length > 0,
    run: () => closeWithUndo(getSession().space.panels.map((panel) => panel.id)),
  },
  {
    id: "tab.reopen",
    group: "Tabs",
    title: () =>
      (getSession().closed.at(-1)?.panels.length ?? 1) > 1 ? "Reopen closed tabs" : "Reopen closed tab",
    aliases: ["undo close tab", "restore tab"],
    shortcuts: [{ keys: "Mod+Shift+T", installed: true }, { keys: "Alt+Shift+T" }],
    enabled: () => getSession().closed.length > 0,
    run: () => {
      keepVisibleScrolls();
      updateSession(reopenClosed);
      loadVisible();
    },
  },
  {
    id: "tab.duplicate",
    group: "Tabs",
    title: "Duplicate tab",
    shortcuts: [{ keys: "Alt+Shift+D" }],
    arguments: [PANEL],
    enabled: (args) => targetPanel(args) !== undefined,
    run: (args) => {
      const id = createId();
      keepVisibleScrolls();
      updateSession((session) => duplicatePanel(session, targetPanel(args)?.id ?? "", id));
      loadVisible();
    },
  },
  {
    id: "tab.pin",
    group: "Tabs",
    title: (args) => (targetPanel(args)?.pinned ? "Unpin tab" : "Pin tab"),
    shortcuts: [{ keys: "Alt+P" }],
    arguments: [PANEL],
    enabled: (args) => targetPanel(args) !== undefined,
    run: (args) => {
      const panel = targetPanel(args);
      if (panel) updateSession((session) => setPinned(session, panel.id, !panel.pinned));
    },
  },
  {
    id: "tab.next",
    group: "Tabs",
    title: "Next tab",
    shortcuts: [{ keys: "Ctrl+Tab", installed: true }, { keys: "Alt+PageDown" }, { keys: "Alt+." }],
    enabled: () => getSession().space.panels.length > 1,
    run: () => showPanel(panelByStep(getSession(), 1) ?? ""),
  },
  {
    id: "tab.previous",
    group: "Tabs",
    title: "Previous tab",
    shortcuts: [{ keys: "Ctrl+Shift+Tab", installed: true }, { keys: "Alt+PageUp" }, { keys: "Alt+," }],
    enabled: () => getSession().space.panels.length > 1,
    run: () => showPanel(panelByStep(getSession(), -1) ?? ""),
  },
  {
    id: "tab.go",
    group: "Tabs",
    title: "Go to tab by number",
    shortcuts: [1, 2, 3, 4, 5, 6, 7, 8].flatMap((place) => [
      { keys: `Alt+${place}`, args: { index: place - 1 } },
      { keys: `Mod+${place}`, installed: true, args: { index: place - 1 } },
    ]),
    arguments: [{ name: "index", description: "Place in the strip, from 0", required: true }],
    enabled: ({ index = -1 }) => getSession().space.panels[index] !== undefined,
    run: ({ index = -1 }) => showPanel(getSession().space.panels[index]?.id ?? ""),
  },
  {
    id: "tab.last",
    group: "Tabs",
    title: "Go to last tab",
    shortcuts: [{ keys: "Alt+9" }, { keys: "Mod+9", installed: true }],
    enabled: () => getSession().space.panels.length > 0,
    run: () => showPanel(getSession().space.panels.at(-1)?.id ?? ""),
  },
  {
    id: "tab.select",
    group: "Tabs",
    title: "Switch to tab",
    arguments: [{ ...PANEL, required: true }],
    enabled: (args) => targetPanel(args) !== undefined,
    run: (args) => showPanel(args.panelId ?? ""),
  },
  {
    id: "tab.moveLeft",
    group: "Tabs",
    title: "Move tab left",
    shortcuts: [{ keys: "Mod+Shift+PageUp" }],
    arguments: [PANEL],
    enabled: (args) => targetPanel(args) !== undefined,
    run: (args) => moveBy(args, -1),
  },
  {
    id: "tab.moveRight",
    group: "Tabs",
    title: "Move tab right",
    shortcuts: [{ keys: "Mod+Shift+PageDown" }],
    arguments: [PANEL],
    enabled: (args) => targetPanel(args) !== undefined,
    run: (args) => moveBy(args, 1),
  },
  {
    id: "tab.overview",
    group: "Tabs",
    title: "All tabs",
    aliases: ["tab overview", "search tabs"],
    shortcuts: [{ keys: "Mod+Shift+A" }],
    run: () => openDialog("tabs"),
  },
];
