import { expect, it } from "vitest";
import { runChecks } from "#lib/server/health/run-checks.ts";

it("reports each check by itself, and tells only the log why one is down", async () => {
  const failures: [string, unknown][] = [];
  const checks = await runChecks(
    {
      fine: async () => "anything",
      rejects: async () => {
        throw new Error("postgres://user:s3cret@db");
      },
      throws: () => {
        throw new Error("at once");
      },
      hangs: () => new Promise(() => {}),
    },
    { timeoutMs: 10, onFailure: (name, error) => failures.push([name, error]) },
  );
  expect(Object.entries(checks).map(([name, { status }]) => [name, status])).toEqual([
    ["fine", "up"],
    ["rejects", "down"],
    ["throws", "down"],
    ["hangs", "down"],
  ]);
  expect(failures.map(([name]) => name).sort()).toEqual(["hangs", "rejects", "throws"]);
  expect(JSON.stringify(checks)).not.toContain("s3cret");
});
