import type { Bookmark, HistoryEntry } from "#lib/core/omnibox/sources.ts";
import type { Page } from "#lib/protocol/pages.ts";

/**
 * What the frame asks of the library (history, bookmarks, saved pages) and tells
 * it. Lists are in memory and cheap to read: the omnibox asks at every key press.
 */
export interface LibraryPort {
  history(): readonly HistoryEntry[];
  bookmarks(): readonly Bookmark[];
  /** Never called for private panels. `typed`: chosen in the address bar rather than followed from a link. */
  recordVisit(visit: { url: string; title: string; icon: string | null; typed: boolean }): void;
  /** The copy saved for reading offline, or null. */
  getSavedPage(url: string): Promise<Page | null>;
}

let library: LibraryPort = {
  history: () => [],
  bookmarks: () => [],
  recordVisit: () => undefined,
  getSavedPage: async () => null,
};

export function getLibrary(): LibraryPort {
  return library;
}

/** Called once by the library when its lists are read. */
export function setLibrary(port: LibraryPort): void {
  library = port;
}
