import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  addBookmark,
  addFolder,
  deleteBookmark,
  exportBookmarks,
  findBookmark,
  importBookmarks,
  moveBookmark,
  restoreBookmarks,
} from "#lib/client/library/bookmarks.ts";
import {
  deleteAllHistory,
  deleteVisits,
  listVisits,
  recordVisit,
  restoreHistory,
} from "#lib/client/library/history.ts";
import { openLibrary } from "#lib/client/library/library-db.ts";
import { libraryStore, startLibraryStore } from "#lib/client/library/library-store.ts";
import {
  deleteSavedPage,
  getSavedPage,
  readSavedParts,
  restoreSavedParts,
  savePage,
} from "#lib/client/library/saved-pages.ts";
import { getSavedPicture } from "#lib/client/library/saved-picture.ts";
import { getSiteSettings, updateSiteSettings } from "#lib/client/library/site-settings.ts";
import { childrenOf } from "#lib/core/library/bookmark-tree.ts";
import { makeDocument, makePage } from "../../fixtures/make-document.ts";

const DAY = 24 * 3600 * 1000;

beforeEach(async () => {
  const db = await openLibrary();
  for (const name of db.objectStoreNames) await db.clear(name);
  await startLibraryStore();
});

function visit(url: string, at: number, typed = false) {
  return recordVisit({ url, title: `Title of ${url}`, icon: null, typed, at });
}

describe("history", () => {
  it("sums the visits of an address and lists them newest first", async () => {
    await visit("https://a.example/", 1000, true);
    await visit("https://b.example/", 2000);
    await visit("https://a.example/", 3000);
    expect(libraryStore.getState().addresses).toMatchObject([
      { url: "https://a.example/", visitCount: 2, typedCount: 1, lastVisitedAt: 3000 },
      { url: "https://b.example/", visitCount: 1, typedCount: 0, lastVisitedAt: 2000 },
    ]);
    const visits = await listVisits({ before: Number.POSITIVE_INFINITY, limit: 10 });
    expect(visits.map(({ at }) => at)).toEqual([3000, 2000, 1000]);
  });

  it("pages through visits and filters them", async () => {
    for (let at = 1; at <= 5; at++) await visit(`https://${at % 2 ? "odd" : "even"}.example/`, at);
    const first = await listVisits({ before: 5, limit: 2 });
    expect(first.map(({ at }) => at)).toEqual([4, 3]);
    const odd = await listVisits({ before: 100, limit: 10, matches: ({ url }) => url.includes("odd") });
    expect(odd.map(({ at }) => at)).toEqual([5, 3, 1]);
  });

  it("forgets one address within a range, and nothing else", async () => {
    await visit("https://a.example/", 1);
    await visit("https://b.example/", 2);
    await visit("https://a.example/", 50);
    await deleteVisits({ from: 0, to: 10, url: "https://a.example/" });
    const left = await listVisits({ before: 100, limit: 10 });
    expect(left.map(({ url, at }) => [url, at])).toEqual([
      ["https://a.example/", 50],
      ["https://b.example/", 2],
    ]);
    expect(libraryStore.getState().addresses).toMatchObject([{ visitCount: 1 }, { visitCount: 1 }]);
  });

  it("forgets a range and keeps what lies outside of it, counted anew", async () => {
    await visit("https://a.example/", 10);
    await visit("https://a.example/", 20);
    await visit("https://b.example/", 20);
    await deleteVisits({ from: 20, to: 30 });
    expect(libraryStore.getState().addresses).toMatchObject([
      { url: "https://a.example/", visitCount: 1, lastVisitedAt: 10 },
    ]);
  });

  it("puts back what was forgotten, as it was", async () => {
    await visit("https://a.example/", 10, true);
    await visit("https://a.example/", 20);
    await visit("https://b.example/", 20);
    const before = libraryStore.getState().addresses;
    const visits = await listVisits({ before: 100, limit: 10 });
    await restoreHistory(await deleteVisits({ from: 20, to: 30 }));
    expect(libraryStore.getState().addresses).toEqual(before);
    expect(await listVisits({ before: 100, limit: 10 })).toEqual(visits);
  });

  it("forgets everything", async () => {
    await visit("https://a.example/", 10);
    await deleteAllHistory();
    expect(libraryStore.getState().addresses).toEqual([]);
    expect(await listVisits({ before: 100, limit: 10 })).toEqual([]);
  });

  it("drops visits older than a year as new ones come", async () => {
    await visit("https://old.example/", DAY);
    const now = 400 * DAY;
    for (let i = 0; i < 200; i++) await visit("https://new.example/", now + i);
    expect(libraryStore.getState().addresses.map(({ url }) => url)).toEqual(["https://new.example/"]);
  });
});

describe("bookmarks", () => {
  it("are found by address and keep their place among siblings", async () => {
    const a = await addBookmark({ url: "https://a.example/", title: "A", icon: null });
    const b = await addBookmark({ url: "https://b.example/", title: "B", icon: null });
    expect(findBookmark("https://b.example/")?.id).toBe(b.id);
    expect(await moveBookmark(b.id, { parentId: null, beforeId: a.id })).toBe(true);
    const order = childrenOf(libraryStore.getState().bookmarks, null).map(({ title }) => title);
    expect(order).toEqual(["B", "A"]);
  });

  it("cannot be moved into themselves", async () => {
    const outer = await addFolder("Outer");
    const inner = await addFolder("Inner", outer.id);
    expect(await moveBookmark(outer.id, { parentId: inner.id, beforeId: null })).toBe(false);
    expect(await moveBookmark(outer.id, { parentId: outer.id, beforeId: null })).toBe(false);
  });

  it("come back whole when a deleted folder is restored", async () => {
    const folder = await addFolder("Folder");
    await addBookmark({ url: "https://a.example/", title: "A", icon: null, parentId: folder.id });
    const before = libraryStore.getState().bookmarks;
    const gone = await deleteBookmark(folder.id);
    expect(libraryStore.getState().bookmarks).toEqual([]);
    await restoreBookmarks(gone);
    expect(libraryStore.getState().bookmarks).toEqual(before);
  });

  it("leave and enter by a browser's bookmark file", async () => {
    const folder = await addFolder("Folder");
    await addBookmark({ url: "https://a.example/", title: "A", icon: null, parentId: folder.id });
    const file = exportBookmarks();
    await deleteBookmark(folder.id);
    expect(await importBookmarks(file, "Imported")).toMatchObject({ added: 1, skipped: 0, truncated: false });
    const nodes = libraryStore.getState().bookmarks;
    const [root] = childrenOf(nodes, null);
    const [inner] = childrenOf(nodes, root?.id ?? "");
    expect([root?.title, inner?.title]).toEqual(["Imported", "Folder"]);
    expect(findBookmark("https://a.example/")?.parentId).toBe(inner?.id);
  });

  it("add nothing for a file that holds none", async () => {
    expect((await importBookmarks("<html>not bookmarks", "Imported")).added).toBe(0);
    expect(libraryStore.getState().bookmarks).toEqual([]);
  });
});

describe("site settings", () => {
  it("hold for a site with and without www, and vanish when they say nothing", async () => {
    await updateSiteSettings("example.org", { trackerLevel: "off" });
    expect(getSiteSettings("https://www.example.org/path")?.trackerLevel).toBe("off");
    expect(getSiteSettings("https://other.example/")).toBeNull();
    await updateSiteSettings("example.org", { trackerLevel: null });
    expect(libraryStore.getState().siteSettings).toEqual([]);
  });
});

describe("saved pages", () => {
  const url = "https://example.org/";
  const source = {
    url: "https://short.example/x",
    finalUrl: url,
    canonicalUrl: null,
    fetchedAt: "2026-11-20T10:00:00.000Z",
  };
  const picture = { kind: "image", url: "", width: null, height: null, alt: "" } as const;
  const page = makePage(makeDocument([], { title: "Title", source }), {
    media: [
      { ...picture, id: "1", src: "/api/media?u=1&s=1" },
      { ...picture, id: "2", src: "/api/media?u=2&s=2" },
    ],
  });

  it("hold the document and its pictures", async () => {
    vi.stubGlobal("fetch", async () => new Response("picture"));
    const saved = await savePage(url, page);
    expect(saved.status).toBe("saved");
    expect((await getSavedPage(url))?.page.document.title).toBe("Title");
    expect(await getSavedPicture("/api/media?u=1&s=1")).not.toBeNull();
    vi.unstubAllGlobals();
  });

  it("are kept as partial when a picture does not come", async () => {
    vi.stubGlobal(
      "fetch",
      async (src: string) => new Response("x", { status: src.includes("u=2") ? 502 : 200 }),
    );
    expect((await savePage(url, page)).status).toBe("partial");
    expect(libraryStore.getState().savedPages).toMatchObject([{ url, status: "partial" }]);
    vi.unstubAllGlobals();
  });

  it("go with their pictures", async () => {
    vi.stubGlobal("fetch", async () => new Response("picture"));
    await savePage(url, page);
    await deleteSavedPage(url);
    expect(await getSavedPage(url)).toBeNull();
    expect(await getSavedPicture("/api/media?u=1&s=1")).toBeNull();
    expect(libraryStore.getState().savedPages).toEqual([]);
    vi.unstubAllGlobals();
  });

  it("open by the address that was asked for, and with any fragment", async () => {
    vi.stubGlobal("fetch", async () => new Response("picture"));
    await savePage(`${url}#part`, page);
    expect((await getSavedPage("https://short.example/x"))?.page.document.title).toBe("Title");
    expect(await getSavedPage(`${url}#other`)).not.toBeNull();
    expect(await getSavedPage("https://example.org/other")).toBeNull();
    vi.unstubAllGlobals();
  });

  it("come back whole after they were deleted", async () => {
    vi.stubGlobal("fetch", async () => new Response("picture"));
    await savePage(url, page);
    const parts = await readSavedParts(url);
    await deleteSavedPage(url);
    if (parts) await restoreSavedParts(parts);
    expect(libraryStore.getState().savedPages).toMatchObject([{ url, status: "saved" }]);
    expect(await getSavedPicture("/api/media?u=2&s=2")).not.toBeNull();
    vi.unstubAllGlobals();
  });
});
