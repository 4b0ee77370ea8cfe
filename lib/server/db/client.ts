import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { getEnv } from "#lib/node/env.ts";
import { PrismaClient } from "#lib/server/db/generated/client.ts";

export type Db = PrismaClient;

/**
 * A server holds few connections, since processes add up at PostgreSQL; a function serves few requests at once and is
 * multiplied by the platform.
 */
const CONNECTIONS_MAX = { server: 10, function: 3 };

/** The one place that builds a client. Every query is bounded: waiting for a connection, and running. */
export function createDb(databaseUrl: string, connectionsMax: number): Db {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      application_name: "qui",
      max: connectionsMax,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      // The server's own limit ends the query; the client's, a little later, a server that no longer answers.
      statement_timeout: 15_000,
      query_timeout: 20_000,
      idle_in_transaction_session_timeout: 15_000,
      keepAlive: true,
    },
    // A connection lost while idle is replaced at the next query; without a listener it would end the process.
    { onPoolError: () => {}, onConnectionError: () => {} },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 15_000 } });
}

/** Development replaces modules on each edit; the client outlives that, or connections would pile up. */
const kept = globalThis as typeof globalThis & { quiDb?: Db };

/**
 * This process's client.
 * @throws when DATABASE_URL is not set. Ask `describeMissingSettings` first where that may be.
 */
export function getDb(): Db {
  if (kept.quiDb) return kept.quiDb;
  const { DATABASE_URL, VERCEL } = getEnv();
  if (!DATABASE_URL) throw new Error("DATABASE_URL is not set: there is no database.");
  kept.quiDb = createDb(DATABASE_URL, VERCEL ? CONNECTIONS_MAX.function : CONNECTIONS_MAX.server);
  return kept.quiDb;
}
