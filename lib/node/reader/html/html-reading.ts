import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";

export interface HtmlInput {
  html: string;
  /** What was asked for. */
  url: string;
  /** Where the redirects ended; relative addresses are resolved against it. */
  finalUrl: string;
  /** ISO 8601. */
  fetchedAt: string;
  rendered?: ReadingInput["rendered"];
}

/** Everything one HTML page tells a reader. Plain data: it can be cloned to another thread or kept as JSON. */
export interface HtmlReading extends Reading {
  /** Where a `<meta http-equiv=refresh>` leads, or null. */
  refresh: string | null;
}
