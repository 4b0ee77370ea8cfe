import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAccessRule, type NewAccessRule } from "#lib/server/db/access-rules/create-access-rule.ts";
import { deleteAccessRule } from "#lib/server/db/access-rules/delete-access-rule.ts";
import { deleteExpiredAccessRules } from "#lib/server/db/access-rules/delete-expired-access-rules.ts";
import { listAccessRules } from "#lib/server/db/access-rules/list-access-rules.ts";
import { createDb, type Db } from "#lib/server/db/client.ts";
import { createTestDatabase, type TestDatabase } from "../setup/test-database.ts";

const now = new Date("2026-06-01T12:00:00Z");
const minute = 60_000;

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, 4);
});
beforeEach(async () => {
  await db.accessRule.deleteMany();
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const rule = (over: Partial<NewAccessRule> = {}): NewAccessRule => ({
  kind: "PATH_PATTERN",
  pattern: "/wp-admin/**",
  action: "BLOCK",
  reason: "scanner",
  expiresAt: null,
  ...over,
});
const patterns = async () => (await listAccessRules({ now, db })).map(({ pattern }) => pattern);

describe("access rules", () => {
  it("are listed as they were created, oldest first", async () => {
    const created = [
      await createAccessRule(rule(), db),
      await createAccessRule(rule({ pattern: "/.env" }), db),
    ];
    expect(await listAccessRules({ now, db })).toEqual(created);
    expect(created[0]).toMatchObject(rule());
  });

  it("are in force until they expire, and not at that moment", async () => {
    await createAccessRule(rule({ pattern: "over", expiresAt: now }), db);
    await createAccessRule(rule({ pattern: "still", expiresAt: new Date(now.getTime() + 1) }), db);
    expect(await patterns()).toEqual(["still"]);
  });

  it("have one entry for a kind and a pattern: a later one replaces it", async () => {
    const before = await createAccessRule(rule({ expiresAt: now }), db);
    const after = await createAccessRule(rule({ action: "ALLOW", reason: "our own check" }), db);
    expect(after.id).toBe(before.id);
    expect(await listAccessRules({ now, db })).toEqual([
      { ...before, action: "ALLOW", reason: "our own check", expiresAt: null },
    ]);
  });

  it("stay one when two administrators add the same at once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => createAccessRule(rule(), db)));
    expect(await patterns()).toEqual(["/wp-admin/**"]);
  });

  it("may hold one pattern for paths and for clients", async () => {
    await createAccessRule(rule({ pattern: "2001:db8::/64" }), db);
    await createAccessRule(rule({ pattern: "2001:db8::/64", kind: "CLIENT" }), db);
    expect(await patterns()).toHaveLength(2);
  });

  it("are gone once deleted, and deleting one again says that there is none", async () => {
    const { id } = await createAccessRule(rule(), db);
    expect(await deleteAccessRule(id, db)).toBe(true);
    expect(await deleteAccessRule(id, db)).toBe(false);
    expect(await patterns()).toEqual([]);
  });

  it("are cleared away once they are over, and no others", async () => {
    await createAccessRule(rule({ pattern: "over", expiresAt: new Date(now.getTime() - minute) }), db);
    await createAccessRule(rule({ pattern: "later", expiresAt: new Date(now.getTime() + minute) }), db);
    await createAccessRule(rule({ pattern: "always" }), db);
    expect(await deleteExpiredAccessRules({ now, db })).toBe(1);
    expect(await patterns()).toEqual(["later", "always"]);
  });
});
