import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";

/** @returns whether there was such a rule. */
export async function deleteAccessRule(id: string, db: Db = getDb()): Promise<boolean> {
  const { count } = await db.accessRule.deleteMany({ where: { id } });
  return count > 0;
}
