import { openLibrary } from "#lib/client/library/library-db.ts";
import { changed } from "#lib/client/library/library-store.ts";
import { addVisit, type Visit, type VisitInput } from "#lib/core/library/visit.ts";

/** Visits older than this are forgotten. */
const KEPT_MS = 365 * 24 * 3600 * 1000;
const VISITS_MAX = 50_000;
const ADDRESSES_MAX = 20_000;
/** Pruning is looked at once in so many visits. */
const PRUNE_EVERY = 200;

let sincePruned = 0;

/** Remembers one visit. Never called for private panels. */
export async function recordVisit(visit: VisitInput): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite", { durability: "relaxed" });
  const addresses = transaction.objectStore("addresses");
  const known = await addresses.get(visit.url);
  const next = addVisit(known, visit);
  await Promise.all([
    addresses.put(next),
    transaction.objectStore("visits").add({ url: visit.url, title: next.title, at: visit.at }),
    transaction.done,
  ]);
  if (++sincePruned >= PRUNE_EVERY) {
    sincePruned = 0;
    await pruneHistory(visit.at);
  }
  await changed("visits");
}

/** The newest visits before `before`, newest first. `matches` filters by title and address. */
export async function listVisits(query: {
  before: number;
  limit: number;
  matches?: (visit: Visit) => boolean;
}): Promise<Visit[]> {
  const db = await openLibrary();
  const visits: Visit[] = [];
  const range = IDBKeyRange.upperBound(query.before, true);
  let cursor = await db.transaction("visits").store.index("at").openCursor(range, "prev");
  while (cursor && visits.length < query.limit) {
    const visit = { ...cursor.value, id: cursor.primaryKey };
    if (query.matches?.(visit) ?? true) visits.push(visit);
    cursor = await cursor.continue();
  }
  return visits;
}

/** Forgets every visit to these addresses. */
export async function deleteAddresses(urls: readonly string[]): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite");
  for (const url of urls) {
    await transaction.objectStore("addresses").delete(url);
    const keys = await transaction.objectStore("visits").index("url").getAllKeys(url);
    for (const key of keys) await transaction.objectStore("visits").delete(key);
  }
  await transaction.done;
  await changed("visits");
}

/** Forgets visits with `from` ≤ time < `to`; addresses with visits outside that range stay, counted anew. */
export async function deleteVisitsBetween(from: number, to: number): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite");
  const visits = transaction.objectStore("visits");
  const addresses = transaction.objectStore("addresses");
  const touched = new Map<string, number>();
  let cursor = await visits.index("at").openCursor(IDBKeyRange.bound(from, to, false, true));
  while (cursor) {
    touched.set(cursor.value.url, (touched.get(cursor.value.url) ?? 0) + 1);
    await cursor.delete();
    cursor = await cursor.continue();
  }
  for (const [url, gone] of touched) {
    const left = await visits.index("url").getAll(url);
    const known = await addresses.get(url);
    if (!known || left.length === 0) await addresses.delete(url);
    else {
      const visitCount = Math.max(left.length, known.visitCount - gone);
      const lastVisitedAt = Math.max(...left.map((visit) => visit.at));
      await addresses.put({ ...known, visitCount, lastVisitedAt });
    }
  }
  await transaction.done;
  await changed("visits");
}

export async function deleteAllHistory(): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite");
  await Promise.all([
    transaction.objectStore("visits").clear(),
    transaction.objectStore("addresses").clear(),
    transaction.done,
  ]);
  await changed("visits");
}

/** Keeps history within its bounds: a year, and so many visits and addresses, the oldest leaving first. */
async function pruneHistory(now: number): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite");
  const trim = async (
    index: "visits" | "addresses",
    cursorOf: () => Promise<{ delete(): Promise<void>; continue(): Promise<unknown> } | null>,
    max: number,
    isOld: (value: { at?: number; lastVisitedAt?: number }) => boolean,
  ) => {
    let excess = (await transaction.objectStore(index).count()) - max;
    let cursor = (await cursorOf()) as
      | (Awaited<ReturnType<typeof cursorOf>> & { value: { at?: number; lastVisitedAt?: number } })
      | null;
    while (cursor && (excess > 0 || isOld(cursor.value))) {
      await cursor.delete();
      excess--;
      cursor = (await cursor.continue()) as typeof cursor;
    }
  };
  const oldest = now - KEPT_MS;
  await trim(
    "visits",
    () => transaction.objectStore("visits").index("at").openCursor(),
    VISITS_MAX,
    ({ at = now }) => at < oldest,
  );
  await trim(
    "addresses",
    () => transaction.objectStore("addresses").index("lastVisitedAt").openCursor(),
    ADDRESSES_MAX,
    ({ lastVisitedAt = now }) => lastVisitedAt < oldest,
  );
  await transaction.done;
}
