import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureXrAssets, XR_PROFILES_PATH } from "../../../scripts/setup/xr-assets.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "qui-xr-"));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (path: string) => JSON.parse(readFileSync(join(root, XR_PROFILES_PATH, path), "utf8"));

describe("the models of controllers and hands", () => {
  it("are all there for every profile that the list names", () => {
    expect(ensureXrAssets(root)).toBe(true);
    const list: Record<string, { path: string }> = read("profilesList.json");
    expect(Object.keys(list).length).toBeGreaterThan(15);
    for (const { path } of Object.values(list)) {
      const layouts: Record<string, { assetPath: string }> = read(path).layouts;
      for (const { assetPath } of Object.values(layouts)) {
        const file = join(root, XR_PROFILES_PATH, path, "..", assetPath);
        expect(statSync(file).size, file).toBeGreaterThan(10_000);
      }
    }
  });

  it("cover what a Quest, a Pico and a hand ask for, and the fallback of everything else", () => {
    ensureXrAssets(root);
    const list = read("profilesList.json");
    for (const id of [
      "meta-quest-touch-plus",
      "oculus-touch-v3",
      "pico-4",
      "generic-hand",
      "generic-trigger",
    ]) {
      expect(list[id], id).toBeDefined();
    }
  });

  it("are copied once", () => {
    ensureXrAssets(root);
    expect(ensureXrAssets(root)).toBe(false);
    rmSync(join(root, XR_PROFILES_PATH, "copied-from.txt"));
    expect(ensureXrAssets(root)).toBe(true);
    expect(existsSync(join(root, XR_PROFILES_PATH, "generic-hand/left.glb"))).toBe(true);
  });
});
