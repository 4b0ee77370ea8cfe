import { hostOf } from "#lib/core/reading/link-target.ts";
import type { Document } from "#lib/protocol/document.ts";

/** Words taken from either end of a long quote for the address's text fragment. */
const FRAGMENT_WORDS = 5;

/** A quotation with where it is from, ready to paste: quote, then author, title, site and an address that leads to the passage. */
export function formatQuoteWithSource(quote: string, document: Document): string {
  const site = document.siteName ?? hostOf(pageUrl(document));
  const parts = [document.byline, document.title, site].filter(
    (part, index, all): part is string => Boolean(part) && all.indexOf(part) === index,
  );
  return `“${quote.trim()}”\n— ${parts.join(", ")}\n${quoteUrl(quote, document)}`;
}

/** The page's address with a text fragment (WICG Scroll to Text Fragment), which any browser opens at the quote. */
export function quoteUrl(quote: string, document: Document): string {
  const url = pageUrl(document).replace(/#.*$/, "");
  const words = quote.trim().split(/\s+/);
  // A fragment cannot cross from one paragraph into the next, but its two ends can lie in different ones.
  const isShort = words.length <= FRAGMENT_WORDS * 2 && !quote.trim().includes("\n");
  const fragment = isShort
    ? encodeFragment(words)
    : `${encodeFragment(words.slice(0, FRAGMENT_WORDS))},${encodeFragment(words.slice(-FRAGMENT_WORDS))}`;
  return `${url}#:~:text=${fragment}`;
}

/** Where the document is on the web: its canonical address, else where redirects ended. */
export function pageUrl(document: Document): string {
  return document.source.canonicalUrl ?? document.source.finalUrl;
}

function encodeFragment(words: readonly string[]): string {
  return encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");
}
