import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";

/** Removes the rules that are over. @returns how many there were. */
export async function deleteExpiredAccessRules({
  now,
  db = getDb(),
}: {
  now: Date;
  db?: Db;
}): Promise<number> {
  const { count } = await db.accessRule.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}
