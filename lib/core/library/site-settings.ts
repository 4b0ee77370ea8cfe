import type { TrackerLevel } from "#lib/protocol/pages.ts";

/** What a person chose for one site; null fields follow the general setting. */
export interface SiteSettings {
  /** Host name without `www.`. */
  host: string;
  trackerLevel: TrackerLevel | null;
  /** 1 is 100 %. */
  zoom: number | null;
  images: boolean | null;
  /** What shows its pages; null: the reader, or live where a page needs it. */
  engine: "reader" | "live" | null;
}

/** The site an address belongs to, as settings are kept by it; null for anything but a web address. */
export function siteOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return null;
  return hostname.replace(/^www\./, "");
}

/** Settings that say nothing need not be kept. */
export function isEmptySiteSettings(settings: SiteSettings): boolean {
  const { trackerLevel, zoom, images, engine } = settings;
  return trackerLevel === null && zoom === null && images === null && (engine ?? null) === null;
}
