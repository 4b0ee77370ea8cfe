/**
 * Embeddings, overrides and isolates of text direction (UAX #9 §2), and the separators of lines. In running text they
 * end with their paragraph; a name stands in tabs, window titles and menus, where they would turn round what follows.
 * The marks U+200E and U+200F stay: titles in Arabic and Hebrew need them, and they reach no further than themselves.
 */
const TURNING = /[\u2028-\u202e\u2066-\u2069]+/g;

/** A title, a byline or the name of a site as it may stand among our own words. */
export function plainName(text: string): string {
  return text.replace(TURNING, " ").replace(/ {2,}/g, " ").trim();
}
