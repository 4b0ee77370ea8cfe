import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/core/errors/app-error.ts";
import {
  assertBucket,
  assertInteger,
  assertTags,
  assertTtlMs,
  assertWindow,
} from "#lib/node/kv/assert-arguments.ts";
import type { EventBatch, Kv, LimitDecision, Lock, LogEvent } from "#lib/node/kv/kv.ts";
import { EXACT_LIMIT_MAX, HEAD_EXTRA_TTL_MS, WINDOW_SLICES } from "#lib/node/kv/limits.ts";
import { createKeys, KEY_PREFIX, PARTITIONS, partitionOf } from "#lib/node/kv/redis/keys.ts";
import { appendEvent, readEvents } from "#lib/node/kv/redis/scripts/events.ts";
import { hitWindowExact, hitWindowSliced } from "#lib/node/kv/redis/scripts/hit-window.ts";
import { increment } from "#lib/node/kv/redis/scripts/increment.ts";
import { acquireLock, extendLock, releaseLock } from "#lib/node/kv/redis/scripts/locks.ts";
import type { Script } from "#lib/node/kv/redis/scripts/script.ts";
import { deleteTagged, listTagged, setTagged } from "#lib/node/kv/redis/scripts/tags.ts";
import { takeTokens } from "#lib/node/kv/redis/scripts/take-tokens.ts";
import {
  decodeStored,
  encodeStored,
  HEADER_BYTES_MAX,
  tagInHeader,
} from "#lib/node/kv/redis/stored-value.ts";
import { type RedisTransport, ReplyError } from "#lib/node/kv/redis/transport.ts";

/** How long the counter of fencing tokens outlives its lock. It could be forgotten at once: see the script. */
const FENCE_TTL_MS = 30 * 24 * 60 * 60 * 1000;
/** Keys per deletion script, so that a huge tag never holds the server up for long. */
const DELETE_CHUNK = 500;

const integer = z.coerce.number().int();
const decisionSchema = z.tuple([integer, integer, integer, integer]);
const namesSchema = z.array(z.string());
const tokenSchema = integer.nullable();
const positionSchema = z.tuple([z.string(), integer]);
const logSchema = z.tuple([z.string(), integer, integer], z.string());

/** The store on Redis or Valkey, over whichever transport. */
export function createRedisKv(transport: RedisTransport, { prefix = KEY_PREFIX } = {}): Kv {
  const keys = createKeys(prefix);

  async function evaluate<T>(
    script: Script,
    schema: z.ZodType<T>,
    scriptKeys: string[],
    args: (string | number)[],
  ): Promise<T> {
    const reply = await answer(script.name, transport.evaluate(script, scriptKeys, args.map(String)));
    const parsed = schema.safeParse(reply);
    if (parsed.success) return parsed.data;
    throw new AppError("unavailable", { detail: `kv: odd reply to ${script.name}`, cause: parsed.error });
  }

  async function limit(script: Script, key: string, args: (string | number)[]): Promise<LimitDecision> {
    const reply = await evaluate(script, decisionSchema, [key], args);
    const [allowed, remaining, retryAfterMs, resetAfterMs] = reply;
    return { allowed: allowed === 1, remaining, retryAfterMs, resetAfterMs };
  }

  async function deleteTaggedIn(partition: number, tag: string): Promise<number> {
    const index = keys.tag(partition, tag);
    const names = await evaluate(listTagged, namesSchema, [index], []);
    let deleted = 0;
    for (let start = 0; start < names.length; start += DELETE_CHUNK) {
      const chunk = names.slice(start, start + DELETE_CHUNK);
      const scriptKeys = [index, ...chunk.map(keys.value)];
      const args = [tagInHeader(tag), HEADER_BYTES_MAX, ...chunk];
      deleted += await evaluate(deleteTagged, integer, scriptKeys, args);
    }
    return deleted;
  }

  return {
    driver: transport.driver,

    async get(key) {
      const stored = await answer("get", transport.get(keys.value(key)));
      return stored === null ? null : decodeStored(stored);
    },

    async set(key, value, { ttlMs, tags = [] }) {
      assertTtlMs(ttlMs);
      assertTags(tags);
      const ttl = Math.ceil(ttlMs);
      const unique = [...new Set(tags)];
      const stored = encodeStored(value, unique);
      if (unique.length === 0) return answer("set", transport.set(keys.value(key), stored, ttl));
      const partition = partitionOf(key);
      const scriptKeys = [keys.value(key), ...unique.map((tag) => keys.tag(partition, tag))];
      await evaluate(setTagged, integer, scriptKeys, [stored, ttl, key]);
    },

    async delete(...names) {
      const counts = names.map((name) => answer("delete", transport.unlink(keys.value(name))));
      return sum(await Promise.all(counts));
    },

    async deleteByTag(tag) {
      assertTags([tag]);
      const partitions = Array.from({ length: PARTITIONS }, (_, partition) => deleteTaggedIn(partition, tag));
      return sum(await Promise.all(partitions));
    },

    async increment(key, { by = 1, ttlMs } = {}) {
      assertInteger("by", by, Number.MIN_SAFE_INTEGER);
      if (ttlMs !== undefined) assertTtlMs(ttlMs);
      return evaluate(
        increment,
        integer,
        [keys.value(key)],
        [by, ttlMs === undefined ? "" : Math.ceil(ttlMs)],
      );
    },

    async takeTokens(key, bucket) {
      assertBucket(bucket);
      const { capacity, refillPerSecond, cost = 1 } = bucket;
      return limit(takeTokens, keys.bucket(key), [capacity, refillPerSecond, cost]);
    },

    async hitWindow(key, window) {
      assertWindow(window);
      const windowUs = Math.ceil(window.windowMs * 1000);
      if (window.limit <= EXACT_LIMIT_MAX) {
        return limit(hitWindowExact, keys.exactWindow(key), [window.limit, windowUs]);
      }
      return limit(hitWindowSliced, keys.slicedWindow(key), [window.limit, windowUs, WINDOW_SLICES]);
    },

    async acquireLock(key, { ttlMs }) {
      assertTtlMs(ttlMs);
      const lockKey = keys.lock(key);
      const ttl = Math.ceil(ttlMs);
      const args = [ttl, ttl + FENCE_TTL_MS];
      const token = await evaluate(acquireLock, tokenSchema, [lockKey, keys.fence(key)], args);
      if (token === null) return null;
      return {
        fencingToken: token,
        async extend(moreMs) {
          assertTtlMs(moreMs);
          return (await evaluate(extendLock, integer, [lockKey], [token, Math.ceil(moreMs)])) === 1;
        },
        async release() {
          return (await evaluate(releaseLock, integer, [lockKey], [token])) === 1;
        },
      } satisfies Lock;
    },

    async publish(channel, message) {
      // As a JSON string: one line, which the HTTP transport's event stream needs.
      await answer("publish", transport.publish(keys.channel(channel), JSON.stringify(message)));
    },

    async subscribe(channel, listener, { onResubscribe } = {}) {
      const receive = (message: string) => listener(decodeMessage(message));
      return answer(
        "subscribe",
        transport.subscribe(keys.channel(channel), receive, onResubscribe ?? (() => {})),
      );
    },

    async appendEvent(log, data, { lengthMax, ttlMs }) {
      assertTtlMs(ttlMs);
      assertInteger("lengthMax", lengthMax, 1);
      const ttl = Math.ceil(ttlMs);
      const args = [data, lengthMax, ttl, ttl + HEAD_EXTRA_TTL_MS, keys.channel(log), randomUUID()];
      const scriptKeys = [keys.stream(log), keys.head(log)];
      const [epoch, offset] = await evaluate(appendEvent, positionSchema, scriptKeys, args);
      return { epoch, offset };
    },

    async readEvents(log, after, count) {
      assertInteger("limit", count, 1);
      const scriptKeys = [keys.stream(log), keys.head(log)];
      const reply = await evaluate(readEvents, logSchema, scriptKeys, [after?.offset ?? 0, count]);
      const [epoch, offset, first, ...flat] = reply;
      if (epoch === "")
        return after ? { status: "gone", last: null } : { status: "ok", events: [], last: null };
      const last = { epoch, offset };
      if (after && (after.epoch !== epoch || after.offset > offset || after.offset < first - 1)) {
        return { status: "gone", last };
      }
      return { status: "ok", events: toEvents(epoch, flat), last } satisfies EventBatch;
    },

    async ping() {
      await answer("ping", transport.ping());
    },

    close: () => transport.close(),
  };
}

/** What the server refused is the caller's mistake only for arithmetic on text; otherwise the store is not usable. */
async function answer<T>(what: string, pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    if (/not an integer|would overflow/.test(error.message)) {
      throw new RangeError(`${what}: the value is not a counter`, { cause: error });
    }
    throw new AppError("unavailable", { detail: `kv: the server refused ${what}`, cause: error });
  }
}

/** Messages are JSON strings; announcements of events are JSON objects, passed on as they are. */
function decodeMessage(message: string): string {
  if (!message.startsWith('"')) return message;
  const parsed = z.string().safeParse(JSON.parse(message));
  return parsed.success ? parsed.data : message;
}

function toEvents(epoch: string, flat: string[]): LogEvent[] {
  const events: LogEvent[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    events.push({ position: { epoch, offset: Number(flat[i]) }, data: flat[i + 1] ?? "" });
  }
  return events;
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
