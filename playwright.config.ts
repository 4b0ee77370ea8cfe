import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

// `npm run test:e2e` chooses the ports, builds the app and starts the database. QUI_E2E_BASE_URL tests a server that
// runs already, which then needs the same QUI_EGRESS_ALLOW.
const port = Number(process.env.QUI_E2E_PORT ?? 3217);
/** One for the sites that each worker serves: a test listens on the port at its own `testInfo.parallelIndex`. */
const fixturePorts = (process.env.QUI_FIXTURE_PORTS ?? "4217,4218").split(",");
const fixtureHosts = fixturePorts.flatMap((one) => [`127.0.0.1:${one}`, `localhost:${one}`]);
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
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
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
          env: {
            NODE_ENV: "production",
            QUI_EGRESS_ALLOW: fixtureHosts.join(","),
            // Nothing outside this machine is reached.
            QUI_FILTER_LISTS: "off",
            QUI_SECRET: "end-to-end-tests-only-0123456789abcdef",
            METRICS_TOKEN: "end-to-end-tests-only",
            REDIS_URL: "",
            LOG_LEVEL: "warn",
            // Tests come from one address, all at once.
            QUI_RATE_LIMIT_SCALE: "50",
          },
        },
      }),
});
