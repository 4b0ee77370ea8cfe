import "server-only";
import { createSingleFlight, type SingleFlight } from "#lib/core/async/create-single-flight.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import {
  decideCacheUse,
  isShareable,
  mayShowStale,
  type PageRequest,
} from "#lib/core/pages/decide-cache-use.ts";
import { normalizeUrl } from "#lib/core/url/normalize-url.ts";
import type { Log } from "#lib/node/log/log.ts";
import type { CacheState, TrackerLevel } from "#lib/protocol/pages.ts";
import { type LoadedPage, loadPage } from "#lib/server/pages/load-page.ts";
import type { PageEntry } from "#lib/server/pages/page-entry.ts";
import { findPageEntry, keepPageEntry, peekPageEntry } from "#lib/server/pages/page-store.ts";

export interface GetPageInput {
  /** Absolute http(s) address. */
  url: string;
  level: TrackerLevel;
  mode: "default" | "reload";
  /** Coarse `accept-language` sent on to the site: the same for everyone who shares a language. */
  language: string;
}

export interface GetPageContext {
  signal?: AbortSignal;
  log: Log;
  /** Takes the stricter limit of a page that must be fetched; throws to refuse. */
  charge?: () => Promise<unknown>;
  /** Keeps work alive after the answer, on platforms that freeze a finished request. */
  defer: (work: Promise<unknown>) => void;
}

export interface GotPage {
  /** UTF-8 JSON of a `Page` without its `cache` field and closing brace. */
  body: Buffer;
  cache: CacheState;
}

const globalFlights = globalThis as typeof globalThis & { quiPageFlights?: SingleFlight<LoadedPage> };
globalFlights.quiPageFlights ??= createSingleFlight<LoadedPage>();
const flights = globalFlights.quiPageFlights;

/**
 * A page by its address: from a cache when HTTP allows it, else from the origin,
 * asked once however many visitors wait for it.
 * @throws AppError
 */
export async function getPage(input: GetPageInput, context: GetPageContext): Promise<GotPage> {
  const request: PageRequest = {
    url: normalizeUrl(input.url),
    headers: { accept: ACCEPT, "accept-language": input.language },
  };
  const key = `${input.level} ${request.url}`;
  const kept =
    peekPageEntry(key, request.headers) ?? (await findPageEntry(key, request.headers, context.log));

  const use = decideCacheUse(kept, request, input.mode);
  if (kept && use === "fresh") return { body: kept.body, cache: "hit" };
  if (kept && use === "refresh-behind") {
    context.defer(refreshBehind(key, request, input.level, kept, context.log));
    return { body: kept.body, cache: "stale" };
  }

  try {
    await context.charge?.();
    const { entry, cache } = await load(key, request, input.level, kept, context);
    return { body: entry.body, cache };
  } catch (error) {
    if (kept && mayShowStale(kept.policy) && error instanceof AppError && isOriginDown(error)) {
      return { body: kept.body, cache: "stale" };
    }
    throw error;
  }
}

const ACCEPT =
  "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.8,application/pdf;q=0.8,*/*;q=0.5";

function load(
  key: string,
  request: PageRequest,
  level: TrackerLevel,
  kept: PageEntry | null,
  context: Pick<GetPageContext, "signal" | "log" | "defer">,
): Promise<LoadedPage> {
  const flightKey = `${key}\n${request.headers["accept-language"]}`;
  return flights.run(flightKey, context.signal, async (signal) => {
    const loaded = await loadPage({ request, level, previous: kept, signal, defer: context.defer });
    if (isShareable(loaded.entry.policy)) {
      context.defer(keepPageEntry(key, request.headers, loaded.entry, context.log));
    }
    return loaded;
  });
}

async function refreshBehind(
  key: string,
  request: PageRequest,
  level: TrackerLevel,
  kept: PageEntry,
  log: Log,
): Promise<void> {
  try {
    await load(key, request, level, kept, { log, defer: (work) => void work });
  } catch (error) {
    log.info({ err: error }, "a stale page could not be refreshed");
  }
}

function isOriginDown(error: AppError): boolean {
  return error.retryable && error.code !== "rate_limited" && error.code !== "unavailable";
}
