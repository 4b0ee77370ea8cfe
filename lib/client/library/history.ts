import { openLibrary } from "#lib/client/library/library-db.ts";
import { changed } from "#lib/client/library/library-store.ts";
import { addVisit, type Visit, type VisitedAddress, type VisitInput } from "#lib/core/library/visit.ts";

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

/** Visits that were deleted, with the addresses as they were before, for `restoreHistory`. */
export interface GoneHistory {
  visits: Visit[];
  addresses: VisitedAddress[];
}

/**
 * Forgets visits with `from` ≤ time < `to`, of one address when `url` is given.
 * Addresses with visits outside that range stay, counted anew.
 */
export async function deleteVisits(range: { from: number; to: number; url?: string }): Promise<GoneHistory> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite");
  const visits = transaction.objectStore("visits");
  const addresses = transaction.objectStore("addresses");
  const gone: GoneHistory = { visits: [], addresses: [] };
  const counts = new Map<string, number>();
  let cursor = await visits.index("at").openCursor(IDBKeyRange.bound(range.from, range.to, false, true));
  while (cursor) {
    const { url } = cursor.value;
    if (range.url === undefined || range.url === url) {
      gone.visits.push({ ...cursor.value, id: cursor.primaryKey });
      counts.set(url, (counts.get(url) ?? 0) + 1);
      await cursor.delete();
    }
    cursor = await cursor.continue();
  }
  for (const [url, count] of counts) {
    const left = await visits.index("url").getAll(url);
    const known = await addresses.get(url);
    if (known) gone.addresses.push(known);
    if (!known || left.length === 0) await addresses.delete(url);
    else {
      const visitCount = Math.max(left.length, known.visitCount - count);
      const lastVisitedAt = Math.max(...left.map((visit) => visit.at));
      await addresses.put({ ...known, visitCount, lastVisitedAt });
    }
  }
  await transaction.done;
  await changed("visits");
  return gone;
}

/** Puts deleted visits back. Meant for right after: counts that changed meanwhile are overwritten. */
export async function restoreHistory({ visits, addresses }: GoneHistory): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction(["visits", "addresses"], "readwrite");
  for (const visit of visits) void transaction.objectStore("visits").put(visit);
  for (const address of addresses) void transaction.objectStore("addresses").put(address);
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
