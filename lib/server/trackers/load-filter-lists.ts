import "server-only";
import { join } from "node:path";
import { checkFilterList } from "#lib/core/trackers/check-filter-list.ts";
import { categoryOfList } from "#lib/core/trackers/tracker-category.ts";
import { getEnv } from "#lib/node/env.ts";
import { getLog } from "#lib/node/log/log.ts";
import { compileInWorker } from "#lib/node/trackers/compile-in-worker.ts";
import type { CompiledList } from "#lib/node/trackers/compiled-list.ts";
import { createEngineStore } from "#lib/node/trackers/engine-store.ts";
import { getFilterList } from "#lib/server/db/filter-lists/get-filter-list.ts";
import { listFilterLists } from "#lib/server/db/filter-lists/list-filter-lists.ts";
import { configuredLists } from "#lib/server/trackers/configured-lists.ts";

/** A compiled list with what decides whether it is still the stored one, and whether to fetch it again. */
export interface LoadedList extends CompiledList {
  sha256: string;
  fetchedAt: Date;
  expiresMs: number | null;
}

/**
 * The configured lists that are stored, compiled: what is unchanged is taken over
 * from `loaded`, the rest comes from disk or is compiled in a worker. A list that
 * cannot be compiled is left out, with a line in the log.
 */
export async function loadFilterLists(loaded: readonly LoadedList[]): Promise<LoadedList[]> {
  const urls = configuredLists();
  if (urls.length === 0) return [];
  const store = createEngineStore(join(getEnv().QUI_DATA_DIR, "filter-lists"));
  const heads = (await listFilterLists()).filter(({ url }) => urls.includes(url));
  const lists: LoadedList[] = [];
  for (const head of heads) {
    const same = loaded.find(({ url, sha256 }) => url === head.url && sha256 === head.sha256);
    if (same) {
      lists.push({ ...same, fetchedAt: head.fetchedAt });
      continue;
    }
    try {
      const list = await loadList(head.url, store);
      if (list) lists.push(list);
    } catch (error) {
      getLog().warn({ err: error, module: "trackers" }, "a filter list could not be compiled");
    }
  }
  await store.keepOnly(lists.map(({ sha256 }) => sha256));
  return lists;
}

async function loadList(
  url: string,
  store: ReturnType<typeof createEngineStore>,
): Promise<LoadedList | null> {
  const stored = await getFilterList(url);
  const check = stored && checkFilterList(stored.text, null);
  if (!stored || !check?.ok) return null;
  let engine = await store.get(stored.sha256);
  if (!engine) {
    engine = await compileInWorker(stored.text);
    await store.put(stored.sha256, engine);
  }
  return {
    url,
    category: categoryOfList(check.facts.title),
    engine,
    sha256: stored.sha256,
    fetchedAt: stored.fetchedAt,
    expiresMs: check.facts.expiresMs,
  };
}
