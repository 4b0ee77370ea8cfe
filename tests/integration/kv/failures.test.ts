import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport, type TcpTransportOptions } from "#lib/node/kv/redis/tcp-transport.ts";
import { createUpstashTransport } from "#lib/node/kv/redis/upstash-transport.ts";
import { freePort, REDIS_SERVER, type RedisServer, startRedisServer } from "../../fixtures/redis-server.ts";
import { SOON } from "../../fixtures/soon.ts";
import { startUpstashBridge, type UpstashBridge } from "../../fixtures/upstash-bridge.ts";

const bucket = { capacity: 1000, refillPerSecond: 1 };

async function expectUnavailable(call: Promise<unknown>, detail?: RegExp): Promise<void> {
  const error: unknown = await call.then(
    () => "it succeeded",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "unavailable", retryable: true });
  if (detail) expect((error as AppError).message).toMatch(detail);
}

/** One call of every kind. */
function everyCall(kv: Kv): Promise<unknown>[] {
  return [
    kv.get("a"),
    kv.set("a", "x", { ttlMs: 1000, tags: ["t"] }),
    kv.delete("a"),
    kv.deleteByTag("t"),
    kv.increment("c"),
    kv.takeTokens("b", bucket),
    kv.hitWindow("w", { limit: 5, windowMs: 1000 }),
    kv.acquireLock("l", { ttlMs: 1000 }),
    kv.publish("p", "m"),
    kv.subscribe("p", () => {}),
    kv.appendEvent("e", "d", { lengthMax: 5, ttlMs: 1000 }),
    kv.readEvents("e", null, 5),
    kv.ping(),
  ];
}

// Redis is absent only on a machine that cannot install it; CI has it.
describe.skipIf(!REDIS_SERVER)("when Redis fails", () => {
  let redis: RedisServer;
  const open: Kv[] = [];

  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterEach(async () => {
    for (const kv of open.splice(0)) await kv.close();
  });
  afterAll(() => redis.stop());

  function openKv(options: Partial<TcpTransportOptions> = {}): Kv {
    const timeouts = { commandTimeoutMs: 2_000, offlineGraceMs: 100, heartbeatMs: 1_000 };
    const kv = createRedisKv(createTcpTransport({ url: redis.url, ...timeouts, ...options }));
    open.push(kv);
    return kv;
  }

  it("a killed server rejects every call clearly, and serves again once it is back", async () => {
    const onLost = vi.fn();
    const onRestored = vi.fn();
    const onResubscribe = vi.fn();
    const kv = openKv({ onLost, onRestored });
    const received: string[] = [];
    await kv.subscribe("news", (message) => received.push(message), { onResubscribe });
    await kv.takeTokens("b", bucket);

    const caught = Array.from({ length: 300 }, () => kv.takeTokens("b", bucket).catch((error) => error));
    await redis.kill();
    for (const outcome of await Promise.all(caught)) {
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "unavailable" });
    }
    await vi.waitFor(() => expectUnavailable(kv.ping(), /Redis has been away/), SOON);
    await Promise.all(everyCall(kv).map((call) => expectUnavailable(call)));
    // One report a connection, however many attempts failed.
    expect(onLost.mock.calls.length).toBe(2);
    expect(onRestored).not.toHaveBeenCalled();

    await redis.start();
    await vi.waitFor(() => kv.ping(), SOON);
    // The server came back empty, and no longer knows the scripts.
    expect(await kv.takeTokens("b", bucket)).toMatchObject({ allowed: true, remaining: 999 });
    await vi.waitFor(() => expect(onResubscribe).toHaveBeenCalledOnce(), SOON);
    expect(onRestored).toHaveBeenCalledOnce();
    await kv.publish("news", "back");
    await vi.waitFor(() => expect(received).toEqual(["back"]), SOON);
  });

  it("an ended subscription does not come back with the server", async () => {
    const kv = openKv();
    const received: string[] = [];
    const end = await kv.subscribe("ended", () => expect.unreachable());
    const onResubscribe = vi.fn();
    await kv.subscribe("kept", (message) => received.push(message), { onResubscribe });
    await redis.kill();
    await end();
    await redis.start();
    await vi.waitFor(() => expect(onResubscribe).toHaveBeenCalled(), SOON);
    await vi.waitFor(() => kv.publish("ended", "x"), SOON);
    await kv.publish("kept", "y");
    await vi.waitFor(() => expect(received).toEqual(["y"]), SOON);
  });

  it("a server that holds the connection and says nothing is timed out, left, and found again", async () => {
    const onResubscribe = vi.fn();
    const kv = openKv({ commandTimeoutMs: 400, heartbeatMs: 100 });
    await vi.waitFor(() => kv.ping(), SOON);
    const received: string[] = [];
    await kv.subscribe("quiet", (message) => received.push(message), { onResubscribe });
    redis.freeze();
    try {
      await expectUnavailable(kv.get("a"), /did not answer within 400 ms|failed/);
      await vi.waitFor(() => expectUnavailable(kv.get("a"), /has been away/), SOON);
      await Promise.all(everyCall(kv).map((call) => expectUnavailable(call)));
    } finally {
      redis.resume();
    }
    await vi.waitFor(() => kv.ping(), SOON);
    await vi.waitFor(() => expect(onResubscribe).toHaveBeenCalled(), SOON);
    await vi.waitFor(async () => {
      await kv.publish("quiet", "hello");
      expect(received).toContain("hello");
    }, SOON);
  });

  it("waits for no more commands than its queue holds", async () => {
    const kv = openKv({ queueMax: 20, commandTimeoutMs: 1_000 });
    await kv.ping();
    redis.freeze();
    try {
      const calls = Array.from({ length: 60 }, () =>
        kv.get("a").then(
          () => "ok",
          (error: unknown) => (error instanceof AppError ? String(error.cause) : "odd"),
        ),
      );
      const full = (await Promise.all(calls)).filter((outcome) => outcome.includes("queue is full"));
      expect(full).toHaveLength(40);
    } finally {
      redis.resume();
    }
  });

  it("opens without a server, says so on use, and works when the server appears", async () => {
    const port = await freePort();
    const kv = openKv({ url: `redis://127.0.0.1:${port}` });
    await Promise.all(everyCall(kv).map((call) => expectUnavailable(call)));
    const late = await startRedisServer({ port });
    await vi.waitFor(() => kv.ping(), SOON);
    await late.stop();
  });

  it("closing settles what is pending, and refuses what comes after", async () => {
    const kv = openKv();
    await kv.ping();
    redis.freeze();
    const pending = everyCall(kv);
    await kv.close();
    redis.resume();
    await Promise.all(pending.map((call) => expectUnavailable(call)));
    await Promise.all(everyCall(kv).map((call) => expectUnavailable(call, /closed/)));
  });
});

describe.skipIf(!REDIS_SERVER)("when Upstash fails", () => {
  let redis: RedisServer;
  let bridge: UpstashBridge;
  const open: Kv[] = [];

  beforeAll(async () => {
    redis = await startRedisServer();
    bridge = await startUpstashBridge(redis.url);
  });
  afterEach(async () => {
    bridge.frozen = false;
    for (const kv of open.splice(0)) await kv.close();
  });
  afterAll(async () => {
    await bridge.close();
    await redis.stop();
  });

  function openKv({ token = bridge.token, onLost = () => {}, commandTimeoutMs = 2_000 } = {}): Kv {
    const kv = createRedisKv(createUpstashTransport({ url: bridge.url, token, commandTimeoutMs, onLost }));
    open.push(kv);
    return kv;
  }

  it("an unreachable service rejects every call clearly, and serves again once it is back", async () => {
    const onLost = vi.fn();
    const onResubscribe = vi.fn();
    const kv = openKv({ onLost });
    const received: string[] = [];
    await kv.subscribe("news", (message) => received.push(message), { onResubscribe });
    await bridge.stop();
    await Promise.all(everyCall(kv).map((call) => expectUnavailable(call)));
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), SOON);

    await bridge.listen();
    await vi.waitFor(() => kv.ping(), SOON);
    await vi.waitFor(() => expect(onResubscribe).toHaveBeenCalledOnce(), SOON);
    expect(onLost).toHaveBeenCalledOnce();
    await kv.publish("news", "back");
    await vi.waitFor(() => expect(received).toEqual(["back"]), SOON);
  });

  it("a service that does not answer is timed out", async () => {
    const kv = openKv({ commandTimeoutMs: 400 });
    bridge.frozen = true;
    await expectUnavailable(kv.get("a"), /did not answer within 400 ms/);
    await expectUnavailable(kv.takeTokens("b", bucket), /did not answer within 400 ms/);
  });

  it("sends a refused or unanswered command once", async () => {
    const kv = openKv();
    const before = bridge.requests;
    await kv.set("counter", "text", { ttlMs: 10_000 });
    await expect(kv.increment("counter")).rejects.toThrow(RangeError);
    // Set, the script by its hash, and once by its source.
    expect(bridge.requests - before).toBeLessThanOrEqual(3);
  });

  it("sends the commands of one tick in one request", async () => {
    const kv = openKv();
    await kv.takeTokens("warm", bucket);
    const before = bridge.requests;
    await Promise.all(Array.from({ length: 200 }, (_, i) => kv.takeTokens(`many:${i}`, bucket)));
    expect(bridge.requests - before).toBe(1);
  });

  it("a wrong token is a clear failure, for subscriptions too", async () => {
    const kv = openKv({ token: "wrong" });
    await Promise.all(everyCall(kv).map((call) => expectUnavailable(call)));
  });

  it("a database that fails behind the service rejects calls, and none quotes what was sent", async () => {
    const kv = openKv();
    await redis.kill();
    try {
      await Promise.all(everyCall(kv).map((call) => expectUnavailable(call)));
      const error: unknown = await kv
        .set("k", `private ${"page text ".repeat(1000)}`, { ttlMs: 1000 })
        .catch((reason: unknown) => reason);
      const causes =
        error instanceof AppError ? `${error.message} ${error.cause} ${error.stack}` : "no error";
      expect(causes).toContain("refused set");
      expect(causes).not.toContain("private");
    } finally {
      await redis.start();
    }
    await vi.waitFor(() => kv.ping(), SOON);
  });
});
