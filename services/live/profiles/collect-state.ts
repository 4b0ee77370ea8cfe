import type { BrowserContext } from "playwright-core";
import { within } from "#lib/core/async/within.ts";
import { type StorageState, storageStateSchema } from "#services/live/profiles/profile.ts";

const COLLECT_MS = 8_000;
/** Databases larger than this in all stay behind: collecting them would take this process's memory. */
const DATABASE_BYTES_MAX = 4_000_000;
/** Each may hold 10 MB that have to be read to know; beyond this many only cookies are kept. */
const ORIGINS_READ_MAX = 100;

/** Null `origins`: they could not be read, or are too many to. */
export type CollectedState = Pick<StorageState, "cookies"> & { origins: StorageState["origins"] | null };

/**
 * What sites keep in the context now. `origins` are those it went to. A hostile one
 * can have databases, or with very many origins all but cookies, left out; it cannot
 * fill this process's memory.
 */
export async function collectState(
  context: BrowserContext,
  origins: ReadonlySet<string>,
): Promise<CollectedState> {
  if (origins.size > ORIGINS_READ_MAX) return cookiesOf(context);
  const bytes = await within(databaseBytes(context, origins), COLLECT_MS);
  const collecting = (indexedDB: boolean) => within(context.storageState({ indexedDB }), COLLECT_MS);
  // A database may hold what cannot be written down, such as a key that must not leave it.
  const state =
    bytes > DATABASE_BYTES_MAX ? collecting(false) : collecting(true).catch(() => collecting(false));
  return state.then((read) => storageStateSchema.parse(read)).catch(() => cookiesOf(context));
}

async function cookiesOf(context: BrowserContext): Promise<CollectedState> {
  const cookies = await within(context.cookies(), COLLECT_MS);
  return { cookies: storageStateSchema.shape.cookies.parse(cookies), origins: null };
}

/** Asked of Chromium itself: a page could answer anything. */
async function databaseBytes(context: BrowserContext, origins: ReadonlySet<string>): Promise<number> {
  const [open] = context.pages();
  const page = open ?? (await context.newPage());
  try {
    const cdp = await context.newCDPSession(page);
    const usages = await Promise.all(
      [...origins].map((origin) => cdp.send("Storage.getUsageAndQuota", { origin })),
    );
    await cdp.detach();
    return usages
      .flatMap(({ usageBreakdown }) => usageBreakdown)
      .filter(({ storageType }) => storageType === "indexeddb")
      .reduce((sum, { usage }) => sum + usage, 0);
  } finally {
    if (!open) await page.close();
  }
}
