import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseEnv as parseServerEnv } from "#lib/node/env.ts";
import { ensureLocalEnv } from "../../../scripts/setup/local-env.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qui-env-"));
  file = join(folder, ".env.local");
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = () => parseEnv(readFileSync(file, "utf8"));

describe("ensureLocalEnv", () => {
  it("writes secrets that the server accepts, readable by the owner alone", () => {
    expect(ensureLocalEnv(file, {})).toEqual([
      "QUI_SECRET",
      "METRICS_TOKEN",
      "CRON_SECRET",
      "QUI_PROFILE_KEY",
    ]);
    expect(() => parseServerEnv(read())).not.toThrow();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("writes other secrets each time", () => {
    ensureLocalEnv(file, {});
    const before = read();
    rmSync(file);
    ensureLocalEnv(file, {});
    expect(new Set([...Object.values(before), ...Object.values(read())]).size).toBe(8);
  });

  it("changes nothing the second time", () => {
    ensureLocalEnv(file, {});
    const before = readFileSync(file, "utf8");
    expect(ensureLocalEnv(file, {})).toEqual([]);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("keeps what a person wrote, byte for byte, and adds what is missing after it", () => {
    const own =
      "# mine\nQUI_SECRET='my own secret, long enough to be one'\n\nSEARCH_URL=https://s.example/?q={query}";
    writeFileSync(file, own);
    expect(ensureLocalEnv(file, {})).toEqual(["METRICS_TOKEN", "CRON_SECRET", "QUI_PROFILE_KEY"]);
    expect(readFileSync(file, "utf8").startsWith(`${own}\n`)).toBe(true);
    expect(read().SEARCH_URL).toBe("https://s.example/?q={query}");
  });

  it("leaves a secret empty that a person set to nothing", () => {
    writeFileSync(file, "METRICS_TOKEN=\n");
    expect(ensureLocalEnv(file, {})).not.toContain("METRICS_TOKEN");
    expect(read().METRICS_TOKEN).toBe("");
  });

  it("writes no secret that the environment gives", () => {
    expect(
      ensureLocalEnv(file, {
        QUI_SECRET: "given",
        METRICS_TOKEN: "given",
        CRON_SECRET: "given",
        QUI_PROFILE_KEY: "given",
      }),
    ).toEqual([]);
  });

  it("closes a file that others could read", () => {
    writeFileSync(file, "QUI_SECRET=a\nMETRICS_TOKEN=b\nCRON_SECRET=c\nQUI_PROFILE_KEY=d\n", { mode: 0o644 });
    ensureLocalEnv(file, {});
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
