import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import { buildSearchUrl, searchPageUrl } from "#lib/core/url/search-template.ts";
import type { EgressResponse } from "#lib/node/egress/egress.ts";
import { egressFetch } from "#lib/node/egress/egress-fetch.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { getEnv } from "#lib/node/env.ts";
import { getReaderPool } from "#lib/node/reader/pool/reader-pool.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

export interface SearchRequest {
  query: string;
  /** A further page of the provider's results, as `queryOfSearchUrl` recognised it. */
  resultsUrl?: string;
  level: TrackerLevel;
  /** Coarse `accept-language`. */
  language: string;
  signal?: AbortSignal;
}

const RESULTS_BYTES_MAX = 4 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

/**
 * Asks the configured provider and answers a `search` document as an open page
 * body (see `AssembledPage.body`). The provider learns the words and a language,
 * and of the visitor nothing else.
 * @throws AppError `search_off` where `SEARCH_URL` is `off`, `search_unavailable` when the provider does not answer with results
 */
export async function searchPages(request: SearchRequest): Promise<Uint8Array> {
  const template = getEnv().SEARCH_URL;
  if (!template) throw new AppError("search_off");
  const { query, level, signal } = request;
  const response = await ask(request, template);
  const bytes = await readBody(response, { bytesMax: RESULTS_BYTES_MAX }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new AppError("search_unavailable", { detail: "the provider's answer broke off", cause: error });
  });
  const page = await getReaderPool().read(
    {
      kind: "page",
      input: {
        bytes,
        contentType: response.headers["content-type"] ?? null,
        url: response.finalUrl,
        finalUrl: response.finalUrl,
        fetchedAt: new Date().toISOString(),
        level,
        search: { query, template },
      },
    },
    signal ? { signal } : {},
  );
  return page.body;
}

/** SearXNG refuses JSON unless its operator allowed it; its page for people then serves as well. */
async function ask(request: SearchRequest, template: string): Promise<EgressResponse> {
  const { query, resultsUrl } = request;
  const first = await fetchResults(
    resultsUrl ? withFormat(resultsUrl, template) : buildSearchUrl(template, query),
    request,
  );
  if (first.ok && first.status === 200) return first;
  if (first.ok) await first.body.cancel();
  const page = resultsUrl ?? searchPageUrl(template, query);
  if (first.ok && first.status === 403 && page !== buildSearchUrl(template, query)) {
    const second = await fetchResults(page, request);
    if (second.ok && second.status === 200) return second;
    if (second.ok) await second.body.cancel();
  }
  const detail = first.ok ? `the provider answered ${first.status}` : `${first.code}: ${first.detail}`;
  throw new AppError("search_unavailable", { detail });
}

function fetchResults(url: string, { language, signal }: SearchRequest) {
  return egressFetch({
    url,
    headers: { accept: "application/json,text/html;q=0.9", "accept-language": language },
    limits: {
      totalTimeoutMs: TIMEOUT_MS,
      bodyBytesMax: RESULTS_BYTES_MAX,
      decodedBytesMax: RESULTS_BYTES_MAX,
    },
    ...(signal ? { signal } : {}),
  });
}

/** Links to further pages lead to the provider's page for people; its JSON is asked for where the template does. */
function withFormat(resultsUrl: string, template: string): string {
  const url = new URL(resultsUrl);
  const format = new URL(buildSearchUrl(template, "x")).searchParams.get("format");
  if (format) url.searchParams.set("format", format);
  return url.href;
}
