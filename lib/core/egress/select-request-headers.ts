/**
 * The same for every visitor, so that it tells a site nothing about any of them.
 * The browser part gets the markup that people get; the last word says who asks.
 */
export const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Qui/1.0";

/** What `decode-body` can undo. */
const ACCEPT_ENCODING = "gzip, deflate, br, zstd";

/** All a caller may set. Everything that could name a visitor or a page they came from is left out. */
const CALLER_HEADERS = new Set(["accept", "accept-language", "cache-control", "pragma", "range"]);

/** Validators are a site's own tokens: they go to the origin that gave them and to no other. */
const ORIGIN_BOUND_HEADERS = new Set(["if-none-match", "if-modified-since", "if-range"]);

/**
 * The headers of one hop.
 * @param sameOrigin Whether this hop asks the origin the caller named; false after a redirect elsewhere.
 */
export function selectRequestHeaders(
  headers: Readonly<Record<string, string>>,
  { sameOrigin }: { sameOrigin: boolean },
): Record<string, string> {
  const selected: Record<string, string> = {
    "user-agent": USER_AGENT,
    accept: "*/*",
    "accept-language": "en",
    // A part of an encoded body cannot be decoded, so a range is asked for as it is.
    "accept-encoding": "range" in headers ? "identity" : ACCEPT_ENCODING,
    "sec-gpc": "1",
  };
  for (const [name, value] of Object.entries(headers)) {
    // What a visitor's browser sent is passed on only when it is plain text, never a second header line.
    if (!/^[\t\x20-\x7e]*$/.test(value)) continue;
    if (CALLER_HEADERS.has(name) || (sameOrigin && ORIGIN_BOUND_HEADERS.has(name))) selected[name] = value;
  }
  return selected;
}
