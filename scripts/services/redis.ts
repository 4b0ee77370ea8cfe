import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { findFreePort } from "./free-port.ts";
import { waitFor } from "./wait-for.ts";

export interface RunningRedis {
  url: string;
  child: ChildProcess;
}

/** The Redis or Valkey that is installed; `null` when there is none. */
export function findRedisServer(): string | null {
  for (const name of ["redis-server", "valkey-server"]) {
    if (spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0) return name;
  }
  return null;
}

/** Installs Redis where we may: as root on Debian. */
export function installRedisServer(): string | null {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: "ignore",
    timeout: 180_000,
  } as const;
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"], options);
  return findRedisServer();
}

/** Starts a Redis that keeps nothing on disk, on a free port of the loopback interface. */
export async function startRedis(program: string): Promise<RunningRedis> {
  const port = await findFreePort();
  const child = spawn(
    program,
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()],
    { detached: true, stdio: ["ignore", "ignore", "inherit"] },
  );
  const ready = await waitFor(
    async () => (child.exitCode !== null ? false : (await answersPing(port)) || null),
    { timeoutMs: 20_000, everyMs: 20 },
  );
  if (!ready) {
    child.kill("SIGKILL");
    throw new Error("Redis did not start.");
  }
  return { url: `redis://127.0.0.1:${port}`, child };
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write("PING\r\n"));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once("data", (data) => {
      resolve(data.toString().startsWith("+PONG"));
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}
