import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "#lib/server/db/client.ts";
import { confirmFilterList } from "#lib/server/db/filter-lists/confirm-filter-list.ts";
import { getFilterList } from "#lib/server/db/filter-lists/get-filter-list.ts";
import { listFilterLists } from "#lib/server/db/filter-lists/list-filter-lists.ts";
import { type FetchedFilterList, putFilterList } from "#lib/server/db/filter-lists/put-filter-list.ts";
import { createTestDatabase, type TestDatabase } from "../setup/test-database.ts";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, 4);
});
beforeEach(async () => {
  await db.filterList.deleteMany();
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const text = `! Title: Übung\n${"||tracker.example^$third-party\n".repeat(20_000)}`;
const fetched: FetchedFilterList = {
  name: "easyprivacy",
  url: "https://lists.example/easyprivacy.txt",
  etag: '"abc"',
  lastModified: "Mon, 01 Jun 2026 12:00:00 GMT",
  fetchedAt: new Date("2026-06-01T12:00:00Z"),
  text,
};

describe("filter lists", () => {
  it("come back with the text and the validators they were stored with", async () => {
    await putFilterList(fetched, db);
    expect(await getFilterList(fetched.url, db)).toEqual({
      ...fetched,
      sha256: createHash("sha256").update(text).digest("hex"),
    });
  });

  it("are stored compressed", async () => {
    await putFilterList(fetched, db);
    const [row] = await db.$queryRaw<
      { bytes: number }[]
    >`SELECT octet_length(body) AS bytes FROM filter_lists`;
    expect(row?.bytes).toBeLessThan(text.length / 50);
  });

  it("replace the one before under the same name, whatever its address was", async () => {
    await putFilterList(fetched, db);
    await putFilterList(
      { ...fetched, url: "https://mirror.example/easyprivacy.txt", etag: null, text: "new" },
      db,
    );
    expect(await getFilterList(fetched.url, db)).toBeNull();
    expect(await getFilterList("https://mirror.example/easyprivacy.txt", db)).toMatchObject({
      text: "new",
      etag: null,
    });
  });

  it("are listed by name, without their texts", async () => {
    await putFilterList(fetched, db);
    await putFilterList({ ...fetched, name: "easylist", url: "https://lists.example/easylist.txt" }, db);
    const listed = await listFilterLists(db);
    expect(listed.map(({ name }) => name)).toEqual(["easylist", "easyprivacy"]);
    expect(listed[0]).not.toHaveProperty("body");
  });

  it("are confirmed as current without being stored again", async () => {
    const { sha256 } = await putFilterList(fetched, db);
    const later = new Date("2026-06-02T12:00:00Z");
    expect(await confirmFilterList(fetched.url, later, db)).toBe(true);
    expect(await listFilterLists(db)).toMatchObject([{ fetchedAt: later, sha256 }]);
    expect(await confirmFilterList("https://other.example/", later, db)).toBe(false);
  });

  it("are absent rather than wrong when their bytes were damaged", async () => {
    await putFilterList(fetched, db);
    await db.filterList.update({ where: { name: fetched.name }, data: { sha256: "0".repeat(64) } });
    expect(await getFilterList(fetched.url, db)).toBeNull();
    await db.filterList.update({ where: { name: fetched.name }, data: { body: new Uint8Array([1, 2, 3]) } });
    expect(await getFilterList(fetched.url, db)).toBeNull();
  });
});
