import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processStartToken } from "./process-identity.ts";

export type RunLock = { held: true; release(): void } | { held: false; pid: number; note: string };

/**
 * One run per data folder. The lock names the process and when it started, so the lock of a process that was
 * killed never stands in the way, even if its number was given to another.
 */
export function takeRunLock(file: string, note: string): RunLock {
  mkdirSync(dirname(file), { recursive: true });
  const own = JSON.stringify({ pid: process.pid, started: processStartToken(process.pid), note });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, own, { flag: "wx" });
      return { held: true, release: () => releaseOwn(file, own) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(file);
    if (holder && processStartToken(holder.pid) === holder.started) {
      return { held: false, pid: holder.pid, note: holder.note };
    }
    rmSync(file, { force: true });
  }
  throw new Error(`${file} is being fought over; try again.`);
}

function releaseOwn(file: string, own: string): void {
  try {
    if (readFileSync(file, "utf8") === own) rmSync(file, { force: true });
  } catch {
    // Someone removed the folder meanwhile: nothing is locked.
  }
}

function readHolder(file: string): { pid: number; started: string; note: string } | null {
  try {
    const { pid, started, note } = JSON.parse(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && typeof started === "string" ? { pid, started, note: String(note) } : null;
  } catch {
    return null;
  }
}
