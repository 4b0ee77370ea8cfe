import { join, resolve } from "node:path";
import { isPortFree } from "./services/free-port.ts";
import type { Guard } from "./services/guard.ts";
import { chooseLivePort, keepLiveNode } from "./services/live-node.ts";
import { spawnNext, waitUntilLive } from "./services/next-server.ts";
import { startPostgres } from "./services/postgres/start-postgres.ts";
import { takeRunLock } from "./services/run-lock.ts";
import { createServiceGroup, type ServiceGroup } from "./services/service-group.ts";
import { settleTogether } from "./services/settle-together.ts";
import { listenForStop } from "./services/signals.ts";
import { buildApp } from "./setup/build-app.ts";
import { ensureChromium } from "./setup/chromium.ts";
import { ensureLocalEnv } from "./setup/local-env.ts";
import { migrateDatabase } from "./setup/migrate-database.ts";
import { ensurePrismaClient } from "./setup/prisma-client.ts";
import { readEnv } from "./setup/read-env.ts";
import { ensureXrAssets } from "./setup/xr-assets.ts";

const CHROMIUM_INSTALL_MS = 5 * 60_000;
const LIVE_MS = 120_000;

/** `npm start` and `npm run dev`: everything from a fresh checkout to the printed address, until asked to stop. */
export async function launchApp(mode: "start" | "dev"): Promise<void> {
  const root = resolve(import.meta.dirname, "..");
  const services = createServiceGroup();
  const stop = listenForStop(() => {
    services.kill();
    process.exit(1);
  });
  let releaseLock = () => {};
  try {
    ensureLocalEnv(join(root, ".env.local"), process.env);
    const env = readEnv(root, mode === "start" ? "production" : "development");
    const port = readPort(env.PORT);
    const dataDir = resolve(root, env.QUI_DATA_DIR ?? ".qui");

    const lock = takeRunLock(join(dataDir, "run.json"), `http://localhost:${port}`);
    if (!lock.held) {
      throw new Error(
        `Qui already runs from this folder (process ${lock.pid}, ${lock.note}). Stop it first, ` +
          "or start another with its own PORT and QUI_DATA_DIR.",
      );
    }
    releaseLock = lock.release;
    if (!(await isPortFree(port))) {
      throw new Error(`Port ${port} is taken by another program. Choose one: PORT=${port + 1} npm start`);
    }

    const [database, chromium] = await settleTogether(stop.signal, (signal) => [
      prepareDatabase({ root, dataDir, services, env }),
      ensureChromium({
        env,
        memoryFile: join(dataDir, "chromium.json"),
        timeoutMs: CHROMIUM_INSTALL_MS,
        onInstall: (how) => console.log(`qui: installing Chromium (${how})…`),
        signal,
      }),
      prepareApp({ root, mode, env, guard: services.guard, signal }),
    ]);
    if (chromium.status === "missing") console.log(`qui: live pages are off. ${chromium.reason}`);

    const livePort = chromium.status === "missing" ? null : await chooseLivePort(env, port);
    if (livePort !== null && chromium.status !== "missing") {
      const nodeEnv = { QUI_LIVE_URL: `http://127.0.0.1:${livePort}`, ...env };
      keepLiveNode(services, { root, port: livePort, chromium: chromium.path, env: nodeEnv });
    }

    const child = spawnNext({
      root,
      mode,
      port,
      env: {
        ...process.env,
        DATABASE_URL: database,
        ...(chromium.status === "missing" ? {} : { QUI_CHROMIUM: chromium.path }),
        ...(livePort === null
          ? {}
          : { QUI_LIVE_PORT: String(livePort), QUI_LIVE_URL: `http://127.0.0.1:${livePort}` }),
      },
    });
    // Next finishes the requests under way before it ends.
    services.add({ name: "the web server", child, signal: "TERM", waitMs: 10_000 });
    const live = await Promise.race([waitUntilLive(child, port, LIVE_MS), stop.requested]);
    if (live === false) throw new Error("The web server did not start; see its messages above.");
    if (live === true) console.log(`\nQui is ready: http://localhost:${port}\nPress Ctrl-C to stop.`);

    const reason = await Promise.race([stop.requested, services.ended]);
    if (typeof reason !== "string") throw new Error(`${reason.name} ended unexpectedly.`);
  } catch (error) {
    if (!stop.signal.aborted) {
      console.error(`qui: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  await services.stop();
  releaseLock();
  process.exit();
}

interface PrepareOptions {
  root: string;
  env: NodeJS.ProcessEnv;
}

/** @returns the address of a database that is up to date: the one that was named, or an embedded one. */
async function prepareDatabase(
  options: PrepareOptions & { dataDir: string; services: ServiceGroup },
): Promise<string> {
  let url = options.env.DATABASE_URL;
  if (!url) {
    const { dataDir, services } = options;
    ({ url } = await startPostgres({
      dir: join(dataDir, "postgres"),
      database: "qui",
      durable: true,
      services,
    }));
  }
  await migrateDatabase(options.root, url);
  return url;
}

async function prepareApp(
  options: PrepareOptions & { mode: "start" | "dev"; guard: Guard; signal: AbortSignal },
): Promise<void> {
  ensurePrismaClient(options.root);
  if (options.mode === "dev") {
    ensureXrAssets(options.root);
    return;
  }
  await buildApp({
    root: options.root,
    distDir: options.env.QUI_DIST_DIR ?? ".next",
    env: process.env,
    onStart: () => console.log("qui: building (a minute or two, when sources changed)…"),
    signal: options.signal,
    guard: options.guard,
  });
}

function readPort(value: string | undefined): number {
  const port = Number(value ?? "3000");
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new Error(`PORT is "${value}"; it must be a number from 1 to 65535.`);
}
