import type { TLSSocket } from "node:tls";
import { Pool } from "undici";
import { connectPinned, type PinnedTarget } from "#lib/node/egress/connect-pinned.ts";
import type { OpenSocket } from "#lib/node/egress/dial.ts";

const CONNECTIONS_MAX = 16;
const POOLS_MAX = 256;
const IDLE_MS = 30_000;

export interface PoolTarget extends PinnedTarget {
  headerBytesMax: number;
}

export interface PoolEntry {
  pool: Pool;
  /** Answers served; 0 means that any socket it holds is new. */
  served: number;
}

/**
 * Connection pools keyed by everything that was checked: scheme, name (SNI and
 * Host), port and the exact set of addresses. A request whose name now resolves
 * elsewhere cannot find the old sockets, and a socket that a pool opens later
 * still goes to the checked addresses only.
 */
export interface PoolRegistry {
  get(target: PoolTarget): PoolEntry;
  /** An entry without any kept connection. Requests under way on the old ones end there. */
  renew(target: PoolTarget): PoolEntry;
  close(): Promise<void>;
}

export function createPoolRegistry(options: {
  openSocket: OpenSocket;
  ca?: string | undefined;
}): PoolRegistry {
  const entries = new Map<string, PoolEntry & { usedAtMs: number }>();
  let sweep: NodeJS.Timeout | undefined;

  function drop(key: string): void {
    const entry = entries.get(key);
    entries.delete(key);
    // Requests under way end first; a pool that fails to close has nothing left to lose.
    entry?.pool.close().catch(() => entry.pool.destroy());
  }

  function sweepIdle(): void {
    const now = performance.now();
    for (const [key, { usedAtMs, pool }] of entries) {
      if (now - usedAtMs > IDLE_MS && pool.stats.size === 0) drop(key);
    }
    if (entries.size > 0) return;
    clearInterval(sweep);
    sweep = undefined;
  }

  const registry: PoolRegistry = {
    get(target) {
      const key = keyOf(target);
      const entry = entries.get(key) ?? { pool: createPool(target, options), served: 0, usedAtMs: 0 };
      entry.usedAtMs = performance.now();
      entries.delete(key);
      entries.set(key, entry);
      const oldest = entries.size > POOLS_MAX ? entries.keys().next().value : undefined;
      if (oldest !== undefined) drop(oldest);
      sweep ??= setInterval(sweepIdle, IDLE_MS).unref();
      return entry;
    },
    renew(target) {
      drop(keyOf(target));
      return registry.get(target);
    },
    async close() {
      clearInterval(sweep);
      const pools = [...entries.values()].map(({ pool }) => pool.destroy());
      entries.clear();
      await Promise.all(pools);
    },
  };
  return registry;
}

function keyOf({ protocol, host, port, addresses, connectTimeoutMs, headerBytesMax }: PoolTarget): string {
  const set = addresses.map(({ address }) => address).sort();
  return [protocol, host, port, connectTimeoutMs, headerBytesMax, ...set].join("|");
}

function createPool(target: PoolTarget, options: { openSocket: OpenSocket; ca?: string | undefined }): Pool {
  const { protocol, host, port } = target;
  let session: Buffer | undefined;
  return new Pool(`${protocol}//${host.includes(":") ? `[${host}]` : host}:${port}`, {
    connections: CONNECTIONS_MAX,
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: target.headerBytesMax,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 15_000,
    // The request's own clock covers both: one total time, and progress while the body arrives.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      connectPinned(target, { ...options, session }).then(
        (socket) => {
          if ("encrypted" in socket) {
            (socket as TLSSocket).on("session", (fresh) => {
              session = fresh;
            });
          }
          callback(null, socket);
        },
        (error) => callback(error, null),
      );
    },
  });
}
