import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Migration, readMigrations } from "#lib/node/migrations/read-migrations.ts";
import { runMigrations } from "#lib/node/migrations/run-migrations.ts";
import { diffSchema } from "../../../scripts/schema/diff-schema.ts";
import { openSchemaEngine } from "../../../scripts/schema/open-schema-engine.ts";
import { createBlankDatabase, type TestDatabase } from "../setup/test-database.ts";

const folder = resolve("prisma/migrations");
const schema = readFileSync("prisma/schema.prisma", "utf8");

let database: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  database = await createBlankDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: `checksum of ${sql}`.slice(0, 64),
});
const run = (migrations: Migration[], lockTimeoutMs?: number) =>
  runMigrations({ databaseUrl: database.url, migrations, ...(lockTimeoutMs ? { lockTimeoutMs } : {}) });
const first = migration("20260101000000_first", "CREATE TABLE one (id INTEGER PRIMARY KEY);");
const second = migration("20260102000000_second", "CREATE TABLE two (id INTEGER PRIMARY KEY);");
const tables = async () => {
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
};
const records = async () =>
  (await client.query("SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at")).rows;

describe("the project's own migrations", () => {
  it("lead to exactly what the schema says", async () => {
    await run(await readMigrations(folder));
    expect(await diffSchema(schema, database.url)).toBe("");
  });

  it("would be told apart from a schema that says more", async () => {
    await run(await readMigrations(folder));
    const more = `${schema}\nmodel Extra {\n  id Int @id\n  @@map("extras")\n}\n`;
    expect(await diffSchema(more, database.url)).toContain('CREATE TABLE "extras"');
  });

  it("leave records in which Prisma itself finds nothing to do and nothing amiss", async () => {
    const migrations = await readMigrations(folder);
    await run(migrations);
    const engine = await openSchemaEngine(schema, database.url);
    const diagnosis = await engine.diagnoseMigrationHistory({
      migrationsList: {
        baseDir: folder,
        lockfile: { path: "migration_lock.toml", content: null },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
        })),
      },
      optInToShadowDatabase: false,
      filters: { externalTables: [], externalEnums: [] },
    });
    engine.free();
    expect(diagnosis).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });
});

describe("runMigrations", () => {
  it("applies each migration once", async () => {
    expect(await run([first])).toEqual([first.name]);
    expect(await run([first, second])).toEqual([second.name]);
    expect(await run([first, second])).toEqual([]);
    expect(await tables()).toEqual(["one", "two"]);
  });

  it("applies each migration once when several processes start together", async () => {
    const applied = await Promise.all(Array.from({ length: 5 }, () => run([first, second])));
    expect(applied.flat().sort()).toEqual([first.name, second.name]);
    expect(await records()).toEqual([{ name: first.name }, { name: second.name }]);
  });

  it("says so when another process holds the lock for too long", async () => {
    await client.query("SELECT pg_advisory_lock(72707369)");
    await expect(run([first], 50)).rejects.toThrow("Another process has been migrating this database");
    await client.query("SELECT pg_advisory_unlock(72707369)");
    expect(await run([first])).toEqual([first.name]);
  });

  it("leaves nothing of a migration that fails, keeps those before it, and names the line", async () => {
    const broken = migration("20260103000000_broken", "CREATE TABLE three (id INTEGER);\nCREATE TABEL four;");
    await expect(run([first, broken])).rejects.toThrow(
      /20260103000000_broken failed and was rolled back: .*\(line 2\)/,
    );
    expect(await tables()).toEqual(["one"]);
    expect(await records()).toEqual([{ name: first.name }]);
    const repaired = { ...broken, sql: "CREATE TABLE three (id INTEGER);" };
    expect(await run([first, repaired])).toEqual([broken.name]);
  });

  it("refuses a database whose applied migration was edited since, and touches nothing", async () => {
    await run([first]);
    const edited = { ...first, checksum: "another" };
    await expect(run([edited, second])).rejects.toThrow(
      `Migration ${first.name} was changed after it was applied`,
    );
    expect(await tables()).toEqual(["one"]);
  });

  it("refuses a database in which Prisma left a failed migration", async () => {
    await run([first]);
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', $1)",
      [second.name],
    );
    await expect(run([first, second])).rejects.toThrow(`prisma migrate resolve --rolled-back ${second.name}`);
  });

  it("refuses a database of a newer version", async () => {
    await run([first, second]);
    await expect(run([first])).rejects.toThrow("Start the newer version again");
  });

  it("gives the lock back after a failure", async () => {
    const broken = migration("20260101000000_broken", "SELECT nothing_here");
    await expect(run([broken])).rejects.toThrow("failed and was rolled back");
    const { rows } = await client.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'");
    expect(rows).toEqual([]);
  });
});
