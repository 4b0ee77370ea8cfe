import { describe, expect, it } from "vitest";
import { type MigrationRecord, planMigrations } from "#lib/core/migrations/plan-migrations.ts";

const files = [
  { name: "20260101000000_first", checksum: "a" },
  { name: "20260102000000_second", checksum: "b" },
  { name: "20260103000000_third", checksum: "c" },
];
const applied = (name: string, checksum: string, more: Partial<MigrationRecord> = {}): MigrationRecord => ({
  name,
  checksum,
  finishedAt: new Date(0),
  rolledBackAt: null,
  ...more,
});
const first = applied("20260101000000_first", "a");
const second = applied("20260102000000_second", "b");

describe("planMigrations", () => {
  it("runs everything in an empty database, in the order of the names", () => {
    expect(planMigrations(files.toReversed(), [])).toEqual({
      status: "ready",
      pending: files.map(({ name }) => name),
    });
  });

  it("runs only what is not applied", () => {
    expect(planMigrations(files, [second, first])).toEqual({
      status: "ready",
      pending: ["20260103000000_third"],
    });
  });

  it("has nothing to do in a database that is up to date", () => {
    expect(planMigrations(files.slice(0, 2), [first, second])).toEqual({ status: "ready", pending: [] });
  });

  it("stops at a migration that was changed after it was applied", () => {
    const changed = applied("20260102000000_second", "other");
    expect(planMigrations(files, [first, changed])).toEqual({
      status: "changed",
      name: "20260102000000_second",
    });
  });

  it("stops at a migration that began and did not finish", () => {
    const unfinished = { ...second, finishedAt: null };
    expect(planMigrations(files, [first, unfinished])).toEqual({
      status: "failed",
      name: "20260102000000_second",
    });
  });

  it("runs a migration again that was marked as rolled back", () => {
    const rolledBack = { ...second, finishedAt: null, rolledBackAt: new Date(0) };
    expect(planMigrations(files, [first, rolledBack])).toEqual({
      status: "ready",
      pending: ["20260102000000_second", "20260103000000_third"],
    });
  });

  it("takes a migration for applied that was rolled back once and applied later", () => {
    const rolledBack = { ...second, finishedAt: null, rolledBackAt: new Date(0) };
    expect(planMigrations(files, [first, rolledBack, second])).toEqual({
      status: "ready",
      pending: ["20260103000000_third"],
    });
  });

  it("stops when the database comes from a newer version", () => {
    expect(planMigrations(files.slice(0, 1), [first, second])).toEqual({
      status: "unknown",
      name: "20260102000000_second",
    });
  });

  it("stops at a new migration that sorts before an applied one", () => {
    expect(planMigrations(files, [first, applied("20260103000000_third", "c")])).toEqual({
      status: "out_of_order",
      name: "20260102000000_second",
      before: "20260103000000_third",
    });
  });
});
