import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isInstalled } from "../../../scripts/bootstrap/install-dependencies.mjs";
import { findMissingEntries } from "../../../scripts/lock/complete-lock.ts";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));

describe("package-lock.json", () => {
  it("holds the packages of every platform, without which npm ci refuses it (npm run lock:complete)", () => {
    expect(Object.keys(findMissingEntries(lock.packages))).toEqual([]);
  });

  it("names no registry, so that any can serve it", () => {
    const resolved = Object.values<{ resolved?: string }>(lock.packages).filter((entry) => entry.resolved);
    expect(resolved).toEqual([]);
  });

  it("is what is installed", () => {
    expect(isInstalled(process.cwd())).toBe(true);
  });
});

describe("findMissingEntries", () => {
  it("tells the platform from the name, and takes the rest from a sibling", () => {
    const found = findMissingEntries({
      "": {},
      "node_modules/tool": {
        version: "2.0.0",
        dev: true,
        optionalDependencies: { "@tool/linux-x64": "2.0.0", "@tool/linux-arm64-musl": "2.0.0" },
      },
      "node_modules/@tool/linux-x64": { version: "2.0.0", license: "MIT", engines: { node: ">=18" } },
    });
    expect(found).toEqual({
      "node_modules/@tool/linux-arm64-musl": {
        version: "2.0.0",
        cpu: ["arm64"],
        os: ["linux"],
        libc: ["musl"],
        dev: true,
        engines: { node: ">=18" },
        license: "MIT",
        optional: true,
      },
    });
  });

  it("puts a second version beside the package that asks for it", () => {
    const found = findMissingEntries({
      "node_modules/tool": { version: "2.0.0", optionalDependencies: { "@tool/darwin-arm64": "2.0.0" } },
      "node_modules/@tool/darwin-arm64": { version: "1.0.0" },
    });
    expect(Object.keys(found)).toEqual(["node_modules/tool/node_modules/@tool/darwin-arm64"]);
  });

  it("leaves optional packages alone that are asked for by a range", () => {
    expect(
      findMissingEntries({ "node_modules/watch": { optionalDependencies: { fsevents: "~2.3.2" } } }),
    ).toEqual({});
  });
});
