import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ChromiumOptions, ensureChromium } from "../../../scripts/setup/chromium.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qui-chromium-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (name: string) => {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
};
const options = (over: Partial<ChromiumOptions> = {}): ChromiumOptions => ({
  env: { NODE_ENV: "test", PATH: "" },
  memoryFile: join(folder, "memory", "chromium.json"),
  timeoutMs: 1_000,
  onInstall: () => {},
  places: [],
  install: async () => {},
  ...over,
});

describe("ensureChromium", () => {
  it("takes the one that is named, before any other", async () => {
    const named = program("my-browser");
    const env = { NODE_ENV: "test" as const, QUI_CHROMIUM: named, PATH: folder };
    program("chromium");
    expect(await ensureChromium(options({ env }))).toEqual({ status: "found", path: named });
  });

  it("says so when the named one cannot be run, rather than taking another", async () => {
    program("chromium");
    const env = { NODE_ENV: "test" as const, QUI_CHROMIUM: "/nowhere/chromium", PATH: folder };
    expect(await ensureChromium(options({ env }))).toEqual({
      status: "missing",
      reason: "QUI_CHROMIUM names /nowhere/chromium, which cannot be run.",
    });
  });

  it("finds one on the PATH", async () => {
    const path = program("google-chrome");
    const env = { NODE_ENV: "test" as const, PATH: `/nowhere:${folder}` };
    expect(await ensureChromium(options({ env }))).toEqual({ status: "found", path });
  });

  it("finds one in a usual place, and passes by what cannot be run", async () => {
    const plain = join(folder, "plain");
    writeFileSync(plain, "");
    const path = program("elsewhere");
    expect(await ensureChromium(options({ places: [plain, path] }))).toEqual({ status: "found", path });
  });

  it("installs one where none is found", async () => {
    const path = join(folder, "installed");
    const install = async () => void program("installed");
    expect(await ensureChromium(options({ places: [path], install }))).toEqual({ status: "installed", path });
  });

  it("goes on without one when the installation fails, and does not try again that day", async () => {
    const install = vi.fn(async () => {});
    expect(await ensureChromium(options({ install }))).toMatchObject({ status: "missing" });
    expect(await ensureChromium(options({ install }))).toMatchObject({
      status: "missing",
      reason: expect.stringContaining("Tried within the last day"),
    });
    expect(install).toHaveBeenCalledTimes(1);
  });

  it("tries again the day after", async () => {
    const memoryFile = join(folder, "memory.json");
    writeFileSync(memoryFile, JSON.stringify({ at: Date.now() - 25 * 60 * 60 * 1000, reason: "no network" }));
    const install = vi.fn(async () => {});
    await ensureChromium(options({ install, memoryFile }));
    expect(install).toHaveBeenCalledTimes(1);
  });

  it("ends an installation that takes too long", async () => {
    const install: ChromiumOptions["install"] = ({ signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    expect(await ensureChromium(options({ install, timeoutMs: 1 }))).toMatchObject({ status: "missing" });
  });

  it("does not take an installation that a person ended for a failed one", async () => {
    const controller = new AbortController();
    const install = async () => controller.abort(new Error("Stopped"));
    const ended = ensureChromium(options({ install, signal: controller.signal }));
    await expect(ended).rejects.toThrow("Stopped");
    expect(existsSync(join(folder, "memory"))).toBe(false);
  });
});
