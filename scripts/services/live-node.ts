import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { isPortFree } from "./free-port.ts";
import type { ServiceGroup } from "./service-group.ts";

export interface LiveNodeOptions {
  root: string;
  port: number;
  /** The browser's program. */
  chromium: string;
  env: NodeJS.ProcessEnv;
}

/** Starts a live node in a process group of its own, its Chromium included. Its output is ours, and it ends with us. */
export function spawnLiveNode({ root, port, chromium, env }: LiveNodeOptions): ChildProcess {
  return spawn(process.execPath, [join(root, "services/live/main.ts")], {
    cwd: root,
    detached: true,
    env: { ...env, QUI_CHROMIUM: chromium, QUI_LIVE_PORT: String(port) },
    // The channel tells it when this process is gone, however it ended.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** Runs a live node for as long as the group does: when it ends, its tabs are lost, but not the app around it. */
export function keepLiveNode(services: ServiceGroup, options: LiveNodeOptions): void {
  services.keep({
    name: "the live node",
    start: () => spawnLiveNode(options),
    signal: "TERM",
    waitMs: 10_000,
    onEnd: (waitMs) =>
      console.error(`qui: the live node ended unexpectedly; it starts again in ${waitMs / 1000} s.`),
  });
}

/** The port that was asked for, or the app's next one; then the first free one after it. */
export async function chooseLivePort(env: NodeJS.ProcessEnv, appPort: number): Promise<number> {
  const first = Number(env.QUI_LIVE_PORT ?? appPort + 1);
  if (env.QUI_LIVE_PORT) return first;
  for (let port = first; port < first + 20; port++) if (await isPortFree(port)) return port;
  throw new Error(
    `No port between ${first} and ${first + 19} is free for live pages. Choose one: QUI_LIVE_PORT=…`,
  );
}
