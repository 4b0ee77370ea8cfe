import { targetShown } from "#lib/client/commands/target.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import {
  deleteSavedPage,
  readSavedParts,
  restoreSavedParts,
  savePage,
} from "#lib/client/library/saved-pages.ts";
import { requestPersistence } from "#lib/client/library/storage.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import { isReadable } from "#lib/client/live/live-state.ts";
import { getLiveTab, type LiveTab } from "#lib/client/live/live-tab.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** As long as a large page on a narrow line takes. */
const LIVE_MAX_MS = 40_000;
/** Most pages are saved before anybody wonders. */
const SLOW_MS = 1_500;

/** What the panel meant shows, when it is a page. */
export function shownPage(args: CommandArgs): Page | null {
  const view = browserStore.getState().views[targetShown(args)?.id ?? ""]?.view;
  return view?.status === "ready" && view.page.document.kind !== "search" ? view.page : null;
}

/** The live page that the panel meant shows, once it can be read. */
function shownLive(args: CommandArgs): LiveTab | null {
  const panel = targetShown(args);
  const tab = panel?.state.engine === "live" ? getLiveTab(panel.id) : undefined;
  return tab && isReadable(tab.store.getState()) ? tab : null;
}

export function canSaveShown(args: CommandArgs): boolean {
  return shownPage(args) !== null || shownLive(args) !== null;
}

/** Saves what the panel shows: of a live page, which needs its server, the document it is at this moment. */
export async function saveShown(args: CommandArgs): Promise<void> {
  const page = shownPage(args);
  const url = targetShown(args)?.state.url;
  const tab = shownLive(args);
  if (!url) return;
  if (page) await keep(url, page);
  else if (tab) await saveLive(url, tab);
}

async function saveLive(url: string, tab: LiveTab): Promise<void> {
  const slow = setTimeout(() => showToast("Saving what the page shows now…"), SLOW_MS);
  const { readLivePage } = await import("#lib/client/live/read-live-page.ts");
  const reading = await readLivePage(tab, AbortSignal.timeout(LIVE_MAX_MS));
  clearTimeout(slow);
  if (reading.status === "ready") await keep(url, reading.page);
  else
    showToast(
      `${reading.status === "failed" ? reading.message : "The live page is busy"}. Nothing was saved.`,
    );
}

/** Keeps a page on this device and says what came of it. */
export async function keep(url: string, page: Page): Promise<void> {
  const isFirst = libraryStore.getState().savedPages.length === 0;
  try {
    const saved = await savePage(url, page);
    const what = page.fromLive ? "Saved for offline as a document of what it showed" : "Saved for offline";
    const text = saved.status === "partial" ? `${what}, without some of its pictures` : what;
    showToast(text, { label: "Reading list", command: "library.readingList" });
  } catch {
    // Almost always the quota; a disk that fails looks the same from here.
    showToast("This device has no room left for the page. Remove something saved, then try again.");
    return;
  }
  // Asked when there is first something to lose; the answer stands in the settings.
  if (isFirst) void requestPersistence();
}

export async function removeSaved(url: string): Promise<void> {
  const parts = await readSavedParts(url);
  await deleteSavedPage(url);
  if (parts) offerUndo("Saved copy removed", () => restoreSavedParts(parts));
}
