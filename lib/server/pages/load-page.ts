import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createCachePolicy, type PageRequest } from "#lib/core/pages/decide-cache-use.ts";
import { decideOriginStatus } from "#lib/core/pages/decide-origin-status.ts";
import type { EgressResponse } from "#lib/node/egress/egress.ts";
import { egressFetch } from "#lib/node/egress/egress-fetch.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { getReaderPool } from "#lib/node/reader/pool/reader-pool.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";
import type { PageEntry } from "#lib/server/pages/page-entry.ts";
import { getFilterLists } from "#lib/server/trackers/get-filter-lists.ts";

const PAGE_BYTES_MAX = 16 * 1024 * 1024;
/** `<meta http-equiv=refresh>` hops, on top of the redirects of each. */
const REFRESHES_MAX = 2;

export interface LoadedPage {
  entry: PageEntry;
  cache: "miss" | "revalidated";
}

export interface PageLoad {
  request: PageRequest;
  level: TrackerLevel;
  /** What is kept, to be revalidated with its ETag or Last-Modified. */
  previous: PageEntry | null;
  signal: AbortSignal;
  /** Keeps work alive after the answer. */
  defer: (work: Promise<unknown>) => void;
}

/**
 * Asks the origin for a page and makes its document.
 * @throws AppError with the code of what went wrong at the origin or on the way
 */
export async function loadPage(load: PageLoad): Promise<LoadedPage> {
  const { request, previous, signal } = load;
  const headers = previous ? revalidationHeaders(previous, request) : request.headers;
  const response = await fetchOrThrow(request.url, headers, signal);

  if (response.status === 304 && previous) {
    await response.body.cancel();
    const { policy } = previous.policy.revalidatedPolicy(asPolicyRequest(request), {
      status: 304,
      headers: response.headers,
    });
    return { entry: { ...previous, policy }, cache: "revalidated" };
  }
  return { entry: await readResponse(load, response), cache: "miss" };
}

async function readResponse(load: PageLoad, first: EgressResponse): Promise<PageEntry> {
  const { request, level, signal, defer } = load;
  let response = first;
  for (let refreshes = 0; ; refreshes++) {
    const status = decideOriginStatus(response.status);
    if (!status.show) {
      await response.body.cancel();
      throw new AppError(status.code, { detail: `origin answered ${response.status}` });
    }
    const bytes = await readBody(response, { bytesMax: PAGE_BYTES_MAX });
    const page = await getReaderPool().read(
      {
        kind: "page",
        input: {
          bytes,
          contentType: response.headers["content-type"] ?? null,
          url: request.url,
          finalUrl: response.finalUrl,
          fetchedAt: new Date().toISOString(),
          level,
          lists: getFilterLists(defer),
        },
      },
      { signal },
    );
    if (page.refreshUrl !== null && refreshes < REFRESHES_MAX) {
      response = await fetchOrThrow(page.refreshUrl, request.headers, signal);
      continue;
    }
    return {
      body: Buffer.from(page.body.buffer, page.body.byteOffset, page.body.byteLength),
      policy: createCachePolicy(asPolicyRequest(request), response),
      redirected: withoutFragment(response.finalUrl) !== withoutFragment(request.url),
    };
  }
}

async function fetchOrThrow(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<EgressResponse> {
  const result = await egressFetch({ url, headers, signal });
  if (!result.ok) throw new AppError(result.code, { detail: result.detail });
  return result;
}

function revalidationHeaders(previous: PageEntry, request: PageRequest): Record<string, string> {
  const all = previous.policy.revalidationHeaders({ ...asPolicyRequest(request), method: "GET" });
  const conditions = ["if-none-match", "if-modified-since"] as const;
  const headers = { ...request.headers };
  for (const name of conditions) if (all[name]) headers[name] = String(all[name]);
  return headers;
}

function asPolicyRequest(request: PageRequest): PageRequest {
  return { url: request.url, headers: { ...request.headers, host: new URL(request.url).host } };
}

function withoutFragment(url: string): string {
  const at = url.indexOf("#");
  return at < 0 ? url : url.slice(0, at);
}
