import { join, resolve } from "node:path";
import { runTask } from "./run-task.ts";
import { startPostgres } from "./services/postgres/start-postgres.ts";
import { takeRunLock } from "./services/run-lock.ts";
import { createServiceGroup } from "./services/service-group.ts";
import { migrateDatabase } from "./setup/migrate-database.ts";
import { readEnv } from "./setup/read-env.ts";

const DONE = "the database is up to date.";

/** `npm run migrate`: brings the database of DATABASE_URL, or the embedded one, up to date. */
async function migrate(): Promise<string> {
  const root = resolve(import.meta.dirname, "..");
  const env = readEnv(root, "production");
  if (env.DATABASE_URL) {
    await migrateDatabase(root, env.DATABASE_URL);
    return DONE;
  }

  const dataDir = resolve(root, env.QUI_DATA_DIR ?? ".qui");
  const lock = takeRunLock(join(dataDir, "run.json"), "npm run migrate");
  if (!lock.held) {
    throw new Error(
      `Qui runs from this folder (process ${lock.pid}) and migrated its database when it started.`,
    );
  }
  const services = createServiceGroup();
  try {
    const dir = join(dataDir, "postgres");
    const postgres = await startPostgres({ dir, database: "qui", durable: true, services });
    await migrateDatabase(root, postgres.url);
    return DONE;
  } finally {
    await services.stop();
    lock.release();
  }
}

await runTask(migrate);
