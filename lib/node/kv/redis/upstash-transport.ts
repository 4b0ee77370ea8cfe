import { errors, Redis } from "@upstash/redis";
import { z } from "zod";
import { AppError } from "#lib/core/errors/app-error.ts";
import { evaluateWithFallback, type RedisTransport, ReplyError } from "#lib/node/kv/redis/transport.ts";
import { createUpstashSubscriptions } from "#lib/node/kv/redis/upstash-subscriptions.ts";

export interface UpstashTransportOptions {
  /** `https://…` of the database's REST interface. */
  url: string;
  token: string;
  commandTimeoutMs?: number;
  /** A subscription's stream was lost; once per outage. */
  onLost?: (error: unknown) => void;
  onListenerError?: (error: unknown) => void;
}

/** Commands up to this many characters share one request with the others of the same tick; larger ones travel alone. */
const BATCHED_CHARS_MAX = 4096;

/**
 * Redis over Upstash's REST interface. Commands issued in one tick travel as one
 * pipeline. A request is sent once: the client's own retries would repeat a
 * command that may already have happened.
 */
export function createUpstashTransport(options: UpstashTransportOptions): RedisTransport {
  const { url, token, commandTimeoutMs = 2_000 } = options;
  const client = (enableAutoPipelining: boolean) =>
    new Redis({
      url,
      token,
      retry: { retries: 0 },
      signal: () => AbortSignal.timeout(commandTimeoutMs),
      automaticDeserialization: false,
      responseEncoding: false,
      enableAutoPipelining,
      enableTelemetry: false,
    });
  const alone = client(false);
  const batched = client(true);
  const subscriptions = createUpstashSubscriptions({ ...options, connectTimeoutMs: commandTimeoutMs });
  let closed = false;

  async function call(size: number, use: (client: Redis) => Promise<unknown>): Promise<unknown> {
    if (closed) throw new AppError("unavailable", { detail: "kv: the Upstash store is closed" });
    try {
      return await use(size > BATCHED_CHARS_MAX ? alone : batched);
    } catch (error) {
      throw explain(error, commandTimeoutMs);
    }
  }

  return {
    driver: "upstash",
    async get(key) {
      return z
        .string()
        .nullable()
        .parse(await call(key.length, (client) => client.get(key)));
    },
    async set(key, value, ttlMs) {
      await call(key.length + value.length, (client) => client.set(key, value, { px: ttlMs }));
    },
    async unlink(key) {
      return z.number().parse(await call(key.length, (client) => client.unlink(key)));
    },
    async publish(channel, message) {
      await call(message.length, (client) => client.publish(channel, message));
    },
    async ping() {
      await call(0, (client) => client.ping());
    },
    evaluate(script, keys, args) {
      const size = [...keys, ...args].reduce((total, text) => total + text.length, 0);
      return evaluateWithFallback(script, (command, body) =>
        call(size, (client) => client[command](body, keys, args)),
      );
    },
    async subscribe(channel, listener, onResubscribe) {
      if (closed) throw new AppError("unavailable", { detail: "kv: the Upstash store is closed" });
      return subscriptions.subscribe(channel, listener, onResubscribe);
    },
    async close() {
      closed = true;
      subscriptions.close();
    },
  };
}

/** The client's errors quote the whole command, so only a reply's own words are kept. */
function explain(error: unknown, timeoutMs: number): Error {
  if (error instanceof errors.UpstashError) return new ReplyError(error.message);
  const timedOut = error instanceof Error && error.name === "TimeoutError";
  const detail = timedOut ? `Upstash did not answer within ${timeoutMs} ms` : "the request to Upstash failed";
  return new AppError("unavailable", {
    detail: `kv: ${detail}`,
    cause: error instanceof errors.UpstashJSONParseError ? undefined : error,
  });
}
