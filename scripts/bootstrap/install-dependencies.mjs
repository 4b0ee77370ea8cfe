// Runs on the system's Node, before anything is installed: Node's own modules only.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Whether what is installed is what the lock file asks for. npm writes its hidden lock file last, so an
 * interrupted installation is recognised too. Optional packages of other platforms may be absent.
 */
export function isInstalled(root) {
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const present = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === "") return true;
      const found = present[path];
      if (!found) return entry.optional === true || entry.devOptional === true;
      if (found.version !== entry.version) return false;
      // The lock has no checksum of packages that only other platforms install.
      return !entry.integrity || found.integrity === entry.integrity;
    });
  } catch {
    // Either file is missing or cut short: install.
    return false;
  }
}

/** @returns {Promise<boolean>} whether `npm ci` succeeded. */
export function installDependencies(root) {
  // npm puts node_modules/.bin first, and with it the very Node that `npm ci` is about to delete.
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((entry) => !entry.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
  const { npm_node_execpath: node, npm_execpath: npm, ...rest } = process.env;
  const env = { ...rest, PATH: path };
  const options = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const ownNode = node && existsSync(node) && !node.includes("node_modules") ? node : undefined;
  const [program, first] = ownNode && npm ? [ownNode, [npm]] : ["npm", []];
  return new Promise((resolve) => {
    const child = spawn(program, [...first, ...options], { cwd: root, env, stdio: "inherit" });
    const end = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, end);
    child.once("error", () => resolve(false));
    child.once("exit", (code) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeListener(signal, end);
      resolve(code === 0);
    });
  });
}
