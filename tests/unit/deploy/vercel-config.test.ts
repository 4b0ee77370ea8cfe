import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const config = z
  .object({
    buildCommand: z.string(),
    functions: z.record(z.string(), z.object({ maxDuration: z.number() })),
    crons: z.array(z.object({ path: z.string(), schedule: z.string() })),
  })
  .parse(JSON.parse(readFileSync("vercel.json", "utf8")));
const routes = globSync("app/**/route.ts");
const scripts: Record<string, string> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

describe("vercel.json", () => {
  it("bounds every route of the API", () => {
    const bounded = new Set(Object.keys(config.functions).flatMap((pattern) => globSync(pattern)));
    expect(routes.filter((route) => route.startsWith("app/api/") && !bounded.has(route))).toEqual([]);
  });

  it("names only routes that exist: a pattern without one stops a deployment", () => {
    expect(Object.keys(config.functions).filter((pattern) => globSync(pattern).length === 0)).toEqual([]);
  });

  it("stays within the longest time a function gets without a plan", () => {
    const longest = Math.max(...Object.values(config.functions).map(({ maxDuration }) => maxDuration));
    expect(longest).toBeLessThanOrEqual(300);
  });

  it("schedules every job, and no job that does not exist", () => {
    const jobs = globSync("app/api/cron/*/route.ts").map((route) =>
      route.slice("app".length, -"/route.ts".length),
    );
    expect(config.crons.map(({ path }) => path).sort()).toEqual(jobs.sort());
  });

  it("runs each job at most once a day, which every plan allows", () => {
    for (const { path, schedule } of config.crons) expect(schedule, path).toMatch(/^\d+ \d+ \* \* (\*|\d)$/);
  });

  it("builds by a script of the package", () => {
    expect(scripts[config.buildCommand.replace("npm run ", "")]).toBeDefined();
    expect(existsSync("scripts/build.ts")).toBe(true);
  });
});
