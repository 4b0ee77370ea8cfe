const PLACEHOLDER = "{query}";
/** Stands for the words while a template is taken apart; no template holds it by chance. */
const SENTINEL = "qui-words-0f3a";

/** The address that asks a provider for words. `template` holds `{query}` once or more. */
export function buildSearchUrl(template: string, query: string): string {
  return template.replaceAll(PLACEHOLDER, encodeURIComponent(query));
}

/**
 * The words that an address of the provider asks for, or null when it is no
 * results page of the template's. Parameters besides the words are free, so that
 * a second page of results is one too.
 */
export function queryOfSearchUrl(template: string, address: string): string | null {
  const asked = buildSearchUrl(template, SENTINEL);
  if (!URL.canParse(asked) || !URL.canParse(address)) return null;
  const pattern = new URL(asked);
  const url = new URL(address);
  if (url.origin !== pattern.origin) return null;
  const name = [...pattern.searchParams].find(([, value]) => value === SENTINEL)?.[0];
  if (name !== undefined) {
    const words = url.pathname === pattern.pathname ? url.searchParams.get(name)?.trim() : undefined;
    return words || null;
  }
  const [before = "", after = ""] = pattern.pathname.split(SENTINEL);
  const isMatch = url.pathname.startsWith(before) && url.pathname.endsWith(after);
  if (!isMatch || url.pathname.length <= before.length + after.length) return null;
  return decode(url.pathname.slice(before.length, url.pathname.length - after.length));
}

/** The provider's page for people: the template without what asks for JSON. */
export function searchPageUrl(template: string, query: string): string {
  const url = new URL(buildSearchUrl(template, query));
  if (url.searchParams.get("format") === "json") url.searchParams.delete("format");
  return url.href;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text).trim() || null;
  } catch {
    return null; // A stray percent sign: not an address of ours.
  }
}
