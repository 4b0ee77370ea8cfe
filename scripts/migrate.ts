import { join, resolve } from "node:path";
import { startPostgres } from "./services/postgres/start-postgres.ts";
import { takeRunLock } from "./services/run-lock.ts";
import { createServiceGroup } from "./services/service-group.ts";
import { migrateDatabase } from "./setup/migrate-database.ts";
import { readEnv } from "./setup/read-env.ts";

/** `npm run migrate`: brings the database of DATABASE_URL, or the embedded one, up to date. */
async function migrate(): Promise<void> {
  const root = resolve(import.meta.dirname, "..");
  const env = readEnv(root, "production");
  if (env.DATABASE_URL) return migrateDatabase(root, env.DATABASE_URL);

  const dataDir = resolve(root, env.QUI_DATA_DIR ?? ".qui");
  const lock = takeRunLock(join(dataDir, "run.json"), "npm run migrate");
  if (!lock.held) {
    throw new Error(
      `Qui runs from this folder (process ${lock.pid}) and migrated its database when it started.`,
    );
  }
  const services = createServiceGroup();
  try {
    const postgres = await startPostgres({ dir: join(dataDir, "postgres"), database: "qui", durable: true });
    services.add({ name: "PostgreSQL", child: postgres.child, signal: "INT", waitMs: 10_000 });
    await migrateDatabase(root, postgres.url);
  } finally {
    await services.stop();
    lock.release();
  }
}

try {
  await migrate();
  console.log("qui: the database is up to date.");
} catch (error) {
  console.error(`qui: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
