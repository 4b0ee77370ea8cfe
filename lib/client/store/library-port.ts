import type { Bookmark, HistoryEntry } from "#lib/core/omnibox/sources.ts";
import type { Page } from "#lib/protocol/pages.ts";

export interface SavedCopy {
  page: Page;
  /** ISO 8601. */
  savedAt: string;
}

export interface VisitedPage {
  url: string;
  title: string;
  icon: string | null;
  /** Chosen in the address bar rather than followed from a link. */
  typed: boolean;
}

/**
 * What the frame asks of the library (history, bookmarks, saved pages) and tells
 * it. Lists are in memory and cheap to read: the omnibox asks at every key press.
 */
export interface LibraryPort {
  history(): readonly HistoryEntry[];
  bookmarks(): readonly Bookmark[];
  /** Never called for private panels. */
  recordVisit(visit: VisitedPage): void;
  /** The copy saved for reading offline, or null. */
  getSavedPage(url: string): Promise<SavedCopy | null>;
}

/** Longer than opening the library takes anywhere; after that it will not come. */
const START_MAX_MS = 8000;

const early: VisitedPage[] = [];
let library: LibraryPort | undefined;
let arrived: ((port: LibraryPort) => void) | undefined;
const arrival = new Promise<LibraryPort>((resolve) => {
  arrived = resolve;
});

/** Stands in until the library is there: remembers what it is told, and waits to be asked. */
const waiting: LibraryPort = {
  history: () => [],
  bookmarks: () => [],
  recordVisit: (visit) => void early.push(visit),
  getSavedPage: async (url) => {
    const timeout = new Promise<null>((resolve) => setTimeout(resolve, START_MAX_MS, null));
    const port = await Promise.race([arrival, timeout]);
    return port ? port.getSavedPage(url) : null;
  },
};

export function getLibrary(): LibraryPort {
  return library ?? waiting;
}

/** Called by the library when its lists are read. */
export function setLibrary(port: LibraryPort): void {
  library = port;
  for (const visit of early.splice(0)) port.recordVisit(visit);
  arrived?.(port);
}

/** Resolves when the library is there. */
export async function whenLibraryReady(): Promise<void> {
  await arrival;
}
