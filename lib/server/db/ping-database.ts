import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";

/** Resolves when the database answers; rejects when it does not, within the client's own limits. */
export async function pingDatabase(db: Db = getDb()): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}
