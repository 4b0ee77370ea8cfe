import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startPostgres } from "../../../scripts/services/postgres/start-postgres.ts";
import { findRedisServer, startRedis } from "../../../scripts/services/redis.ts";
import { createServiceGroup } from "../../../scripts/services/service-group.ts";
import { migrateDatabase } from "../../../scripts/setup/migrate-database.ts";
import { createTemplate } from "./test-database.ts";

/**
 * Vitest's global set-up of the integration tests. `npm test` has started PostgreSQL and Redis and names them in the
 * environment; run by hand, the tests start their own.
 */
export default async function startServices(): Promise<() => Promise<void>> {
  const services = createServiceGroup();
  const dir = mkdtempSync(join(tmpdir(), "qui-integration-"));
  if (!process.env.DATABASE_URL) {
    const postgres = await startPostgres({ dir, database: "qui_test", durable: false });
    services.add({ name: "PostgreSQL", child: postgres.child, signal: "INT", waitMs: 10_000 });
    await migrateDatabase(resolve(import.meta.dirname, "../../.."), postgres.url);
    process.env.DATABASE_URL = postgres.url;
  }
  await createTemplate(process.env.DATABASE_URL);
  const redisServer = process.env.REDIS_URL ? null : findRedisServer();
  if (redisServer) {
    const redis = await startRedis(redisServer);
    services.add({ name: "Redis", child: redis.child, signal: "TERM", waitMs: 5_000 });
    process.env.REDIS_URL = redis.url;
  }
  return async () => {
    await services.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
