/** A page kept for reading offline, as the reading list shows it. Times are epoch milliseconds. */
export interface SavedPage {
  url: string;
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
