import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { waitFor } from "./wait-for.ts";

export interface NextServerOptions {
  root: string;
  mode: "start" | "dev";
  port: number;
  env: NodeJS.ProcessEnv;
}

/** Starts Next in a process group of its own. Its output is ours. */
export function spawnNext({ root, mode, port, env }: NextServerOptions): ChildProcess {
  return spawn(
    process.execPath,
    [join(root, "node_modules/next/dist/bin/next"), mode, "--port", String(port)],
    {
      cwd: root,
      detached: true,
      env: {
        ...env,
        NODE_ENV: mode === "start" ? "production" : "development",
        PORT: String(port),
        NEXT_TELEMETRY_DISABLED: "1",
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
}

/** Waits until the app answers. `false` when its process ended or the time is over. */
export async function waitUntilLive(child: ChildProcess, port: number, timeoutMs: number): Promise<boolean> {
  const answer = await waitFor(
    async () => {
      if (child.exitCode !== null || child.signalCode !== null) return false;
      try {
        const response = await fetch(`http://127.0.0.1:${port}/api/health/live`, {
          signal: AbortSignal.timeout(30_000),
        });
        await response.arrayBuffer();
        return response.ok ? true : null;
      } catch {
        // Not listening yet.
        return null;
      }
    },
    { timeoutMs, everyMs: 50 },
  );
  return answer === true;
}
