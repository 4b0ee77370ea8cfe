import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { findFreePorts } from "./services/free-port.ts";
import { takeRunLock } from "./services/run-lock.ts";
import { createServiceGroup } from "./services/service-group.ts";
import { listenForStop } from "./services/signals.ts";
import { buildApp } from "./setup/build-app.ts";
import { buildForVercel } from "./setup/build-for-vercel.ts";
import { ensureChromium } from "./setup/chromium.ts";
import { ensureLocalEnv } from "./setup/local-env.ts";
import { ensurePrismaClient } from "./setup/prisma-client.ts";
import { runCheck, runSuite, type StepOptions } from "./testing/run-step.ts";
import { startTestServices } from "./testing/services.ts";
import {
  addTotals,
  formatTotals,
  readPlaywrightTotals,
  readVitestTotals,
  type Totals,
} from "./testing/totals.ts";

/**
 * `npm test` runs every step; `npm test -- unit e2e` runs some. What follows a test step's name and starts with
 * a dash or holds a slash goes to its runner: `npm test -- e2e tests/e2e/reader.spec.ts`.
 */
const STEPS = ["lint", "types", "deadcode", "vercel", "unit", "integration", "e2e"] as const;
type Step = (typeof STEPS)[number];

/** A build folder of its own: `npm start` may be serving from the other. */
const DIST_DIR = ".next-test";

const root = resolve(import.meta.dirname, "..");
const isStep = (value: string): value is Step => (STEPS as readonly string[]).includes(value);
const words = process.argv.slice(2);
const chosen = words.filter(isStep);
const passedOn = words.filter((word) => !isStep(word));
const steps: readonly Step[] = chosen.length > 0 ? chosen : STEPS;
const inCi = process.env.CI === "true";

const services = createServiceGroup();
const stop = listenForStop(() => {
  services.kill();
  process.exit(1);
});
const totals: Totals[] = [];
let releaseLock = () => {};
let removeServices = () => {};

try {
  await runTests();
} catch (error) {
  console.error(`qui: ${error instanceof Error ? error.message : String(error)}`);
  totals.push({ passed: 0, failed: 1, skipped: 0 });
}
await services.stop();
removeServices();
releaseLock();
const sum = addTotals(totals);
console.log(`\n${formatTotals(sum)}`);
process.exit(sum.failed > 0 ? 1 : 0);

async function runTests(): Promise<void> {
  const dir = join(root, ".qui", "test");
  mkdirSync(dir, { recursive: true });
  const lock = takeRunLock(join(dir, "run.json"), "npm test");
  if (!lock.held) throw new Error(`The tests already run in this folder (process ${lock.pid}).`);
  releaseLock = lock.release;

  ensureLocalEnv(join(root, ".env.local"), process.env);
  ensurePrismaClient(root);
  const env: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const options: StepOptions = { cwd: root, env, signal: stop.signal };

  if (steps.includes("lint")) await step("lint", () => runCheck([["biome", "check", "."]], options));
  if (steps.includes("types")) {
    const withTypes = { ...options, env: { ...env, QUI_DIST_DIR: ".next-types" } };
    await step("types", () =>
      runCheck(
        [
          ["next", "typegen"],
          ["tsc", "--noEmit"],
        ],
        withTypes,
      ),
    );
  }
  if (steps.includes("deadcode")) await step("dead code", () => runCheck([["knip"]], options));
  if (steps.includes("vercel")) await step("build for Vercel", () => buildForVercelAsCheck());
  if (steps.some((name) => name === "unit" || name === "integration" || name === "e2e")) {
    await runSuites(dir, options);
  }
}

async function runSuites(dir: string, options: StepOptions): Promise<void> {
  if (steps.includes("integration") || steps.includes("e2e"))
    await step("build", () => buildAsCheck(options));
  const started = await startTestServices({ root, services });
  removeServices = started.remove;
  const env: NodeJS.ProcessEnv = { ...options.env, DATABASE_URL: started.databaseUrl };
  if (started.redisUrl) env.REDIS_URL = started.redisUrl;
  else if (inCi) throw new Error("There is no redis-server, and in CI no suite may be skipped.");
  else console.log("qui: no redis-server here, and none can be installed: its suites are skipped.");

  const projects = (["unit", "integration"] as const).filter((name) => steps.includes(name));
  for (const project of projects) {
    const report = join(dir, `${project}.json`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const command = ["vitest", "run", "--project", project, "--passWithNoTests", ...reporters, ...passedOn];
    await step(`${project} tests`, () =>
      runSuite(command, { ...options, env, report, read: readVitestTotals }),
    );
  }
  if (steps.includes("e2e")) {
    await step("end-to-end tests", () => runEndToEnd(dir, { ...options, env }, started.appDatabaseUrl));
  }
}

async function runEndToEnd(dir: string, options: StepOptions, databaseUrl: string): Promise<Totals> {
  const chromium = await ensureChromium({
    env: options.env,
    memoryFile: join(dir, "chromium.json"),
    timeoutMs: 5 * 60_000,
    onInstall: (how) => console.log(`qui: installing Chromium (${how})…`),
    signal: stop.signal,
  });
  if (chromium.status === "missing") throw new Error(`End-to-end tests need a browser. ${chromium.reason}`);

  const [port, ...fixturePorts] = await findFreePorts(3);
  const report = join(dir, "e2e.json");
  const env: NodeJS.ProcessEnv = {
    ...options.env,
    DATABASE_URL: databaseUrl,
    QUI_CHROMIUM: chromium.path,
    QUI_DIST_DIR: DIST_DIR,
    QUI_E2E_PORT: String(port),
    QUI_FIXTURE_PORTS: fixturePorts.join(","),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const command = ["playwright", "test", "--pass-with-no-tests", ...passedOn];
  return runSuite(command, { ...options, env, report, read: readPlaywrightTotals });
}

async function buildAsCheck({ env }: StepOptions): Promise<Totals> {
  await buildApp({ root, distDir: DIST_DIR, env, signal: stop.signal, guard: services.guard });
  return { passed: 1, failed: 0, skipped: 0 };
}

async function buildForVercelAsCheck(): Promise<Totals> {
  await buildForVercel({ root, signal: stop.signal });
  return { passed: 1, failed: 0, skipped: 0 };
}

async function step(name: string, run: () => Promise<Totals>): Promise<void> {
  stop.signal.throwIfAborted();
  console.log(`\n── ${name}`);
  const started = performance.now();
  const result = await run().catch((error: unknown): Totals => {
    stop.signal.throwIfAborted();
    console.error(`qui: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  totals.push(result);
  console.log(`── ${name}: ${formatTotals(result)} in ${Math.round((performance.now() - started) / 1000)} s`);
}
