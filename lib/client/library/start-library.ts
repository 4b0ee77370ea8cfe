import { recordVisit } from "#lib/client/library/history.ts";
import { libraryStore, startLibraryStore } from "#lib/client/library/library-store.ts";
import { getSavedPage } from "#lib/client/library/saved-pages.ts";
import { setLibrary } from "#lib/client/store/library-port.ts";
import { folderPath } from "#lib/core/library/bookmark-tree.ts";
import type { Bookmark } from "#lib/core/omnibox/sources.ts";

/**
 * Opens the library and gives it to the frame. Meant to be loaded after the first
 * paint: until then the frame works without it. Returns how to stop.
 */
export async function startLibrary(): Promise<() => void> {
  const stop = await startLibraryStore();
  let bookmarks = suggestedBookmarks();
  const unsubscribe = libraryStore.subscribe((state, previous) => {
    if (state.bookmarks !== previous.bookmarks) bookmarks = suggestedBookmarks();
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
