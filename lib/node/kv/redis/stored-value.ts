/**
 * How a value lies in Redis: as it is, so that counters work on it; or, when it
 * has tags, behind a header that names them: \u0001, tags each between \u0002, \n.
 * An untagged value that begins with \u0001 gets an empty header, so nothing is ambiguous.
 */
const MARK = "\u0001";
const SEPARATOR = "\u0002";

/** Bytes of the longest header: 16 tags of 200 characters of at most 3 bytes, and separators. */
export const HEADER_BYTES_MAX = 16 * (200 * 3 + 1) + 3;

export function encodeStored(value: string, tags: readonly string[]): string {
  if (tags.length === 0) return value.startsWith(MARK) ? `${MARK}\n${value}` : value;
  return `${MARK}${SEPARATOR}${tags.join(SEPARATOR)}${SEPARATOR}\n${value}`;
}

export function decodeStored(stored: string): string {
  return stored.startsWith(MARK) ? stored.slice(stored.indexOf("\n") + 1) : stored;
}

/** What a header holds when it names the tag. */
export function tagInHeader(tag: string): string {
  return `${SEPARATOR}${tag}${SEPARATOR}`;
}
