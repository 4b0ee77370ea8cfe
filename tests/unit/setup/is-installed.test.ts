import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isInstalled } from "../../../scripts/bootstrap/install-dependencies.mjs";

type Packages = Record<string, { version?: string; integrity?: string; optional?: boolean }>;

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "qui-installed-"));
  mkdirSync(join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const a = { version: "1.0.0", integrity: "sha512-a" };
const write = (file: string, packages: Packages) =>
  writeFileSync(join(root, file), JSON.stringify({ packages }));
const lock = (packages: Packages) => write("package-lock.json", { "": { version: "0.1.0" }, ...packages });
const present = (packages: Packages) => write("node_modules/.package-lock.json", packages);

it("is not installed where nothing is", () => {
  lock({ "node_modules/a": a });
  expect(isInstalled(root)).toBe(false);
});

it("is installed when everything the lock asks for is there", () => {
  lock({ "node_modules/a": a });
  present({ "node_modules/a": a });
  expect(isInstalled(root)).toBe(true);
});

it.each([
  ["is missing", {}],
  ["has another version", { "node_modules/a": { ...a, version: "0.9.0" } }],
  ["has other contents", { "node_modules/a": { ...a, integrity: "sha512-b" } }],
])("is not installed when a package %s", (_, packages) => {
  lock({ "node_modules/a": a });
  present(packages);
  expect(isInstalled(root)).toBe(false);
});

it("is installed without the packages of other platforms", () => {
  lock({ "node_modules/a": a, "node_modules/a-darwin": { version: "1.0.0", optional: true } });
  present({ "node_modules/a": a });
  expect(isInstalled(root)).toBe(true);
});

it("is installed on a platform whose packages the lock has no checksum of", () => {
  lock({ "node_modules/a-darwin": { version: "1.0.0", optional: true } });
  present({ "node_modules/a-darwin": { version: "1.0.0", integrity: "sha512-c", optional: true } });
  expect(isInstalled(root)).toBe(true);
});

it("is not installed when an installation was cut short", () => {
  lock({ "node_modules/a": a });
  writeFileSync(join(root, "node_modules/.package-lock.json"), '{"packages":');
  expect(isInstalled(root)).toBe(false);
});
