import { spawn } from "node:child_process";
import { join } from "node:path";

/** Remembers process groups outside this process, so that they are ended even when this one is killed. */
export interface Guard {
  add(pid: number, signal: "TERM" | "INT"): void;
  remove(pid: number): void;
  /** Lets the guard go; call it once every group has ended. */
  release(): void;
}

/** The guard is a shell: it costs about a megabyte, and sits in a session that a terminal's Ctrl-C does not reach. */
export function startGuard(): Guard {
  const child = spawn("/bin/sh", [join(import.meta.dirname, "guard.sh")], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.unref();
  const { stdin } = child;
  // The guard can only be gone if someone killed it; then there is no one to tell.
  stdin.on("error", () => {});
  return {
    add: (pid, signal) => void stdin.write(`+ ${pid} ${signal}\n`),
    remove: (pid) => void stdin.write(`- ${pid}\n`),
    release: () => void stdin.end(),
  };
}
