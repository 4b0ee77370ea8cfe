import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashSources } from "../../../scripts/setup/hash-sources.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "qui-sources-"));
  mkdirSync(join(root, "app/space"), { recursive: true });
  mkdirSync(join(root, "public"));
  mkdirSync(join(root, "lib/server/db/generated"), { recursive: true });
  writeFileSync(join(root, "app/space/page.tsx"), "one");
  writeFileSync(join(root, "package.json"), "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("hashSources", () => {
  it("is the same for the same contents, whatever their times", () => {
    const before = hashSources(root);
    utimesSync(join(root, "app/space/page.tsx"), 0, 0);
    expect(hashSources(root)).toBe(before);
  });

  it.each([
    ["a file is edited", () => writeFileSync(join(root, "app/space/page.tsx"), "two")],
    ["a file is added", () => writeFileSync(join(root, "public/icon.svg"), "")],
    ["a file is removed", () => rmSync(join(root, "app/space/page.tsx"))],
    [
      "a file is renamed",
      () => renameSync(join(root, "app/space/page.tsx"), join(root, "app/space/layout.tsx")),
    ],
    ["a dependency changes", () => writeFileSync(join(root, "package.json"), '{"a":1}')],
  ])("changes when %s", (_, change) => {
    const before = hashSources(root);
    change();
    expect(hashSources(root)).not.toBe(before);
  });

  it("does not change with what a build makes, or with tests", () => {
    const before = hashSources(root);
    writeFileSync(join(root, "lib/server/db/generated/client.ts"), "x");
    mkdirSync(join(root, "public/xr/profiles"), { recursive: true });
    writeFileSync(join(root, "public/xr/profiles/profilesList.json"), "x");
    mkdirSync(join(root, "tests"));
    writeFileSync(join(root, "tests/a.test.ts"), "x");
    expect(hashSources(root)).toBe(before);
  });
});
