import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { appTestEnv } from "./scripts/testing/app-env.ts";
import { CHROMIUM_ARGS } from "./tests/fixtures/chromium-args.ts";

// `npm run test:e2e` chooses the ports, starts database and app, and names the app in QUI_E2E_BASE_URL. So can anyone: a
// server that runs already is tested as it is, if it was started with `appTestEnv`. Without it, the last build is started.
const port = Number(process.env.PORT ?? 3217);
/** One for the sites that each worker serves: a test listens on the port at its own `testInfo.parallelIndex`. */
const fixturePorts = (process.env.QUI_FIXTURE_PORTS ?? "4217,4218").split(",");
const chromium = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find((path) => path && existsSync(path));
const running = process.env.QUI_E2E_BASE_URL;

process.env.QUI_FIXTURE_PORTS = fixturePorts.join(",");

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: fixturePorts.length,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: running ?? `http://localhost:${port}`,
    // No film: where the processor draws the room, taking a picture of each frame costs as much as the frame.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: ["--disable-gpu", ...CHROMIUM_ARGS],
    },
  },
  projects: [{ name: "chromium" }],
  ...(running
    ? {}
    : {
        webServer: {
          command: `node node_modules/next/dist/bin/next start --port ${port}`,
          url: `http://localhost:${port}/api/health/live`,
          timeout: 60_000,
          gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
          env: { NODE_ENV: "production", ...appTestEnv(fixturePorts) },
        },
      }),
});
