import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import pg from "pg";
import { migrateDatabase } from "../../../scripts/setup/migrate-database.ts";

const TEMPLATE = "qui_template";

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated database that nobody connects to, from which others are copied. */
export async function createTemplate(serverUrl: string): Promise<void> {
  await asAdmin(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`));
  await asAdmin(serverUrl, (client) => client.query(`CREATE DATABASE ${TEMPLATE}`));
  await migrateDatabase(resolve(import.meta.dirname, "../../.."), withDatabase(serverUrl, TEMPLATE));
}

/** An empty, migrated database of a test file's own, so that files may run at the same time. About 50 ms. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(`TEMPLATE ${TEMPLATE}`);
}

/** A database without anything in it. */
export function createBlankDatabase(): Promise<TestDatabase> {
  return createDatabase("");
}

async function createDatabase(options: string): Promise<TestDatabase> {
  const serverUrl = process.env.DATABASE_URL;
  if (!serverUrl) throw new Error('DATABASE_URL is not set: run the tests of the project "integration".');
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(serverUrl, (client) => client.query(`CREATE DATABASE ${name} ${options}`));
  return {
    url: withDatabase(serverUrl, name),
    drop: async () => {
      await asAdmin(serverUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function asAdmin<T>(serverUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(serverUrl, "postgres") });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
