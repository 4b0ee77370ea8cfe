import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { waitFor } from "../../scripts/services/wait-for.ts";

const next = join(import.meta.dirname, "../../node_modules/next/dist/bin/next");

/** Starts a Next app that is built already, in production mode, and waits until it listens. */
export async function startBuiltNext(
  directory: string,
  port: number,
  env: Record<string, string>,
): Promise<{ stop(): Promise<void> }> {
  const child = spawn(process.execPath, [next, "start", "--port", String(port)], {
    cwd: directory,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  const up = await waitFor(
    () =>
      fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) }).then(
        () => true,
        () => (child.exitCode === null ? null : false),
      ),
    { timeoutMs: 30_000 },
  );
  if (!up) {
    await stop();
    throw new Error(`Next did not start in ${directory}.`);
  }
  return { stop };
}
