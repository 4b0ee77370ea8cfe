import { join } from "node:path";
import { readMigrations } from "#lib/node/migrations/read-migrations.ts";
import { runMigrations } from "#lib/node/migrations/run-migrations.ts";

/** Brings a database to the newest schema, saying which migrations run. */
export async function migrateDatabase(root: string, databaseUrl: string): Promise<void> {
  await runMigrations({
    databaseUrl,
    migrations: await readMigrations(join(root, "prisma/migrations")),
    onStart: (name) => console.log(`qui: applying migration ${name}`),
  });
}
