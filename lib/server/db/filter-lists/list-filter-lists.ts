import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";
import { FILTER_LIST_HEAD, type FilterListHead } from "#lib/server/db/filter-lists/stored-filter-list.ts";

/** What is kept, by name, without the texts: enough to see whether another process has fetched a newer one. */
export function listFilterLists(db: Db = getDb()): Promise<FilterListHead[]> {
  return db.filterList.findMany({ select: FILTER_LIST_HEAD, orderBy: { name: "asc" } });
}
