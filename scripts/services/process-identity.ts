import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether the process runs. A zombie, dead but not yet collected by its parent, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return statFields(pid)?.[0] !== "Z";
}

/**
 * What tells a process from a later one with the same number: its start time. `null` when it does not run.
 */
export function processStartToken(pid: number): string | null {
  if (!isRunning(pid)) return null;
  if (process.platform === "linux") return statFields(pid)?.[19] ?? null;
  return ps(pid, "lstart=");
}

/** The command line with its arguments joined by spaces; `null` when it cannot be read. */
export function processCommand(pid: number): string | null {
  if (process.platform !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    // It ended meanwhile.
    return null;
  }
}

/** The fields of /proc/PID/stat after the name, which may itself hold spaces and parentheses: state is 0, starttime 19. */
function statFields(pid: number): string[] | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}
