import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";

/** Notes that the origin called the kept list current (304). @returns whether the list is kept. */
export async function confirmFilterList(url: string, fetchedAt: Date, db: Db = getDb()): Promise<boolean> {
  const { count } = await db.filterList.updateMany({ where: { url }, data: { fetchedAt } });
  return count > 0;
}
