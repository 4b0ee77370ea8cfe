import { decodeHost } from "#lib/core/omnibox/decode-host.ts";

/** An address taken apart for showing. */
export interface AddressParts {
  kind: "page" | "search" | "empty";
  /** `secure`: Qui's server fetched it over HTTPS; `insecure`: over plain HTTP. */
  security: "secure" | "insecure" | "none";
  /** The host without `www.`, or the words of a search. */
  main: string;
  /** Port, path and query, decoded where that is safe; empty for a bare host. */
  rest: string;
}

/** A panel's `url` is an absolute address, or `?` and the words of a search. */
export function describeAddress(url: string): AddressParts {
  if (url === "") return { kind: "empty", security: "none", main: "", rest: "" };
  const parsed = url.startsWith("?") ? null : URL.parse(url);
  if (!parsed) return { kind: "search", security: "none", main: searchWords(url), rest: "" };
  const host = decodeHost(parsed.hostname).replace(/^www\./, "");
  const path = parsed.pathname === "/" && !parsed.search && !parsed.hash ? "" : parsed.pathname;
  return {
    kind: "page",
    security: parsed.protocol === "https:" ? "secure" : "insecure",
    main: host,
    rest: (parsed.port ? `:${parsed.port}` : "") + decodeSafely(path + parsed.search + parsed.hash),
  };
}

export function isSearchUrl(url: string): boolean {
  return url.startsWith("?");
}

/** How a search is kept in a panel's history, so that it is never mistaken for an address. */
export function searchUrl(query: string): string {
  return `?${query}`;
}

export function searchWords(url: string): string {
  return url.replace(/^\?\s*/, "");
}

/** The whole address on one line, as suggestions and menus show it. */
export function shortAddress(url: string): string {
  const { main, rest } = describeAddress(url);
  return main + rest;
}

/** What stands in the field when it is edited: complete, so that it can be copied and sent on. */
export function editableAddress(url: string): string {
  if (url === "" || isSearchUrl(url)) return searchWords(url);
  return url;
}

/** Decodes percent escapes of letters, keeping those that would hide something: spaces, controls, direction marks. */
function decodeSafely(text: string): string {
  try {
    return decodeURI(text).replace(/[\s\p{C}\p{Z}]/gu, (char) => encodeURIComponent(char));
  } catch {
    return text; // A stray percent sign: shown as it is.
  }
}
