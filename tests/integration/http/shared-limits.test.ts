import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { createAbuseGuard } from "#lib/server/http/abuse-guard.ts";
import { createAccessRuleCache } from "#lib/server/http/access-rule-cache.ts";
import type { Client } from "#lib/server/http/client.ts";
import { createInsuredKv } from "#lib/server/http/insured-kv.ts";
import { createRateLimiter } from "#lib/server/http/rate-limiter.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";

// Without a redis-server on the machine there is nothing to share.
describe.skipIf(!REDIS_SERVER)("limits and blocks over two processes and one Redis", () => {
  let redis: RedisServer;
  const open: Kv[] = [];
  let clock = Date.now();

  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((kv) => kv.close()));
  });
  afterAll(() => redis.stop());

  /** What one process has of the pipeline. */
  function openProcess(prefix: string) {
    const store = createRedisKv(createTcpTransport({ url: redis.url }), { prefix });
    open.push(store);
    const kv = createInsuredKv({ kv: () => store, now: () => clock, answerWithinMs: 5_000 });
    const rules = createAccessRuleCache({ load: async () => [] });
    return {
      limiter: createRateLimiter(kv),
      guard: createAbuseGuard({ kv, rules: rules.get, sparesLoopback: false, now: () => clock }),
    };
  }

  function newClient(): Client {
    const key = `client-${randomUUID()}`;
    return { key, address: key, local: false, shared: false, probe: null };
  }

  it("admit one burst in all, however it is spread", async () => {
    const [a, b] = [openProcess("spread:"), openProcess("spread:")];
    const { key } = newClient();
    const takes = Array.from({ length: 60 }, (_, index) => (index % 2 ? a : b).limiter.take("search", key));
    const allowed = (await Promise.all(takes)).filter((state) => state.allowed).length;
    // Ten at once, and what refills while the takes are under way: less than one a second.
    expect(allowed).toBeGreaterThanOrEqual(10);
    expect(allowed).toBeLessThanOrEqual(13);
  });

  it("block in one process whom the other caught", async () => {
    const [a, b] = [openProcess("caught:"), openProcess("caught:")];
    const client = newClient();
    for (let probes = 0; probes < 3; probes++)
      await a.guard.check({ client, path: "/.env", probe: "scanner" });
    expect(await b.guard.check({ client, path: "/", probe: null })).toMatchObject({ kind: "blocked" });
  });

  it("add up probes that reach different processes, and escalate once", async () => {
    const [a, b] = [openProcess("sum:"), openProcess("sum:")];
    const client = newClient();
    const probe = { client, path: "/.env", probe: "scanner" } as const;
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? a : b).guard.check(probe)));
    // For so long a process may not ask again whether a client is blocked.
    clock += 5_001;
    for (const { guard } of [a, b]) {
      const refusal = await guard.check({ client, path: "/", probe: null });
      expect(refusal?.kind).toBe("blocked");
      expect(refusal?.kind === "blocked" && refusal.retryAfterMs).toBeLessThanOrEqual(60_000);
    }
  });

  it("go on in each process while Redis is gone, and together again when it is back", async () => {
    const [a, b] = [openProcess("outage:"), openProcess("outage:")];
    const client = newClient();
    expect((await a.limiter.take("search", client.key)).remaining).toBe(9);

    await redis.kill();
    expect(await a.limiter.take("search", client.key, 10)).toMatchObject({ allowed: true, remaining: 0 });
    expect((await a.limiter.take("search", client.key)).allowed).toBe(false);
    expect(await a.guard.check({ client, path: "/", probe: null })).toBeNull();
    // Apart, the other process has a full bucket of its own.
    expect((await b.limiter.take("api", client.key)).remaining).toBe(29);

    await redis.start();
    const remainingForB = async () => {
      clock += 2_001;
      await a.limiter.take("api", client.key, 20);
      return (await b.limiter.take("api", client.key)).remaining;
    };
    await expect.poll(remainingForB, { timeout: 20_000 }).toBeLessThan(20);
  });
});
