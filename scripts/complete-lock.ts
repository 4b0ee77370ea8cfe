import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { findMissingEntries } from "./lock/complete-lock.ts";
import { runTask } from "./run-task.ts";

// `npm run lock:complete`: adds the packages of other platforms that the registry here did not have.
await runTask(async () => {
  const file = resolve(import.meta.dirname, "../package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = findMissingEntries(lock.packages);
  const packages = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  return `${Object.keys(missing).length} entries were missing.`;
});
