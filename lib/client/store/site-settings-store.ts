import { createStore } from "zustand/vanilla";
import { type SiteSettings, siteOf } from "#lib/core/library/site-settings.ts";

const STORAGE_KEY = "qui-site-settings";

/**
 * The exceptions made for single sites, in memory from the first moment: the first
 * page of a window must not be fetched with weaker protection than was chosen for
 * it. The library keeps them in its database and mirrors them here.
 */
export const siteSettingsStore = createStore<{ sites: readonly SiteSettings[] }>(() => ({
  sites: parseSiteSettings(readMirror()),
}));

export function siteSettingsFor(url: string): SiteSettings | undefined {
  const host = siteOf(url);
  return host === null ? undefined : siteSettingsStore.getState().sites.find((site) => site.host === host);
}

/** Called by the library whenever its own list changes. */
export function mirrorSiteSettings(sites: readonly SiteSettings[]): void {
  siteSettingsStore.setState({ sites });
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(sites));
  } catch {
    // Storage is full or switched off: they hold once the library has opened.
  }
}

function readMirror(): string | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage.getItem(STORAGE_KEY);
  } catch {
    return null; // Storage is switched off.
  }
}

/** Entries that are damaged or foreign are left out; fields that are follow the general setting. */
export function parseSiteSettings(text: string | null): SiteSettings[] {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    // Damaged text is as good as none.
  }
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    const { host, trackerLevel, zoom, images, engine } = (entry ?? {}) as Partial<
      Record<keyof SiteSettings, unknown>
    >;
    if (typeof host !== "string") return [];
    const level = trackerLevel === "off" || trackerLevel === "standard" || trackerLevel === "strict";
    return [
      {
        host,
        trackerLevel: level ? trackerLevel : null,
        zoom: typeof zoom === "number" && zoom >= 0.3 && zoom <= 5 ? zoom : null,
        images: typeof images === "boolean" ? images : null,
        engine: engine === "reader" || engine === "live" ? engine : null,
      },
    ];
  });
}
