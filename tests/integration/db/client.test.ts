import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "#lib/server/db/client.ts";
import { pingDatabase } from "#lib/server/db/ping-database.ts";
import { createTestDatabase, type TestDatabase } from "../setup/test-database.ts";

let database: TestDatabase;
let db: Db;
beforeEach(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, 2);
});
afterEach(async () => {
  await db.$disconnect();
  await database.drop();
});

describe("the database client", () => {
  it("never holds more connections than it may", async () => {
    await Promise.all(Array.from({ length: 20 }, () => db.$queryRaw`SELECT pg_sleep(0.01)::text`));
    const rows = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'qui'`;
    expect(rows).toEqual([{ count: 2 }]);
  });

  it("bounds how long a query may run", async () => {
    expect(await db.$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: "15s" }]);
  });

  it("works again after the server ended its connections", async () => {
    await pingDatabase(db);
    const other = createDb(database.url, 1);
    await other.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await other.$disconnect();
    await expect
      .poll(() =>
        pingDatabase(db).then(
          () => "answers",
          () => "does not answer",
        ),
      )
      .toBe("answers");
  });

  it("rejects a ping when there is no server", async () => {
    const nobody = createDb("postgresql://qui:qui@127.0.0.1:1/qui", 1);
    await expect(pingDatabase(nobody)).rejects.toThrow();
    await nobody.$disconnect();
  });
});
