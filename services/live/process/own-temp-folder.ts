import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PREFIX = "qui-live-";
const OWNER = "owner";
/** A folder whose owner has not yet been written down. */
const YOUNG_MS = 60_000;

/**
 * A folder for all that Chromium writes, profiles above all, so that nothing of a page outlives the node: it goes
 * with the process, or, when that was killed, with the start of the next.
 * @returns the folder, and removes it.
 */
export function ownTempFolder(parent: string): { path: string; remove(): void } {
  for (const name of readdirSync(parent)) if (name.startsWith(PREFIX)) removeIfLeft(join(parent, name));
  const path = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(path, OWNER), JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

function removeIfLeft(path: string): void {
  try {
    const owner: unknown = JSON.parse(readFileSync(join(path, OWNER), "utf8"));
    const { pid, started } = owner as { pid?: unknown; started?: unknown };
    if (typeof pid === "number" && started === startOf(pid)) return;
  } catch {
    // Nobody wrote down whose it is: one that is just being made, or no folder of ours.
    if (!isOld(path)) return;
  }
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Another user's node; it is theirs to clean.
  }
}

function isOld(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > YOUNG_MS;
  } catch {
    // Removed meanwhile.
    return false;
  }
}

/** When a process began, which tells it from a later one of its number; null when it does not run. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? null : (fields[18] ?? null);
  } catch {
    // No such process, or a system without /proc: there a living number counts.
    return process.platform === "linux" ? null : runs(pid);
  }
}

function runs(pid: number): string | null {
  try {
    process.kill(pid, 0);
    return "runs";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "runs" : null;
  }
}
