import { randomBytes } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boundState, PROFILE_BYTES_MAX, type StorageState } from "#services/live/profiles/profile.ts";
import { openProfile, profileKeyOf, sealProfile } from "#services/live/profiles/profile-cipher.ts";
import { createProfileStore } from "#services/live/profiles/profile-store.ts";

const newKey = () => profileKeyOf(randomBytes(32).toString("base64url"));
const cookie = (name: string, value = "v") => ({
  name,
  value,
  domain: "site.example",
  path: "/",
  expires: -1,
  httpOnly: true,
  secure: true,
  sameSite: "Lax" as const,
});
const origin = (name: string, value = "v") => ({ origin: name, localStorage: [{ name: "k", value }] });
const state: StorageState = { cookies: [cookie("session")], origins: [origin("https://site.example")] };

let dir = "";
const key = newKey();
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "qui-profile-store-"));
});
afterEach(() => rmSync(dir, { recursive: true }));
const open = (keys: Parameters<typeof createProfileStore>[0]["keys"] = [key], now = Date.now) =>
  createProfileStore({ dir, keys, now });
const onlyFile = () => join(dir, readdirSync(dir)[0] ?? "");

describe("a sealed profile", () => {
  const plain = Buffer.from("what a site keeps");
  const sealed = sealProfile(plain, "ada", key);

  it("opens with its key for its account, and is sealed otherwise each time", () => {
    expect(openProfile(sealed, "ada", [newKey(), key])).toMatchObject({ ok: true, plain });
    expect(sealProfile(plain, "ada", key).equals(sealed)).toBe(false);
  });

  it("does not open for another account, nor with another key", () => {
    expect(openProfile(sealed, "eve", [key])).toEqual({ ok: false, why: "damaged" });
    expect(openProfile(sealed, "ada", [newKey()])).toEqual({ ok: false, why: "unknown-key" });
  });

  it("does not open once any byte was changed, added or taken away", () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openProfile(changed, "ada", [key]).ok).toBe(false);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(openProfile(sealed.subarray(0, length), "ada", [key]).ok).toBe(false);
    }
    expect(openProfile(Buffer.concat([sealed, Buffer.of(0)]), "ada", [key]).ok).toBe(false);
  });
});

describe("the store", () => {
  it("gives back what was saved last, to its account alone", async () => {
    const store = open();
    expect(await store.load("ada")).toEqual({ status: "fresh" });
    await store.save("ada", { cookies: [], origins: [] });
    await store.save("ada", state);
    expect(await store.load("ada")).toMatchObject({ status: "restored", profile: { state } });
    expect(await store.load("eve")).toEqual({ status: "fresh" });
    expect(readdirSync(dir)).toHaveLength(1);
  });

  it("opens what a former key sealed, and seals it with the new one", async () => {
    await open().save("ada", state);
    const next = newKey();
    const renewed = open([next, key]);
    expect(await renewed.load("ada")).toMatchObject({ status: "restored" });
    await renewed.save("ada", state);
    expect(await open([next]).load("ada")).toMatchObject({ status: "restored" });
  });

  it("sets aside what a wrong key cannot open, says why, and has it back with the right key", async () => {
    await open().save("ada", state);
    const wrong = open([newKey()]);
    expect(await wrong.load("ada")).toEqual({ status: "unreadable", why: "unknown-key" });
    expect(await wrong.load("ada")).toEqual({ status: "fresh" });
    await wrong.save("ada", { cookies: [], origins: [] });
    const aside = readdirSync(dir).find((name) => name.includes("unreadable")) ?? "";
    renameSync(join(dir, aside), join(dir, aside.replace(/\.unreadable-\d+$/, "")));
    expect(await open().load("ada")).toMatchObject({ status: "restored", profile: { state } });
  });

  it.each([
    ["changed", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.of(0), Buffer.of(1)])],
    ["cut", (bytes: Buffer) => bytes.subarray(0, 40)],
    ["empty", () => Buffer.alloc(0)],
  ])("begins afresh where the file is %s, and keeps that file", async (_, damage) => {
    const store = open();
    await store.save("ada", state);
    const damaged = damage(readFileSync(onlyFile()));
    writeFileSync(onlyFile(), damaged);
    expect(await store.load("ada")).toMatchObject({ status: "unreadable" });
    expect(readFileSync(onlyFile()).equals(damaged)).toBe(true);
  });

  it("does not take one account's file in another's place", async () => {
    const store = open();
    await store.save("ada", state);
    const adas = onlyFile();
    await store.save("eve", { cookies: [], origins: [] });
    const eves = join(dir, readdirSync(dir).find((name) => join(dir, name) !== adas) ?? "");
    renameSync(adas, eves);
    expect(await store.load("eve")).toEqual({ status: "unreadable", why: "damaged" });
  });

  it("keeps a few unreadable files and the first of them always, and erases all with the account", async () => {
    let nowMs = 1_000;
    const store = open([key], () => nowMs++);
    for (let times = 0; times < 6; times++) {
      await store.save("ada", state);
      await store.setAside("ada");
    }
    const names = readdirSync(dir);
    expect(names).toHaveLength(3);
    expect(names.some((name) => name.endsWith("-1001"))).toBe(true);
    await store.save("ada", state);
    await store.save("eve", state);
    await store.erase("ada");
    expect(readdirSync(dir)).toHaveLength(1);
    expect(await store.load("eve")).toMatchObject({ status: "restored" });
  });

  it("removes what nobody used for long, and what interrupted writes left", async () => {
    const store = open();
    await store.save("old", state);
    const old = onlyFile();
    await store.save("new", state);
    const partial = `${old}.partial-1`;
    writeFileSync(partial, "half");
    writeFileSync(join(dir, "not ours"), "");
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
    utimesSync(old, daysAgo(91), daysAgo(91));
    utimesSync(partial, daysAgo(1), daysAgo(1));
    utimesSync(join(dir, "not ours"), daysAgo(400), daysAgo(400));
    await store.sweep();
    expect(readdirSync(dir)).toHaveLength(2);
    expect(await store.load("old")).toEqual({ status: "fresh" });
    expect(await store.load("new")).toMatchObject({ status: "restored" });
  });
});

describe("what of a state is kept", () => {
  it("are all cookies, and the origins visited last, as many as fit", () => {
    const half = "x".repeat(PROFILE_BYTES_MAX / 2);
    const origins = [origin("https://a", half), origin("https://b", half), origin("https://c", "small")];
    const kept = boundState({ cookies: [cookie("s")], origins }, ["https://b", "https://a"]);
    expect(kept?.cookies).toHaveLength(1);
    expect(kept?.origins.map((entry) => entry.origin)).toEqual(["https://b", "https://c"]);
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(PROFILE_BYTES_MAX + 100);
  });

  it("is an origin without its databases where only these are too large", () => {
    const large = { ...origin("https://a"), indexedDB: [{ name: "x".repeat(PROFILE_BYTES_MAX) }] };
    const small = { ...origin("https://b"), indexedDB: [{ name: "notes" }] };
    const kept = boundState({ cookies: [], origins: [large, small] }, ["https://a", "https://b"]);
    expect(kept?.origins).toEqual([origin("https://a"), small]);
  });

  it("is nothing where cookies alone are too large", () => {
    const cookies = [cookie("s", "x".repeat(PROFILE_BYTES_MAX))];
    expect(boundState({ cookies, origins: [] }, [])).toBeNull();
  });
});
