/** A page kept for reading offline, as the reading list shows it. Times are epoch milliseconds. */
export interface SavedPage {
  /** Where the page was when it was saved, without a fragment. */
  url: string;
  /** Other addresses that led to it: the one asked for, before redirects, and the one it calls itself. */
  aliases: string[];
  title: string;
  siteName: string | null;
  excerpt: string | null;
  icon: string | null;
  wordCount: number;
  savedAt: number;
  /** When it was read, or null while unread. */
  readAt: number | null;
  /** Of the document and its pictures. */
  bytes: number;
  /** `partial`: the text is here, some pictures are not. */
  status: "saving" | "saved" | "partial" | "failed";
}

/** The address a copy is kept under: fragments lead into a page, not to another one. */
export function savedKey(url: string): string {
  return url.replace(/#.*$/s, "");
}

/** The saved page an address means, by its own address or one that led to it. */
export function findSaved<Saved extends Pick<SavedPage, "url" | "aliases">>(
  saved: readonly Saved[],
  url: string,
): Saved | undefined {
  const key = savedKey(url);
  return saved.find((page) => page.url === key) ?? saved.find((page) => page.aliases.includes(key));
}
