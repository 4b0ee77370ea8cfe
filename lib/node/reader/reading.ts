import type { Document } from "#lib/protocol/document.ts";
import type { PageLink, PageMedia } from "#lib/protocol/pages.ts";

/** What every format's reader is given. Times are ISO 8601; addresses are absolute. */
export interface ReadingInput {
  bytes: Uint8Array;
  /** The `content-type` header as it came, or null. */
  contentType: string | null;
  /** What was asked for. */
  url: string;
  /** Where the redirects ended; relative addresses are resolved against it. */
  finalUrl: string;
  fetchedAt: string;
  /** The HTML is what a browser showed, without anything it did not show; `isCut`: its end is missing. */
  rendered?: { isCut: boolean };
}

/** A page's media before its address on our own origin is signed. */
export type ReadingMedia = Omit<PageMedia, "src">;

/** Something the page would have made a browser load. */
export interface PageReference {
  url: string;
  type: "script" | "image" | "stylesheet" | "frame" | "font" | "media" | "other";
}

/** What every format's reader answers, whatever the format was. */
export interface Reading {
  document: Document;
  links: PageLink[];
  media: ReadingMedia[];
  /** The page shows little without its JavaScript. */
  needsLive: boolean;
  iconUrl: string | null;
  references: PageReference[];
  /** Feeds the page announces. */
  feeds: { url: string; title: string }[];
}
