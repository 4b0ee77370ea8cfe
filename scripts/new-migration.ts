import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runTask } from "./run-task.ts";
import { diffSchema } from "./schema/diff-schema.ts";
import { startThrowawayPostgres } from "./services/postgres/start-throwaway-postgres.ts";
import { createServiceGroup } from "./services/service-group.ts";
import { migrateDatabase } from "./setup/migrate-database.ts";

/** `npm run migration:new -- add_accounts`: writes the SQL from the last migration to what the schema says now. */
async function createMigration(): Promise<string> {
  const root = resolve(import.meta.dirname, "..");
  const [title] = process.argv.slice(2);
  if (!title || !/^[a-z0-9_]+$/.test(title)) {
    throw new Error("Give the migration a name of lower-case words: npm run migration:new -- add_accounts");
  }
  const services = createServiceGroup();
  const postgres = await startThrowawayPostgres({ database: "qui", services });
  try {
    await migrateDatabase(root, postgres.url);
    const sql = await diffSchema(readFileSync(join(root, "prisma/schema.prisma"), "utf8"), postgres.url);
    if (sql === "") return "The schema and the migrations agree; there is nothing to write.";

    const time = new Date().toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
    const folder = join("prisma/migrations", `${time}_${title}`);
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, "migration.sql"), sql);
    return `Wrote ${folder}/migration.sql. Read it before you commit it.`;
  } finally {
    await services.stop();
    postgres.remove();
  }
}

await runTask(createMigration);
