import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { takeRunLock } from "./services/run-lock.ts";
import type { RunOptions } from "./services/run-program.ts";
import { createServiceGroup } from "./services/service-group.ts";
import { listenForStop } from "./services/signals.ts";
import { ensureLocalEnv } from "./setup/local-env.ts";
import { ensurePrismaClient } from "./setup/prisma-client.ts";
import { runCheck } from "./testing/run-step.ts";
import { buildAsCheck, buildForVercelAsCheck, runBrowserTests, runVitest } from "./testing/run-suites.ts";
import { startTestServices } from "./testing/services.ts";
import { addTotals, formatTotals, type Totals } from "./testing/totals.ts";

/**
 * `npm test` runs every step; `npm test -- unit e2e` runs some. Every other word goes to the runners of the suites:
 * `npm test -- e2e tests/e2e/reader.spec.ts`. The last line is `N passed, N failed`.
 */
const STEPS = ["lint", "types", "deadcode", "vercel", "unit", "integration", "e2e"] as const;
type Step = (typeof STEPS)[number];

const root = resolve(import.meta.dirname, "..");
const isStep = (value: string): value is Step => (STEPS as readonly string[]).includes(value);
const words = process.argv.slice(2);
const chosen = words.filter(isStep);
const passedOn = words.filter((word) => !isStep(word));
const wants = (...names: Step[]) => names.some((name) => (chosen.length > 0 ? chosen : STEPS).includes(name));

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
  fail(error);
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
  const options = { cwd: root, env, signal: stop.signal, guard: services.guard };

  if (wants("lint")) await step("lint", () => runCheck([["biome", "check", "."]], options));
  if (wants("types")) await step("types", () => checkTypes(options));
  if (wants("deadcode")) await step("dead code", () => runCheck([["knip"]], options));
  if (wants("vercel")) await step("build for Vercel", () => buildForVercelAsCheck(options));
  if (wants("integration", "e2e")) await step("build", () => buildAsCheck(options));
  if (wants("unit", "integration", "e2e")) await runSuites(dir, options);
}

async function runSuites(dir: string, options: RunOptions): Promise<void> {
  const started = await startTestServices({ root, services });
  removeServices = started.remove;
  const env: NodeJS.ProcessEnv = { ...options.env, DATABASE_URL: started.databaseUrl };
  if (started.redisUrl) env.REDIS_URL = started.redisUrl;
  else if (process.env.CI === "true") throw new Error("CI has no redis-server, and skips no suite.");
  else console.log("qui: no redis-server here, and none can be installed: its suites are skipped.");

  const suite = { ...options, env, dir, passedOn };
  if (wants("unit")) await step("unit tests", () => runVitest("unit", suite));
  if (wants("integration")) await step("integration tests", () => runVitest("integration", suite));
  if (wants("e2e")) {
    const { appDatabaseUrl } = started;
    await step("end-to-end tests", () =>
      runBrowserTests({ ...suite, services, databaseUrl: appDatabaseUrl }),
    );
  }
}

/** Next writes the types of the routes, in a folder that no build uses. */
function checkTypes(options: RunOptions): Promise<Totals> {
  const env = { ...options.env, QUI_DIST_DIR: ".next-types" };
  const commands = [
    ["next", "typegen"],
    ["tsc", "--noEmit"],
  ];
  return runCheck(commands, { ...options, env });
}

async function step(name: string, run: () => Promise<Totals>): Promise<void> {
  stop.signal.throwIfAborted();
  console.log(`\n── ${name}`);
  const started = performance.now();
  const before = totals.length;
  try {
    totals.push(await run());
  } catch (error) {
    stop.signal.throwIfAborted();
    fail(error);
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`── ${name}: ${formatTotals(addTotals(totals.slice(before)))} in ${seconds} s`);
}

function fail(error: unknown): void {
  console.error(`qui: ${error instanceof Error ? error.message : String(error)}`);
  totals.push({ passed: 0, failed: 1, skipped: 0 });
}
