import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import type { Download } from "#lib/core/library/download.ts";
import type { SavedPage } from "#lib/core/library/saved-page.ts";
import type { SiteSettings } from "#lib/core/library/site-settings.ts";
import type { VisitedAddress } from "#lib/core/library/visit.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Everything a person keeps on this device besides the open panels. */
export interface LibraryDb extends DBSchema {
  /** One record a visit, for the history by day. */
  visits: {
    key: number;
    value: { id?: number; url: string; title: string; at: number };
    indexes: { at: number; url: string };
  };
  /** One record an address, for suggestions. */
  addresses: { key: string; value: VisitedAddress; indexes: { lastVisitedAt: number } };
  bookmarks: { key: string; value: BookmarkNode; indexes: { parentId: string } };
  savedPages: { key: string; value: SavedPage };
  /** The documents of saved pages, apart from their list so that the list stays cheap to read. */
  savedDocuments: { key: string; value: { url: string; page: Page } };
  /** Pictures of saved pages by their path on our origin. */
  savedMedia: {
    key: string;
    value: { src: string; pageUrl: string; blob: Blob };
    indexes: { pageUrl: string };
  };
  downloads: { key: string; value: Download };
  siteSettings: { key: string; value: SiteSettings };
}

export type LibraryStoreName = "visits" | "bookmarks" | "savedPages" | "downloads" | "siteSettings";

const VERSION = 1;

let opened: Promise<IDBPDatabase<LibraryDb>> | undefined;

/**
 * The library's database, opened once a window.
 * @throws DOMException when storage is switched off; the next call tries again.
 */
export function openLibrary(): Promise<IDBPDatabase<LibraryDb>> {
  opened ??= openDB<LibraryDb>("qui-library", VERSION, {
    upgrade(db) {
      const visits = db.createObjectStore("visits", { keyPath: "id", autoIncrement: true });
      visits.createIndex("at", "at");
      visits.createIndex("url", "url");
      db.createObjectStore("addresses", { keyPath: "url" }).createIndex("lastVisitedAt", "lastVisitedAt");
      db.createObjectStore("bookmarks", { keyPath: "id" }).createIndex("parentId", "parentId");
      db.createObjectStore("savedPages", { keyPath: "url" });
      db.createObjectStore("savedDocuments", { keyPath: "url" });
      db.createObjectStore("savedMedia", { keyPath: "src" }).createIndex("pageUrl", "pageUrl");
      db.createObjectStore("downloads", { keyPath: "id" });
      db.createObjectStore("siteSettings", { keyPath: "host" });
    },
    // A newer version of Qui in another window needs the old connection gone.
    blocking() {
      void opened?.then((db) => db.close());
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}
