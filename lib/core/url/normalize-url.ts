import { AppError } from "#lib/core/errors/app-error.ts";

/** Unreserved characters mean the same written plainly or in percent-encoding (RFC 3986 §6.2.2.2). */
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/**
 * One spelling for addresses that mean the same to every server: what a cache
 * keeps a page under and what is asked of the origin. Only rules that RFC 3986
 * §6.2.2 and the URL standard call equivalent: case and punycode of the host,
 * default port, dot segments, percent-encoding of unreserved characters and the
 * case of its digits; the fragment, which is never sent, goes. Order and
 * presence of query parameters are kept, because servers may tell them apart.
 * @throws AppError `invalid_url`, or `unsupported_scheme` for anything but http and https
 */
export function normalizeUrl(text: string): string {
  if (!URL.canParse(text)) throw new AppError("invalid_url");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new AppError("unsupported_scheme");
  url.hash = "";
  url.pathname = normalizeEscapes(url.pathname);
  url.search = url.search === "" ? "" : normalizeEscapes(url.search);
  return url.href;
}

function normalizeEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return UNRESERVED.test(character) ? character : encoded.toUpperCase();
  });
}
