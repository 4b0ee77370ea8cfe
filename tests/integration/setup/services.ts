import { startThrowawayPostgres } from "../../../scripts/services/postgres/start-throwaway-postgres.ts";
import { findRedisServer, startRedis } from "../../../scripts/services/redis.ts";
import { createServiceGroup } from "../../../scripts/services/service-group.ts";
import { createTemplate } from "./test-database.ts";

/**
 * Vitest's global set-up of the integration tests. `npm test` has started PostgreSQL and Redis and names them in the
 * environment; run by hand, the tests start their own.
 */
export default async function startServices(): Promise<() => Promise<void>> {
  const services = createServiceGroup();
  const postgres = process.env.DATABASE_URL
    ? null
    : await startThrowawayPostgres({ database: "qui_test", services });
  process.env.DATABASE_URL ??= postgres?.url ?? "";
  await createTemplate(process.env.DATABASE_URL);
  const redisServer = process.env.REDIS_URL ? null : findRedisServer();
  if (redisServer) {
    const redis = await startRedis(redisServer);
    services.add({ name: "Redis", child: redis.child, signal: "TERM", waitMs: 5_000 });
    process.env.REDIS_URL = redis.url;
  }
  return async () => {
    await services.stop();
    postgres?.remove();
  };
}
