import { describe, expect, it } from "vitest";
import { describeMissingSettings } from "#lib/core/setup/describe-missing-settings.ts";

const variables = (settings: Record<string, string | undefined>) =>
  describeMissingSettings(settings).map(({ variable }) => variable);
const database = { DATABASE_URL: "postgresql://u:p@h/d" };
const upstash = { UPSTASH_REDIS_REST_URL: "https://x.upstash.io", UPSTASH_REDIS_REST_TOKEN: "t" };
const secret = { QUI_SECRET: "s".repeat(32) };

describe("describeMissingSettings", () => {
  it("asks a server for a database only", () => {
    expect(variables({})).toEqual(["DATABASE_URL"]);
    expect(variables(database)).toEqual([]);
  });

  it("asks a deployment on Vercel for a database, a shared store and a secret, in this order", () => {
    expect(variables({ VERCEL: "1" })).toEqual([
      "DATABASE_URL",
      "UPSTASH_REDIS_REST_URL",
      "UPSTASH_REDIS_REST_TOKEN",
      "QUI_SECRET",
    ]);
  });

  it("takes Redis over TCP for a shared store", () => {
    expect(variables({ VERCEL: "1", ...database, ...secret, REDIS_URL: "rediss://h:6379" })).toEqual([]);
  });

  it("takes Upstash for a shared store", () => {
    expect(variables({ VERCEL: "1", ...database, ...secret, ...upstash })).toEqual([]);
  });

  it.each(["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"] as const)(
    "notices that %s is missing beside its counterpart, anywhere",
    (variable) => {
      expect(variables({ ...database, ...upstash, [variable]: undefined })).toEqual([variable]);
    },
  );

  it("takes an empty or blank value for an unset one", () => {
    expect(variables({ DATABASE_URL: "" })).toEqual(["DATABASE_URL"]);
    expect(variables({ DATABASE_URL: "  " })).toEqual(["DATABASE_URL"]);
  });

  it("never repeats a value, which may be a secret", () => {
    const text = JSON.stringify(
      describeMissingSettings({ VERCEL: "1", UPSTASH_REDIS_REST_TOKEN: "hush-hush" }),
    );
    expect(text).not.toContain("hush-hush");
  });
});
