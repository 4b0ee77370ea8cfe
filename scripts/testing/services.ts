import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startPostgres } from "../services/postgres/start-postgres.ts";
import { findRedisServer, installRedisServer, startRedis } from "../services/redis.ts";
import type { ServiceGroup } from "../services/service-group.ts";
import { migrateDatabase } from "../setup/migrate-database.ts";

export interface TestServices {
  /** For integration tests. */
  databaseUrl: string;
  /** For the app that end-to-end tests open. */
  appDatabaseUrl: string;
  /** `null` when there is no Redis here and none can be installed. */
  redisUrl: string | null;
}

/** Starts an empty PostgreSQL and an empty Redis of the tests' own. */
export async function startTestServices(options: {
  root: string;
  dir: string;
  services: ServiceGroup;
}): Promise<TestServices> {
  const postgresDir = join(options.dir, "postgres");
  rmSync(join(postgresDir, "data"), { recursive: true, force: true });
  mkdirSync(postgresDir, { recursive: true });
  const postgres = await startPostgres({ dir: postgresDir, database: "qui_test", durable: false });
  options.services.add({ name: "PostgreSQL", child: postgres.child, signal: "INT", waitMs: 10_000 });
  await migrateDatabase(options.root, postgres.url);
  const appDatabaseUrl = await postgres.createDatabase("qui_e2e");
  await migrateDatabase(options.root, appDatabaseUrl);

  const program = findRedisServer() ?? installRedisServer();
  if (!program) return { databaseUrl: postgres.url, appDatabaseUrl, redisUrl: null };
  const redis = await startRedis(program);
  options.services.add({ name: "Redis", child: redis.child, signal: "TERM", waitMs: 5_000 });
  return { databaseUrl: postgres.url, appDatabaseUrl, redisUrl: redis.url };
}
