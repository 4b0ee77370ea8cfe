import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The scripts are TypeScript that Node runs by itself, and some packages need it. */
const MAJOR_MIN = 24;

function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ""), 10);
}

/** The path of a Node new enough for the rest: this one, or the one that came with the packages; otherwise `null`. */
export function findNode(root) {
  if (majorOf(process.version) >= MAJOR_MIN) return process.execPath;
  const bundled = join(root, "node_modules", "node", "bin", "node");
  const answer = spawnSync(bundled, ["--version"], { encoding: "utf8" });
  return answer.status === 0 && majorOf(answer.stdout) >= MAJOR_MIN ? bundled : null;
}
