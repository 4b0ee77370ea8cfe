import "server-only";
import type { Address } from "#lib/core/url/parse-address.ts";
import { queryOfSearchUrl } from "#lib/core/url/search-template.ts";
import { getEnv } from "#lib/node/env.ts";

/**
 * The search an address stands for: words, or a results page of the provider's,
 * which is read as results rather than as a page of the web. Null for any other.
 */
export function findSearch(address: Address): { query: string; resultsUrl?: string } | null {
  if (address.kind === "search") return { query: address.query };
  const template = getEnv().SEARCH_URL;
  if (address.kind !== "url" || !template) return null;
  const query = queryOfSearchUrl(template, address.url);
  return query === null ? null : { query, resultsUrl: address.url };
}
