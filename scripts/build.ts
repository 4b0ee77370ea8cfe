import { resolve } from "node:path";
import { runTask } from "./run-task.ts";
import { buildApp } from "./setup/build-app.ts";
import { migrateDatabase } from "./setup/migrate-database.ts";
import { ensurePrismaClient } from "./setup/prisma-client.ts";

/**
 * `npm run build`, also what Vercel runs. There, a production deployment brings its database up to date first: the new
 * code must never meet an old schema, while the old code keeps working on a schema that has more in it.
 */
async function build(): Promise<void> {
  const root = resolve(import.meta.dirname, "..");
  const { DATABASE_URL, QUI_DIST_DIR, VERCEL_ENV } = process.env;
  ensurePrismaClient(root);
  if (VERCEL_ENV === "production" && DATABASE_URL) await migrateDatabase(root, DATABASE_URL);
  await buildApp({ root, distDir: QUI_DIST_DIR ?? ".next", env: process.env, force: true });
}

await runTask(build);
