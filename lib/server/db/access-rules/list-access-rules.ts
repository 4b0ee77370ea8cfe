import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";
import type { AccessRule } from "#lib/server/db/generated/client.ts";

/** The rules in force at `now`, oldest first. */
export function listAccessRules({ now, db = getDb() }: { now: Date; db?: Db }): Promise<AccessRule[]> {
  return db.accessRule.findMany({
    where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}
