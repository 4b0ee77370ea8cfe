import { getEnv } from "#lib/node/env.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { createRedisKv } from "#lib/node/kv/redis/redis-kv.ts";
import { createTcpTransport } from "#lib/node/kv/redis/tcp-transport.ts";
import { createUpstashTransport } from "#lib/node/kv/redis/upstash-transport.ts";
import { getLog } from "#lib/node/log/log.ts";

/** Next loads a module once per bundle; the store must be one per process. */
const SLOT = Symbol.for("qui.kv");
const holder = globalThis as typeof globalThis & { [SLOT]?: Kv };

/**
 * The process's store: Redis when `REDIS_URL` is set, Upstash when its two
 * variables are, otherwise this process's memory. Connects on its own and never
 * throws for a store that is away; its calls do.
 */
export function getKv(): Kv {
  holder[SLOT] ??= openKv();
  return holder[SLOT];
}

function openKv(): Kv {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = getEnv();
  const log = getLog().child({ module: "kv" });
  const events = {
    onLost: (err: unknown) => log.warn({ err }, "the connection to the store was lost"),
    onRestored: () => log.info("the connection to the store is back"),
    onListenerError: (err: unknown) => log.error({ err }, "a subscriber failed"),
  };
  if (REDIS_URL) return createRedisKv(createTcpTransport({ url: REDIS_URL, ...events }));
  if (UPSTASH_REDIS_REST_URL && UPSTASH_REDIS_REST_TOKEN) {
    const credentials = { url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_TOKEN };
    return createRedisKv(createUpstashTransport({ ...credentials, ...events }));
  }
  return createMemoryKv({ onError: events.onListenerError });
}
