import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceGroup } from "../service-group.ts";
import { type RunningPostgres, startPostgres } from "./start-postgres.ts";

export interface ThrowawayPostgres extends RunningPostgres {
  /** Deletes its files; call it once the services are stopped. */
  remove(): void;
}

/** A new cluster in a temporary folder, fast rather than safe. */
export async function startThrowawayPostgres(options: {
  database: string;
  services: ServiceGroup;
}): Promise<ThrowawayPostgres> {
  const dir = mkdtempSync(join(tmpdir(), "qui-postgres-"));
  // When we are root, PostgreSQL runs as another account, which has to pass through. The cluster itself stays closed.
  chmodSync(dir, 0o755);
  const postgres = await startPostgres({ ...options, dir, durable: false });
  return {
    ...postgres,
    remove: () => {
      for (const path of [dir, postgres.dataDir]) rmSync(path, { recursive: true, force: true });
    },
  };
}
