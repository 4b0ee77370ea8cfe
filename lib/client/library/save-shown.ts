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
import { browserStore } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** What the panel meant shows, when it is a page. */
export function shownPage(args: CommandArgs): Page | null {
  const view = browserStore.getState().views[targetShown(args)?.id ?? ""]?.view;
  return view?.status === "ready" && view.page.document.kind !== "search" ? view.page : null;
}

export async function saveShown(args: CommandArgs): Promise<void> {
  const page = shownPage(args);
  const url = targetShown(args)?.state.url;
  if (page && url) await keep(url, page);
}

/** Keeps a page on this device and says what came of it. */
export async function keep(url: string, page: Page): Promise<void> {
  const isFirst = libraryStore.getState().savedPages.length === 0;
  try {
    const saved = await savePage(url, page);
    const text =
      saved.status === "partial" ? "Saved for offline, without some of its pictures" : "Saved for offline";
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
