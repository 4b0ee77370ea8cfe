import { after } from "next/server";
import { AppError } from "#lib/core/errors/app-error.ts";
import { coarseLanguage } from "#lib/core/pages/coarse-language.ts";
import { parseAddress } from "#lib/core/url/parse-address.ts";
import { getPageQuerySchema } from "#lib/protocol/pages.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { getPage } from "#lib/server/pages/get-page.ts";
import { pageResponse } from "#lib/server/pages/page-response.ts";
import { searchAsPage } from "#lib/server/pages/search-as-page.ts";
import { findSearch } from "#lib/server/search/find-search.ts";

export const dynamic = "force-dynamic";

/** `GET /api/pages?url=…`: the address bar's text as a `Page`. */
export const GET = withRoute(
  { name: "pages.get", auth: "public", limit: "pages", query: getPageQuerySchema },
  async ({ query, request, signal, log, charge }) => {
    const address = parseAddress(query.url);
    const language = coarseLanguage(request.headers.get("accept-language"));
    const search = findSearch(address);
    if (search) {
      await charge("search");
      return pageResponse(await searchAsPage({ ...search, level: query.level, language, signal }));
    }
    if (address.kind !== "url") throw new AppError("unsupported_scheme");
    const page = await getPage(
      { url: address.url, level: query.level, mode: query.mode, language },
      { signal, log, charge: () => charge("pages-cold"), defer: (work) => after(() => work) },
    );
    return pageResponse(page);
  },
);
