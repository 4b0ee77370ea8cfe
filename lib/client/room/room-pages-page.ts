import { commands } from "#lib/client/commands/registry.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { commandRow } from "#lib/client/room/room-pages-space.ts";
import { roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";
import type { MenuEntry } from "#lib/client/store/ui-store.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { buildOutline } from "#lib/core/reading/outline.ts";
import { summariseTrackers } from "#lib/core/reading/tracker-summary.ts";
import type { RoomPage, RoomRow } from "#lib/core/room-ui/room-page.ts";
import type { Page, TrackerLevel } from "#lib/protocol/pages.ts";

const NO_PAGE = "There is nothing to show until the page has loaded.";

function activePage(): { panelId: string; page: Page } | null {
  const { session, views } = browserStore.getState();
  const view = views[session.activeId ?? ""]?.view;
  return session.activeId !== null && view?.status === "ready"
    ? { panelId: session.activeId, page: view.page }
    : null;
}

export function outlinePage(): RoomPage {
  const active = activePage();
  if (!active) return { title: "Outline", rows: [], note: NO_PAGE };
  const entries = buildOutline(active.page.document);
  return {
    title: "Outline",
    note: entries.length === 0 ? "This page has no sections." : "",
    rows: entries.map(({ blockId, depth, text }) => ({
      id: blockId,
      label: `${"   ".repeat(Math.min(depth, 5) - 1)}${text}`,
      action: {
        type: "call",
        run: () => getViewHandle(active.panelId)?.scrollToBlock(blockId),
        stays: true,
      },
    })),
  };
}

const LEVELS: readonly (readonly [TrackerLevel, string])[] = [
  ["strict", "Strict protection"],
  ["standard", "Standard protection"],
  ["off", "No protection"],
];

/** Who wanted to watch, and how much is left out from now on. */
export function sitePage(): RoomPage {
  const active = activePage();
  if (!active) return { title: "About this page", rows: [], note: NO_PAGE };
  const { page } = active;
  const summary = summariseTrackers(page.trackers);
  const entities = summary.categories.flatMap(({ category, entities: owners }) =>
    owners.map(
      ({ name, count }): RoomRow => ({
        id: `${category} ${name}`,
        label: name,
        detail: `${category} · ${count}`,
        icon: "shield",
        action: { type: "call", run: () => {}, stays: true },
      }),
    ),
  );
  return {
    title: shortAddress(page.document.source.finalUrl),
    note: `${summary.headline}. ${summary.explanation}`,
    rows: [
      ...commandRow("trackers.constellation", { icon: "shield" }),
      ...LEVELS.map(
        ([level, label]): RoomRow => ({
          id: level,
          label,
          checked: settingsStore.getState().trackerLevel === level,
          action: {
            type: "call",
            stays: true,
            run: () => {
              updateSettings({ trackerLevel: level });
              commands.run("page.reload", { panelId: active.panelId });
            },
          },
        }),
      ),
      ...entities,
    ],
  };
}

/** The menu of a panel or a link, a submenu's entries below its name. */
export function entriesPage(): RoomPage {
  const { entries } = roomUiStore.getState();
  return { title: entries?.label ?? "Menu", columns: 2, rows: unique(entryRows(entries?.entries ?? [])) };
}

/** Menus of the page and of its tab share a few entries. */
function unique(rows: readonly RoomRow[]): RoomRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function entryRows(entries: readonly MenuEntry[]): RoomRow[] {
  return entries.flatMap((entry): RoomRow[] => {
    if (entry.type === "separator") return [];
    if (entry.type === "command") {
      const label = entry.label ? { label: entry.label } : {};
      return commandRow(entry.id, { ...label, ...(entry.args ? { args: entry.args } : {}) });
    }
    return entryRows(entry.entries).map((row) => ({ ...row, detail: entry.label }));
  });
}
