import "server-only";
import type { GotPage } from "#lib/server/pages/get-page.ts";
import { type SearchRequest, searchPages } from "#lib/server/search/search-pages.ts";

/** A search answered like a page, and never from a cache. */
export async function searchAsPage(request: SearchRequest): Promise<GotPage> {
  return { body: Buffer.from(await searchPages(request)), cache: "miss" };
}
