import "server-only";
import { getMissingSettings } from "#lib/node/env.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { getLog } from "#lib/node/log/log.ts";
import { gauge } from "#lib/node/metrics/registry.ts";
import { pingDatabase } from "#lib/server/db/ping-database.ts";
import { type Checks, runChecks } from "#lib/server/health/run-checks.ts";

const TIMEOUT_MS = 2_000;
/** Probes may come from many places; the database and the store are asked at most this often. */
const FRESH_FOR_MS = 1_000;

const dependencyUp = gauge({
  name: "qui_dependency_up",
  help: "Whether the dependency answered when readiness was last asked for.",
  labelNames: ["dependency"],
});

export interface Readiness {
  status: "ready" | "unavailable";
  checks: Checks<"database" | "kv">;
  /** Names of settings to make; only where some are missing. */
  missing?: string[];
}

let latest: { readiness: Promise<Readiness>; atMs: number } | undefined;

/** Whether this process can serve: the database and the store answer. */
export function checkReadiness(): Promise<Readiness> {
  const nowMs = performance.now();
  if (!latest || nowMs - latest.atMs > FRESH_FOR_MS) latest = { readiness: checkNow(), atMs: nowMs };
  return latest.readiness;
}

async function checkNow(): Promise<Readiness> {
  const checks = await runChecks(
    { database: () => pingDatabase(), kv: () => getKv().ping() },
    {
      timeoutMs: TIMEOUT_MS,
      onFailure: (name, error) => getLog().warn({ err: error, check: name }, "not ready"),
    },
  );
  for (const [name, { status }] of Object.entries(checks)) {
    dependencyUp.set({ dependency: name }, status === "up" ? 1 : 0);
  }
  const missing = getMissingSettings().map(({ variable }) => variable);
  const ready = missing.length === 0 && Object.values(checks).every(({ status }) => status === "up");
  return { status: ready ? "ready" : "unavailable", checks, ...(missing.length > 0 && { missing }) };
}
