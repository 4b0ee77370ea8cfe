import { join } from "node:path";
import { findFreePorts } from "../services/free-port.ts";
import { spawnLiveNode } from "../services/live-node.ts";
import { spawnNext, waitUntilLive } from "../services/next-server.ts";
import type { RunOptions } from "../services/run-program.ts";
import type { ServiceGroup } from "../services/service-group.ts";
import { buildApp } from "../setup/build-app.ts";
import { buildForVercel } from "../setup/build-for-vercel.ts";
import { ensureChromium } from "../setup/chromium.ts";
import { appTestEnv } from "./app-env.ts";
import { runSuite } from "./run-step.ts";
import { readPlaywrightTotals, readVitestTotals, type Totals } from "./totals.ts";

/** A build folder of its own: `npm start` may be serving from the other. */
const DIST_DIR = ".next-test";
const PASSED: Totals = { passed: 1, failed: 0, skipped: 0 };

interface SuiteOptions extends RunOptions {
  /** For reports. */
  dir: string;
  /** For the runner. */
  passedOn: readonly string[];
}

/** @throws when the app cannot be built. */
export async function buildAsCheck({ cwd, ...options }: RunOptions): Promise<Totals> {
  await buildApp({ root: cwd, distDir: DIST_DIR, ...options });
  return PASSED;
}

/** @throws when a deployment could not be built. */
export async function buildForVercelAsCheck({ cwd, signal, guard }: RunOptions): Promise<Totals> {
  await buildForVercel({ root: cwd, signal, guard });
  return PASSED;
}

export function runVitest(project: "unit" | "integration", options: SuiteOptions): Promise<Totals> {
  const report = join(options.dir, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const command = [
    "vitest",
    "run",
    "--project",
    project,
    "--passWithNoTests",
    ...reporters,
    ...options.passedOn,
  ];
  return runSuite(command, { ...options, report, read: readVitestTotals });
}

/** Starts the built app and opens it in a real browser. */
export async function runBrowserTests(
  options: SuiteOptions & { services: ServiceGroup; databaseUrl: string },
): Promise<Totals> {
  const { cwd: root, dir, env, signal, services, databaseUrl } = options;
  const chromium = await ensureChromium({
    env,
    memoryFile: join(dir, "chromium.json"),
    timeoutMs: 5 * 60_000,
    onInstall: (how) => console.log(`qui: installing Chromium (${how})…`),
    signal,
  });
  if (chromium.status === "missing") throw new Error(`End-to-end tests need a browser. ${chromium.reason}`);

  const [port = 0, livePort = 0, ...fixturePorts] = await findFreePorts(4);
  const ports = fixturePorts.map(String);
  const appEnv = {
    ...env,
    ...appTestEnv(ports),
    DATABASE_URL: databaseUrl,
    QUI_DIST_DIR: DIST_DIR,
    QUI_DATA_DIR: dir,
    QUI_LIVE_PORT: String(livePort),
    QUI_LIVE_URL: `http://127.0.0.1:${livePort}`,
    // Tests that run side by side open a dozen tabs between them.
    QUI_LIVE_TABS_MAX: "32",
    // Each leaves its tabs behind, as any window may come back; none does after longer than this.
    QUI_LIVE_GRACE_S: "15",
  };
  const node = spawnLiveNode({ root, port: livePort, chromium: chromium.path, env: appEnv });
  services.add({ name: "the live node under test", child: node, signal: "TERM", waitMs: 5_000 });
  const app = spawnNext({ root, mode: "start", port, env: appEnv });
  services.add({ name: "the app under test", child: app, signal: "TERM", waitMs: 5_000 });
  if (!(await waitUntilLive(app, port, 60_000)))
    throw new Error("The app did not start; see its messages above.");

  const report = join(dir, "e2e.json");
  // Some tests start further servers of the same build.
  const testEnv: NodeJS.ProcessEnv = {
    ...appEnv,
    QUI_CHROMIUM: chromium.path,
    QUI_E2E_BASE_URL: `http://localhost:${port}`,
    QUI_FIXTURE_PORTS: ports.join(","),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const command = ["playwright", "test", "--pass-with-no-tests", ...options.passedOn];
  return runSuite(command, { ...options, env: testEnv, report, read: readPlaywrightTotals });
}
