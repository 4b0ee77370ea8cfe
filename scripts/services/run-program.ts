import { spawn } from "node:child_process";
import { endProcess } from "./end-process.ts";
import type { Guard } from "./guard.ts";

export interface RunOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Ends the program, and whatever it started. */
  signal?: AbortSignal | undefined;
  /** Ends them when this process is killed. */
  guard?: Guard | undefined;
}

/** How long a program has to put away what it started, test runners their browsers above all. */
const END_STEPS = [{ signal: "SIGINT", waitMs: 15_000 }] as const;

/**
 * Runs a program to its end, with its output shown.
 * @returns its exit code, 1 when a signal ended it.
 * @throws what `signal` was aborted with, once the program is gone.
 */
export async function runProgram(command: readonly string[], options: RunOptions): Promise<number> {
  const { cwd, env, signal, guard } = options;
  signal?.throwIfAborted();
  const [program = "", ...rest] = command;
  // A group of its own, so that all of it can be ended together, and a terminal's Ctrl-C is ours to pass on.
  const child = spawn(program, rest, { cwd, env, detached: true, stdio: ["ignore", "inherit", "inherit"] });
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
  const { pid } = child;
  if (pid === undefined) return exited;

  guard?.add(pid, "INT");
  let ending: Promise<unknown> | undefined;
  const end = () => {
    ending = endProcess(pid, END_STEPS).then(() => killGroup(pid));
  };
  signal?.addEventListener("abort", end, { once: true });
  const code = await exited;
  await ending;
  signal?.removeEventListener("abort", end);
  guard?.remove(pid);
  signal?.throwIfAborted();
  return code;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended, as it should.
  }
}
