import { openLibrary } from "#lib/client/library/library-db.ts";
import { changed } from "#lib/client/library/library-store.ts";
import { eraseLiveProfile } from "#lib/client/library/live-profile.ts";
import { forgetPlaces } from "#lib/client/live/kept-places.ts";

export interface StorageUse {
  /** Bytes Qui uses here, and how many the browser would give it at most; null when it does not say. */
  used: number | null;
  quota: number | null;
  /** The browser has promised not to clear it when the device runs short. */
  persisted: boolean;
}

export async function getStorageUse(): Promise<StorageUse> {
  const [estimate, persisted] = await Promise.all([
    navigator.storage?.estimate?.().catch(() => null),
    navigator.storage?.persisted?.().catch(() => false),
  ]);
  return {
    used: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    persisted: persisted ?? false,
  };
}

/** Asks the browser to keep what is saved here. Browsers decide by themselves or ask the person; false is a common answer. */
export async function requestPersistence(): Promise<boolean> {
  if (!navigator.storage?.persist) return false;
  return (await navigator.storage.persisted()) || navigator.storage.persist().catch(() => false);
}

/**
 * Deletes all that Qui keeps on this device: library, tabs, settings, and the app's
 * own offline files; and on the server what live pages keep of this browser. The
 * page must be left at once afterwards. Other open windows still know their own
 * tabs and write them again.
 * @throws when the browser refused, or the server did not confirm its part; the rest is deleted.
 */
export async function deleteEverything(): Promise<void> {
  const [onServer, onDevice] = await Promise.allSettled([eraseLiveProfile(), deleteOnDevice()]);
  for (const outcome of [onServer, onDevice]) if (outcome.status === "rejected") throw outcome.reason;
}

async function deleteOnDevice(): Promise<void> {
  const db = await openLibrary();
  const stores = [...db.objectStoreNames];
  const transaction = db.transaction(stores, "readwrite");
  await Promise.all([...stores.map((name) => transaction.objectStore(name).clear()), transaction.done]);
  for (const name of LISTS) await changed(name);
  localStorage.clear();
  sessionStorage.clear();
  forgetPlaces();
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http.
  document.cookie = "qui-theme=; Max-Age=0; Path=/; SameSite=Lax";
  const registrations = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = typeof caches === "undefined" ? [] : await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
  await deleteSessions();
}

const LISTS = ["visits", "bookmarks", "savedPages", "downloads", "siteSettings"] as const;

/** The connection this window holds is given up by its own `blocking`; whoever else holds one delays the deletion. */
function deleteSessions(): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase("qui-session");
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, () => resolve());
  });
}
