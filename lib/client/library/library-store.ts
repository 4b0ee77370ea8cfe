import { createStore } from "zustand/vanilla";
import { type LibraryStoreName, openLibrary } from "#lib/client/library/library-db.ts";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import type { Download } from "#lib/core/library/download.ts";
import type { SavedPage } from "#lib/core/library/saved-page.ts";
import type { SiteSettings } from "#lib/core/library/site-settings.ts";
import type { VisitedAddress } from "#lib/core/library/visit.ts";

/** What the library knows, in memory: small lists only, documents and pictures stay in the database. */
export interface LibraryState {
  /** `failed`: storage is switched off or broken; nothing is remembered and the UI says so. */
  status: "loading" | "ready" | "failed";
  /** Visited last first. */
  addresses: readonly VisitedAddress[];
  bookmarks: readonly BookmarkNode[];
  /** Saved last first. */
  savedPages: readonly SavedPage[];
  /** Started last first. */
  downloads: readonly Download[];
  siteSettings: readonly SiteSettings[];
}

export const libraryStore = createStore<LibraryState>(() => ({
  status: "loading",
  addresses: [],
  bookmarks: [],
  savedPages: [],
  downloads: [],
  siteSettings: [],
}));

const READERS = {
  async visits() {
    const db = await openLibrary();
    return { addresses: (await db.getAllFromIndex("addresses", "lastVisitedAt")).reverse() };
  },
  async bookmarks() {
    const bookmarks = await (await openLibrary()).getAll("bookmarks");
    return { bookmarks: bookmarks.sort((a, b) => a.order - b.order) };
  },
  async savedPages() {
    const savedPages = await (await openLibrary()).getAll("savedPages");
    return { savedPages: savedPages.sort((a, b) => b.savedAt - a.savedAt) };
  },
  async downloads() {
    const downloads = await (await openLibrary()).getAll("downloads");
    return { downloads: downloads.sort((a, b) => b.startedAt - a.startedAt) };
  },
  async siteSettings() {
    const siteSettings = await (await openLibrary()).getAll("siteSettings");
    return { siteSettings: siteSettings.sort((a, b) => (a.host < b.host ? -1 : 1)) };
  },
} satisfies Record<LibraryStoreName, () => Promise<Partial<LibraryState>>>;

let channel: BroadcastChannel | undefined;

/** Reads everything once and follows changes of other windows. Returns how to stop. */
export async function startLibraryStore(): Promise<() => void> {
  channel ??= new BroadcastChannel("qui-library");
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const name = Object.keys(READERS).find((known) => known === data) as LibraryStoreName | undefined;
    if (name) void reread(name);
  };
  await Promise.all((Object.keys(READERS) as LibraryStoreName[]).map(reread));
  if (libraryStore.getState().status === "loading") libraryStore.setState({ status: "ready" });
  return () => {
    channel?.close();
    channel = undefined;
  };
}

/** Call after writing to a store: this window's lists and every other window's follow. */
export async function changed(name: LibraryStoreName): Promise<void> {
  await reread(name);
  channel?.postMessage(name);
}

async function reread(name: LibraryStoreName): Promise<void> {
  try {
    libraryStore.setState(await READERS[name]());
  } catch {
    // The lists stay as they are; what the person sees is the state, not the exception.
    libraryStore.setState({ status: "failed" });
  }
}
