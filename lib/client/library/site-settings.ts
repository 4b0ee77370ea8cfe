import { openLibrary } from "#lib/client/library/library-db.ts";
import { changed, libraryStore } from "#lib/client/library/library-store.ts";
import { isEmptySiteSettings, type SiteSettings, siteOf } from "#lib/core/library/site-settings.ts";

/** What was chosen for the site of an address, or null. */
export function getSiteSettings(url: string): SiteSettings | null {
  const host = siteOf(url);
  return libraryStore.getState().siteSettings.find((settings) => settings.host === host) ?? null;
}

/** Changes what is chosen for a site; fields set to null follow the general setting again. */
export async function updateSiteSettings(
  host: string,
  change: Partial<Omit<SiteSettings, "host">>,
): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction("siteSettings", "readwrite");
  const none = { trackerLevel: null, zoom: null, images: null, engine: null };
  // What was kept before a setting was known lacks its field.
  const next = { ...none, ...(await transaction.store.get(host)), host, ...change };
  await (isEmptySiteSettings(next) ? transaction.store.delete(host) : transaction.store.put(next));
  await transaction.done;
  await changed("siteSettings");
}

export async function deleteSiteSettings(host: string): Promise<void> {
  const db = await openLibrary();
  await db.delete("siteSettings", host);
  await changed("siteSettings");
}
