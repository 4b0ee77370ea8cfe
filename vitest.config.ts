import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The marker package throws outside a React server build; tests call server code directly.
    alias: { "server-only": new URL("./tests/fixtures/server-only.ts", import.meta.url).pathname },
  },
  test: {
    env: { LOG_LEVEL: "silent" },
    setupFiles: ["./tests/setup/fail-on-console-error.ts"],
    // What comes by itself comes late on a machine that is busy with something else.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts", "tests/architecture.test.ts"],
          // Exhaustive tests of ranges take seconds on a machine that is busy with something else.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["./tests/integration/setup/services.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
