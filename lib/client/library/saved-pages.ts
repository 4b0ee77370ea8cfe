import { type LibraryDb, openLibrary } from "#lib/client/library/library-db.ts";
import { changed } from "#lib/client/library/library-store.ts";
import { fetchPage } from "#lib/client/pages/fetch-page.ts";
import type { SavedCopy } from "#lib/client/store/library-port.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsFor } from "#lib/client/store/site-settings-store.ts";
import { findSaved, type SavedPage, savedKey } from "#lib/core/library/saved-page.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Pictures are kept at the width a phone or a reading column shows. */
const MEDIA_WIDTH = 960;
const MEDIA_MAX = 200;
const MEDIA_BYTES_MAX = 8 * 1024 * 1024;
const PAGE_BYTES_MAX = 100 * 1024 * 1024;
const AT_ONCE = 4;
const TIMEOUT_MS = 20_000;

/**
 * Keeps a page with its pictures on this device. The text is safe before the
 * first picture is fetched; pictures that cannot be fetched make it `partial`.
 * @throws DOMException `QuotaExceededError` when the device has no room for the text
 */
export async function savePage(address: string, page: Page): Promise<SavedPage> {
  const url = savedKey(address);
  const { source } = page.document;
  const others = [source.url, source.finalUrl, source.canonicalUrl].flatMap((other) =>
    other ? [savedKey(other)] : [],
  );
  const json = new Blob([JSON.stringify(page)]);
  const saved: SavedPage = {
    url,
    aliases: [...new Set(others)].filter((other) => other !== url),
    title: page.document.title || url,
    siteName: page.document.siteName,
    excerpt: page.document.excerpt,
    icon: page.icon,
    wordCount: page.document.wordCount,
    savedAt: Date.now(),
    readAt: null,
    bytes: json.size,
    status: "saving",
  };
  const db = await openLibrary();
  const transaction = db.transaction(["savedPages", "savedDocuments"], "readwrite");
  await Promise.all([
    transaction.objectStore("savedPages").put(saved),
    transaction.objectStore("savedDocuments").put({ url, page }),
    transaction.done,
  ]);
  await changed("savedPages");
  const pictures = await saveMedia(url, page, PAGE_BYTES_MAX - json.size);
  const done: SavedPage = {
    ...saved,
    bytes: saved.bytes + pictures.bytes,
    status: pictures.failed > 0 ? "partial" : "saved",
  };
  // It may have been deleted while its pictures came.
  if (!(await db.get("savedPages", url))) {
    await deleteMediaOf(url);
    return done;
  }
  await db.put("savedPages", done);
  await changed("savedPages");
  return done;
}

async function saveMedia(
  pageUrl: string,
  page: Page,
  bytesLeft: number,
): Promise<{ bytes: number; failed: number }> {
  const sources = page.media.flatMap((media) => (media.kind === "image" ? [media.src] : []));
  const queue = [...new Set(page.icon ? [page.icon, ...sources] : sources)].slice(0, MEDIA_MAX);
  let bytes = 0;
  let failed = 0;
  const work = async () => {
    for (let src = queue.shift(); src !== undefined; src = queue.shift()) {
      const blob = bytes < bytesLeft ? await fetchPicture(src) : null;
      const kept = blob !== null && bytes + blob.size <= bytesLeft && (await keepPicture(src, pageUrl, blob));
      if (kept) bytes += blob.size;
      // Many sites name an icon they do not have: nobody misses it in a saved page.
      else if (src !== page.icon) failed++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { bytes, failed };
}

async function fetchPicture(src: string): Promise<Blob | null> {
  try {
    const response = await fetch(`${src}&w=${MEDIA_WIDTH}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return null;
    const blob = await response.blob();
    return blob.size <= MEDIA_BYTES_MAX ? blob : null;
  } catch {
    // A picture that does not come is counted; the page is kept without it.
    return null;
  }
}

async function keepPicture(src: string, pageUrl: string, blob: Blob): Promise<boolean> {
  try {
    await (await openLibrary()).put("savedMedia", { src, pageUrl, blob });
    return true;
  } catch {
    // No room left on the device: counted like one that did not come.
    return false;
  }
}

/** The copy of a page, its pictures addressed as when it was saved; null when there is none. */
export async function getSavedPage(url: string): Promise<SavedCopy | null> {
  const db = await openLibrary();
  const saved = findSaved(await db.getAll("savedPages"), url);
  const kept = saved && (await db.get("savedDocuments", saved.url));
  return kept ? { page: kept.page, savedAt: new Date(saved.savedAt).toISOString() } : null;
}

export async function markRead(url: string, readAt: number | null): Promise<void> {
  const db = await openLibrary();
  const saved = await db.get("savedPages", url);
  if (!saved) return;
  await db.put("savedPages", { ...saved, readAt });
  await changed("savedPages");
}

export async function deleteSavedPage(url: string): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["savedPages", "savedDocuments"], "readwrite");
  await Promise.all([
    transaction.objectStore("savedPages").delete(url),
    transaction.objectStore("savedDocuments").delete(url),
    transaction.done,
  ]);
  await deleteMediaOf(url);
  await changed("savedPages");
}

async function deleteMediaOf(pageUrl: string): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction("savedMedia", "readwrite");
  for (const key of await transaction.store.index("pageUrl").getAllKeys(pageUrl)) {
    await transaction.store.delete(key);
  }
  await transaction.done;
}

/** All that is kept of one page, to put it back after it was deleted. */
export interface SavedParts {
  saved: SavedPage;
  kept: LibraryDb["savedDocuments"]["value"];
  pictures: LibraryDb["savedMedia"]["value"][];
}

export async function readSavedParts(url: string): Promise<SavedParts | null> {
  const db = await openLibrary();
  const [saved, kept, pictures] = await Promise.all([
    db.get("savedPages", url),
    db.get("savedDocuments", url),
    db.getAllFromIndex("savedMedia", "pageUrl", url),
  ]);
  return saved && kept ? { saved, kept, pictures } : null;
}

export async function restoreSavedParts({ saved, kept, pictures }: SavedParts): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["savedPages", "savedDocuments", "savedMedia"], "readwrite");
  await Promise.all([
    transaction.objectStore("savedPages").put(saved),
    transaction.objectStore("savedDocuments").put(kept),
    ...pictures.map((picture) => transaction.objectStore("savedMedia").put(picture)),
    transaction.done,
  ]);
  await changed("savedPages");
}

/**
 * Fetches a saved page anew and replaces the copy; false, with the old copy kept, when it cannot be fetched. What
 * was made from a live page cannot: the site sends something else to anybody.
 */
export async function saveAgain(url: string): Promise<boolean> {
  const kept = await (await openLibrary()).get("savedDocuments", url);
  if (kept?.page.fromLive) return false;
  const level = siteSettingsFor(url)?.trackerLevel ?? settingsStore.getState().trackerLevel;
  const outcome = await fetchPage({ url, level, mode: "reload", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (outcome.status !== "ready") return false;
  const db = await openLibrary();
  const before = await db.get("savedPages", url);
  await deleteMediaOf(url);
  await savePage(url, outcome.page);
  if (before?.readAt) await markRead(url, before.readAt);
  return true;
}
