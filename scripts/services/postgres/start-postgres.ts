import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { endProcess } from "../end-process.ts";
import { findFreePort, isPortFree } from "../free-port.ts";
import type { Guard } from "../guard.ts";
import { isRunning, processCommand } from "../process-identity.ts";
import type { ServiceGroup } from "../service-group.ts";
import { waitFor } from "../wait-for.ts";
import {
  assertClusterVersion,
  initialiseCluster,
  newPassword,
  POSTGRES_USER,
  readClusterSettings,
  resetPassword,
  SERVER_ENV,
  writeClusterSettings,
} from "./cluster.ts";
import { type PostgresHome, preparePostgresHome } from "./home.ts";

export interface PostgresOptions {
  /** Holds the cluster, its settings and its log. */
  dir: string;
  /** Made when it does not exist. */
  database: string;
  /** False gives up crash safety for speed: for databases that tests throw away. */
  durable: boolean;
  /** Ends the server; told of it from the moment it is started. */
  services: ServiceGroup;
}

export interface RunningPostgres {
  url: string;
  port: number;
  dataDir: string;
  child: ChildProcess;
  /** Makes a database when it does not exist, and answers its address. */
  createDatabase(name: string): Promise<string>;
}

const LOG_BYTES_MAX = 4 * 1024 * 1024;

/** SIGINT: roll back what is open and write a clean end. SIGQUIT: leave now and recover at the next start. */
const STOP_STEPS = [
  { signal: "SIGINT", waitMs: 10_000 },
  { signal: "SIGQUIT", waitMs: 3_000 },
  { signal: "SIGKILL", waitMs: 2_000 },
] as const;

/**
 * Starts the PostgreSQL that came with the packages, in a process group of its own so that Ctrl-C reaches only
 * us. Recovers from a run that was killed: a server it left behind is ended first, once it is known to be ours.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dir = resolve(options.dir);
  const home = preparePostgresHome(dir);
  const settingsFile = join(dir, "settings.json");
  await endOrphan(home);

  const kept = readClusterSettings(settingsFile);
  const password = kept?.password ?? newPassword();
  const isNew = !existsSync(join(home.dataDir, "PG_VERSION"));
  initialiseCluster(home, password);
  assertClusterVersion(home);
  if (!kept && !isNew) resetPassword(home, password);

  const port = kept?.port && (await isPortFree(kept.port, "127.0.0.1")) ? kept.port : await findFreePort();
  writeClusterSettings(settingsFile, { port, password, dataDir: home.dataDir });

  const log = join(dir, "server.log");
  if (existsSync(log) && statSync(log).size > LOG_BYTES_MAX) renameSync(log, `${log}.1`);
  const { durable, services } = options;
  const child = await spawnUntilReady({ home, port, durable, log, guard: services.guard });
  services.add({ name: "PostgreSQL", child, signal: "INT", waitMs: 10_000 });
  const address = (database: string) =>
    `postgresql://${POSTGRES_USER}:${password}@127.0.0.1:${port}/${database}`;
  const createDatabase = async (name: string) => {
    await ensureDatabase(address("postgres"), name);
    return address(name);
  };
  return {
    url: await createDatabase(options.database),
    port,
    dataDir: home.dataDir,
    child,
    createDatabase,
  };
}

/** The process number in the cluster's lock file, if a server runs there that was started on this very folder. */
function findRunningServer(dataDir: string): number | null {
  const pid = readLockFile(dataDir)?.pid;
  if (pid === undefined || !isRunning(pid)) return null;
  return `${processCommand(pid)} `.includes(`-D ${dataDir} `) ? pid : null;
}

async function endOrphan(home: PostgresHome): Promise<void> {
  const pid = findRunningServer(home.dataDir);
  if (pid !== null) {
    if (!(await endProcess(pid, STOP_STEPS)))
      throw new Error(`PostgreSQL (process ${pid}) from an earlier run does not end.`);
    return;
  }
  const stale = readLockFile(home.dataDir)?.pid;
  // The number now belongs to something else: PostgreSQL would take that for a running server and refuse.
  // A number that belongs to nothing is left for PostgreSQL, which also checks its shared memory.
  if (stale !== undefined && isRunning(stale)) rmSync(join(home.dataDir, "postmaster.pid"), { force: true });
}

function readLockFile(dataDir: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number.parseInt(lines[0] ?? "", 10);
    return Number.isInteger(pid) && pid > 1 ? { pid, status: lines[7]?.trim() ?? "" } : null;
  } catch {
    // No server ever ran, or it ended well.
    return null;
  }
}

interface SpawnOptions {
  home: PostgresHome;
  port: number;
  durable: boolean;
  log: string;
  guard: Guard;
}

/** After a kill, the last server's workers may hold its shared memory for a moment. That alone is waited for. */
const HELD_BY_LAST_RUN = /pre-existing shared memory block/;

async function spawnUntilReady(options: SpawnOptions): Promise<ChildProcess> {
  const started = await waitFor(
    async () => {
      const child = await trySpawn(options);
      return child ?? (HELD_BY_LAST_RUN.test(endOfLog(options.log)) ? null : false);
    },
    { timeoutMs: 10_000, everyMs: 250 },
  );
  if (started) return started;
  throw new Error(`PostgreSQL did not start. The end of ${options.log}:\n${endOfLog(options.log)}`);
}

function endOfLog(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}

async function trySpawn({ home, port, durable, log, guard }: SpawnOptions): Promise<ChildProcess | null> {
  const settings = {
    listen_addresses: "127.0.0.1",
    // Files in /tmp would outlive a kill.
    unix_socket_directories: "",
    max_connections: durable ? "60" : "200",
    shared_buffers: "64MB",
    timezone: "UTC",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const output = openSync(log, "a", 0o600);
  const child = spawn(
    join(home.binDir, "postgres"),
    [
      "-D",
      home.dataDir,
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      ...home.owner,
      cwd: "/",
      detached: true,
      env: SERVER_ENV,
      stdio: ["ignore", output, output],
    },
  );
  closeSync(output);
  const { pid } = child;
  if (pid !== undefined) guard.add(pid, "INT");
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  const ready = await waitFor(
    () => {
      if (ended) return false;
      const lock = readLockFile(home.dataDir);
      return lock?.pid === pid && lock?.status === "ready" ? true : null;
    },
    { timeoutMs: 60_000, everyMs: 20 },
  );
  child.unref();
  if (ready) return child;
  if (pid === undefined) return null;
  await endProcess(pid, STOP_STEPS);
  guard.remove(pid);
  return null;
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
