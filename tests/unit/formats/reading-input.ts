import type { ReadingInput } from "#lib/node/reader/reading.ts";

/** A response as a reader gets it. */
export function readingInput(
  body: string | Uint8Array,
  { url = "https://example.com/docs/file.txt", contentType = null as string | null } = {},
): ReadingInput {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { bytes, contentType, url, finalUrl: url, fetchedAt: "2026-01-01T00:00:00.000Z" };
}
