import { randomUUID } from "node:crypto";
import pg from "pg";
import { type MigrationPlan, planMigrations } from "#lib/core/migrations/plan-migrations.ts";
import type { Migration } from "#lib/node/migrations/read-migrations.ts";

/** Prisma's own number, so that its `migrate deploy` and this runner keep each other out. */
const ADVISORY_LOCK = 72707369;

export interface RunMigrationsOptions {
  databaseUrl: string;
  migrations: readonly Migration[];
  /** How long to wait for another runner. Prisma waits ten seconds. */
  lockTimeoutMs?: number;
  /** Called before each migration runs. */
  onStart?: (name: string) => void;
}

/**
 * Applies what is pending, each migration and its record in one transaction, under an advisory lock over all
 * processes. The records are Prisma's, so `prisma migrate deploy` can take over at any time.
 *
 * A statement that cannot run in a transaction (`CREATE INDEX CONCURRENTLY`) fails here by design: such a step
 * is an operator's.
 * @returns the names applied now, in order.
 * @throws Error with what to do, when a migration fails or the history does not fit the files.
 */
export async function runMigrations(options: RunMigrationsOptions): Promise<string[]> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "qui-migrate",
  });
  // A lost connection also fails the query that waits on it; without a listener it would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    await lock(client, options.lockTimeoutMs ?? 60_000);
    await ensureTable(client);
    const plan = planMigrations(options.migrations, await readRecords(client));
    if (plan.status !== "ready") throw new Error(explain(plan));
    const byName = new Map(options.migrations.map((migration) => [migration.name, migration]));
    for (const name of plan.pending) {
      const migration = byName.get(name);
      if (!migration) continue;
      options.onStart?.(name);
      await apply(client, migration);
    }
    return plan.pending;
  } finally {
    // Ending the session gives the lock back, whatever state it is in.
    await client.end();
  }
}

async function lock(client: pg.Client, timeoutMs: number): Promise<void> {
  await client.query("SELECT set_config('lock_timeout', $1, false)", [String(timeoutMs)]);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "55P03") throw cause;
    throw new Error(`Another process has been migrating this database for over ${timeoutMs / 1000} s.`, {
      cause,
    });
  }
}

async function ensureTable(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum VARCHAR(64) NOT NULL,
      finished_at TIMESTAMPTZ,
      migration_name VARCHAR(255) NOT NULL,
      logs TEXT,
      rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
      applied_steps_count INTEGER NOT NULL DEFAULT 0
    )`);
}

async function readRecords(client: pg.Client) {
  const { rows } = await client.query<{
    name: string;
    checksum: string;
    finishedAt: Date | null;
    rolledBackAt: Date | null;
  }>(`
    SELECT migration_name AS name, checksum, finished_at AS "finishedAt", rolled_back_at AS "rolledBackAt"
    FROM _prisma_migrations ORDER BY started_at`);
  return rows;
}

async function apply(client: pg.Client, { name, checksum, sql }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    // When the connection itself is lost there is nothing to roll back; the first error is the one to tell.
    await client.query("ROLLBACK").catch(() => {});
    throw new Error(
      `Migration ${name} failed and was rolled back: ${explainFailure(cause, sql)}\n` +
        "Nothing of it remains in the database. Correct its SQL, then migrate again.",
      { cause },
    );
  }
}

/** PostgreSQL's message, with the line it points at. */
function explainFailure(error: unknown, sql: string): string {
  const { message, position } = error as { message?: string; position?: string };
  const line = position ? ` (line ${sql.slice(0, Number(position)).split("\n").length})` : "";
  return `${message ?? String(error)}${line}`;
}

function explain(plan: Exclude<MigrationPlan, { status: "ready" }>): string {
  switch (plan.status) {
    case "changed":
      return `Migration ${plan.name} was changed after it was applied. Restore its file, and make the change in a new migration.`;
    case "failed":
      return (
        `Migration ${plan.name} began in this database and did not finish. Repair the database, then record that with ` +
        `"prisma migrate resolve --rolled-back ${plan.name}" or "--applied ${plan.name}".`
      );
    case "unknown":
      return `The database has migration ${plan.name}, which this version of Qui does not know. Start the newer version again.`;
    case "out_of_order":
      return `Migration ${plan.name} is new but comes before ${plan.before}, which is applied. Give it a later name.`;
  }
}
