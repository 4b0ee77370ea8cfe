import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Launch {
  child: ChildProcess;
  pid: number;
  /** What it printed so far. */
  output(): string;
  /** Resolves once it printed the text; rejects when it ends before. */
  printed(text: string): Promise<void>;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** The launcher behind `npm start`, without npm unless the command says so. Its own database is used unless the environment names one. */
export function launch(
  env: Record<string, string>,
  command: readonly string[] = [process.execPath, "scripts/start.mjs", "start"],
): Launch {
  const [program = "", ...rest] = command;
  const { DATABASE_URL: _, REDIS_URL: __, ...inherited } = process.env;
  const child = spawn(program, rest, {
    env: { ...inherited, LOG_LEVEL: "silent", QUI_FILTER_LISTS: "off", ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error("The launcher was not started.");
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? code ?? 0));
  });
  const printed = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => text.includes(wanted) && resolve();
      for (const stream of [child.stdout, child.stderr]) stream.on("data", check);
      ended.then(() => reject(new Error(`The launcher ended without "${wanted}":\n${text}`)));
      check();
    });
  return { child, pid: child.pid, ended, printed, output: () => text };
}

/** A data folder that the account PostgreSQL runs as can pass through. */
export function createDataFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "qui-launch-"));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Every process that descends from one, with its command line. Linux only, as the tests' machines are. */
export function listDescendants(ancestor: number): { pid: number; command: string }[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = readParent(name);
    if (parent !== null) parents.set(Number(name), parent);
  }
  const found = new Set([ancestor]);
  // Parents may be listed after their children.
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  found.delete(ancestor);
  return [...found].map((pid) => ({ pid, command: readCommand(pid) }));
}

function readParent(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    // It ended while the folder was read.
    return null;
  }
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}
