/** A file made from a page or fetched for it. Times are epoch milliseconds. */
export interface Download {
  id: string;
  name: string;
  /** Of the page it came from. */
  pageUrl: string;
  mimeType: string;
  startedAt: number;
  bytes: number;
  state: "running" | "done" | "failed";
}
