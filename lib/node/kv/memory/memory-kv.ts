import { AppError } from "#lib/core/errors/app-error.ts";
import {
  assertBucket,
  assertInteger,
  assertTags,
  assertTtlMs,
  assertWindow,
} from "#lib/node/kv/assert-arguments.ts";
import { formatEventMessage } from "#lib/node/kv/event-message.ts";
import type { Kv, Lock } from "#lib/node/kv/kv.ts";
import { HEAD_EXTRA_TTL_MS } from "#lib/node/kv/limits.ts";
import { EventLog } from "#lib/node/kv/memory/event-log.ts";
import { ExpiringMap } from "#lib/node/kv/memory/expiring-map.ts";
import { createLocalChannels } from "#lib/node/kv/memory/local-channels.ts";
import { hitSlidingWindow, type WindowState } from "#lib/node/kv/memory/sliding-window.ts";
import { createTagIndex } from "#lib/node/kv/memory/tag-index.ts";
import { type BucketState, takeFromBucket } from "#lib/node/kv/memory/token-bucket.ts";

export interface MemoryKvOptions {
  /** Bound of each kind of thing kept: values, buckets, windows, logs, locks. */
  entriesMax?: number;
  /** Bound on the bytes of values, and again on the bytes of event logs. */
  bytesMax?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Told about listeners that throw. */
  onError?: (error: unknown) => void;
}

/** What an entry costs beyond its characters: map slot, object, key header. */
const ENTRY_OVERHEAD_BYTES = 160;
const ENTRIES_MAX = 100_000;
const BYTES_MAX = 64 * 1024 * 1024;

interface Value {
  text: string;
  tags: readonly string[];
}

/**
 * The store of one process, the default where no Redis is configured. Bounded:
 * what was used least recently leaves first, so a flood of new clients cannot
 * push out the bucket of one that keeps calling. Locks are never pushed out;
 * taking one beyond the bound is refused.
 */
export function createMemoryKv(options: MemoryKvOptions = {}): Kv {
  const { entriesMax = ENTRIES_MAX, bytesMax = BYTES_MAX, now = Date.now } = options;
  const bounds = { entriesMax, bytesMax, now };
  const tagIndex = createTagIndex();
  const values = new ExpiringMap<Value>({
    ...bounds,
    onRemove: (key, value) => tagIndex.remove(key, value.tags),
  });
  const buckets = new ExpiringMap<BucketState>(bounds);
  const windows = new ExpiringMap<WindowState>(bounds);
  const logs = new ExpiringMap<EventLog>(bounds);
  const locks = new Map<string, { token: number; expiresAt: number }>();
  const channels = createLocalChannels(options.onError ?? (() => {}));
  let fence = 0;
  let closed = false;

  function assertOpen(): void {
    if (closed) throw new AppError("unavailable", { detail: "kv: the memory store is closed" });
  }

  function put(key: string, value: Value, expiresAt: number): void {
    const previous = values.get(key);
    if (previous) tagIndex.remove(key, previous.tags);
    const bytes = ENTRY_OVERHEAD_BYTES + 2 * (key.length + value.text.length);
    if (!values.set(key, value, { bytes, expiresAt })) return;
    tagIndex.add(key, value.tags);
  }

  function dropExpiredLocks(): void {
    for (const [key, lock] of locks) if (lock.expiresAt <= now()) locks.delete(key);
  }

  return {
    driver: "memory",

    async get(key) {
      assertOpen();
      return values.get(key)?.text ?? null;
    },

    async set(key, text, { ttlMs, tags = [] }) {
      assertOpen();
      assertTtlMs(ttlMs);
      assertTags(tags);
      put(key, { text, tags: [...new Set(tags)] }, now() + ttlMs);
    },

    async delete(...keys) {
      assertOpen();
      return keys.filter((key) => values.delete(key)).length;
    },

    async deleteByTag(tag) {
      assertOpen();
      return tagIndex.keys(tag).filter((key) => values.delete(key)).length;
    },

    async increment(key, { by = 1, ttlMs } = {}) {
      assertOpen();
      assertInteger("by", by, Number.MIN_SAFE_INTEGER);
      if (ttlMs !== undefined) assertTtlMs(ttlMs);
      const current = values.get(key);
      if (current && (current.tags.length > 0 || !/^-?\d{1,16}$/.test(current.text))) {
        throw new RangeError("increment: the value is not a counter");
      }
      const next = Number(current?.text ?? 0) + by;
      assertInteger("counter", next, Number.MIN_SAFE_INTEGER);
      const created = ttlMs === undefined ? Number.POSITIVE_INFINITY : now() + ttlMs;
      const expiresAt = values.expiresAt(key) ?? created;
      put(key, { text: String(next), tags: [] }, expiresAt);
      return next;
    },

    async takeTokens(key, bucket) {
      assertOpen();
      assertBucket(bucket);
      const { state, decision } = takeFromBucket(buckets.get(key), bucket, now());
      const expiresAt = now() + Math.max(1, decision.resetAfterMs);
      buckets.set(key, state, { bytes: ENTRY_OVERHEAD_BYTES + 2 * key.length, expiresAt });
      return decision;
    },

    async hitWindow(key, window) {
      assertOpen();
      assertWindow(window);
      const { state, decision } = hitSlidingWindow(windows.get(key), window, now());
      const bytes = ENTRY_OVERHEAD_BYTES + 2 * key.length + 48 * state.hits.length;
      windows.set(key, state, { bytes, expiresAt: now() + Math.max(1, decision.resetAfterMs) });
      return decision;
    },

    async acquireLock(key, { ttlMs }) {
      assertOpen();
      assertTtlMs(ttlMs);
      const held = locks.get(key);
      if (held && held.expiresAt > now()) return null;
      if (locks.size >= entriesMax) dropExpiredLocks();
      if (locks.size >= entriesMax) throw new AppError("unavailable", { detail: "kv: too many locks" });
      // Also above any token of an earlier run of the process, as long as the clock does not step back.
      fence = Math.max(fence + 1, Math.floor(now() * 1000));
      const token = fence;
      locks.set(key, { token, expiresAt: now() + ttlMs });
      const mine = () => {
        const lock = locks.get(key);
        return lock?.token === token && lock.expiresAt > now() ? lock : undefined;
      };
      return {
        fencingToken: token,
        async extend(moreMs) {
          assertTtlMs(moreMs);
          const lock = mine();
          if (lock) lock.expiresAt = now() + moreMs;
          return lock !== undefined;
        },
        async release() {
          return mine() !== undefined && locks.delete(key);
        },
      } satisfies Lock;
    },

    async publish(channel, message) {
      assertOpen();
      channels.publish(channel, message);
    },

    async subscribe(channel, listener) {
      assertOpen();
      return channels.subscribe(channel, listener);
    },

    async appendEvent(log, data, { lengthMax, ttlMs }) {
      assertOpen();
      assertTtlMs(ttlMs);
      assertInteger("lengthMax", lengthMax, 1);
      const state = logs.get(log) ?? new EventLog();
      const event = state.append(data, { lengthMax, ttlMs, now: now() });
      const bytes = ENTRY_OVERHEAD_BYTES + 2 * log.length + state.bytes;
      logs.set(log, state, { bytes, expiresAt: now() + ttlMs + HEAD_EXTRA_TTL_MS });
      channels.publish(log, formatEventMessage(event));
      return event.position;
    },

    async readEvents(log, after, limit) {
      assertOpen();
      assertInteger("limit", limit, 1);
      const state = logs.get(log);
      if (state) return state.read(after, limit, now());
      return after ? { status: "gone", last: null } : { status: "ok", events: [], last: null };
    },

    async ping() {
      assertOpen();
    },

    async close() {
      closed = true;
      for (const map of [values, buckets, windows, logs]) map.clear();
      tagIndex.clear();
      locks.clear();
      channels.clear();
    },
  };
}
