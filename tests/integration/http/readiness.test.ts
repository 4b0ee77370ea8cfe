import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";
import { createTestDatabase, type TestDatabase } from "../setup/test-database.ts";

// Readiness without a store to take away proves nothing.
describe.skipIf(!REDIS_SERVER)("readiness", () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let ready: (request: Request) => Promise<Response>;
  let dropped = false;

  beforeAll(async () => {
    [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
    process.env.DATABASE_URL = database.url;
    process.env.REDIS_URL = redis.url;
    ({ GET: ready } = await import("../../../app/api/health/ready/route.ts"));
  });
  afterAll(async () => {
    const [{ getDb }, { getKv }] = await Promise.all([
      import("#lib/server/db/client.ts"),
      import("#lib/node/kv/get-kv.ts"),
    ]);
    await Promise.all([getDb().$disconnect(), getKv().close()]);
    await redis.stop();
    if (!dropped) await database.drop();
  });

  /** The latest answer may be a second old. */
  async function ask() {
    const response = await ready(new Request("https://qui.example/api/health/ready"));
    const body = await response.json();
    return {
      status: response.status,
      body,
      database: body.checks.database.status,
      kv: body.checks.kv.status,
    };
  }
  const untilStatus = (status: number) =>
    expect.poll(async () => (await ask()).status, { timeout: 20_000 }).toBe(status);

  it("is 200 while the database and the store answer", async () => {
    await untilStatus(200);
    const { body } = await ask();
    expect(body).toEqual({
      status: "ready",
      checks: {
        database: { status: "up", durationMs: expect.any(Number) },
        kv: { status: "up", durationMs: expect.any(Number) },
      },
    });
  });

  it("is 503 while the store is down, and 200 again after", async () => {
    await redis.kill();
    await untilStatus(503);
    expect(await ask()).toMatchObject({ database: "up", kv: "down", body: { status: "unavailable" } });
    await redis.start();
    await untilStatus(200);
  });

  it("is 503 while the store hangs", async () => {
    redis.freeze();
    await untilStatus(503);
    expect(await ask()).toMatchObject({ database: "up", kv: "down" });
    redis.resume();
    await untilStatus(200);
  });

  it("is 503 while the database is gone, and says nothing of where it was", async () => {
    await database.drop();
    dropped = true;
    await untilStatus(503);
    const { database: state, kv, body } = await ask();
    expect([state, kv]).toEqual(["down", "up"]);
    expect(JSON.stringify(body)).not.toMatch(/test_|postgres|127\.0\.0\.1|localhost/);
  });
});
