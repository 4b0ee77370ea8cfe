import { startThrowawayPostgres } from "../services/postgres/start-throwaway-postgres.ts";
import { findRedisServer, installRedisServer, startRedis } from "../services/redis.ts";
import type { ServiceGroup } from "../services/service-group.ts";
import { migrateDatabase } from "../setup/migrate-database.ts";

export interface TestServices {
  /** An empty server; the integration tests make databases of their own in it. */
  databaseUrl: string;
  /** For the app that end-to-end tests open. */
  appDatabaseUrl: string;
  /** `null` when there is no Redis here and none can be installed. */
  redisUrl: string | null;
  /** Deletes what they left on disk; call it once they are stopped. */
  remove(): void;
}

/** Starts an empty PostgreSQL and an empty Redis of the tests' own. */
export async function startTestServices(options: {
  root: string;
  services: ServiceGroup;
}): Promise<TestServices> {
  const postgres = await startThrowawayPostgres({ database: "qui_test", services: options.services });
  const { url: databaseUrl, remove } = postgres;
  const appDatabaseUrl = await postgres.createDatabase("qui_e2e");
  await migrateDatabase(options.root, appDatabaseUrl);

  const program = findRedisServer() ?? installRedisServer();
  if (!program) return { databaseUrl, appDatabaseUrl, redisUrl: null, remove };
  const redis = await startRedis(program);
  options.services.add({ name: "Redis", child: redis.child, signal: "TERM", waitMs: 5_000 });
  return { databaseUrl, appDatabaseUrl, redisUrl: redis.url, remove };
}
