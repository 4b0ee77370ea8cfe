import { recordVisit } from "#lib/client/library/history.ts";
import { registerLibraryCommands } from "#lib/client/library/library-commands.ts";
import { libraryStore, startLibraryStore } from "#lib/client/library/library-store.ts";
import { getSavedPage } from "#lib/client/library/saved-pages.ts";
import { setLibrary } from "#lib/client/store/library-port.ts";
import { mirrorSiteSettings } from "#lib/client/store/site-settings-store.ts";
import { folderPath } from "#lib/core/library/bookmark-tree.ts";
import type { Bookmark } from "#lib/core/omnibox/sources.ts";

/**
 * Opens the library and gives it to the frame. Meant to be loaded after the first
 * paint: until then the frame works without it. Returns how to stop.
 */
export async function startLibrary(): Promise<() => void> {
  registerLibraryCommands();
  const stop = await startLibraryStore();
  if (libraryStore.getState().status === "ready") mirrorSiteSettings(libraryStore.getState().siteSettings);
  let bookmarks = suggestedBookmarks();
  const unsubscribe = libraryStore.subscribe((state, previous) => {
    if (state.bookmarks !== previous.bookmarks) bookmarks = suggestedBookmarks();
    if (state.siteSettings !== previous.siteSettings) mirrorSiteSettings(state.siteSettings);
  });
  setLibrary({
    history: () => libraryStore.getState().addresses,
    bookmarks: () => bookmarks,
    recordVisit(visit) {
      recordVisit({ ...visit, at: Date.now() }).catch(() => {
        // Reading goes on when storage is full or off; the library's own views say so.
        libraryStore.setState({ status: "failed" });
      });
    },
    getSavedPage,
  });
  return () => {
    unsubscribe();
    stop();
  };
}

function suggestedBookmarks(): Bookmark[] {
  const nodes = libraryStore.getState().bookmarks;
  return nodes.flatMap((node) =>
    node.kind === "link"
      ? [
          {
            url: node.url,
            title: node.title,
            icon: node.icon,
            folder: folderPath(nodes, node.parentId).join(" / "),
          },
        ]
      : [],
  );
}
