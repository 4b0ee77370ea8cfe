import { clientKey } from "#lib/core/http/client-address.ts";

export interface ConnectionLimits {
  total: number;
  perAddress: number;
  /** Connections that have shown no ticket yet. */
  unknown: number;
  unknownPerAddress: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  total: 512,
  perAddress: 64,
  unknown: 128,
  unknownPerAddress: 16,
};

export interface CountedConnection {
  /** It showed a ticket. */
  known(): void;
  closed(): void;
}

export interface ConnectionCounter {
  readonly total: number;
  /** Null when there are too many. `address` is canonical; null for one that cannot be told. */
  enter(address: string | null): CountedConnection | null;
}

/** Counts open sockets, in all and for each household, so that one of them cannot take all there are. */
export function createConnectionCounter(limits: ConnectionLimits = CONNECTION_LIMITS): ConnectionCounter {
  const all = createTally();
  const unknown = createTally();
  return {
    get total() {
      return all.total;
    },
    enter(address) {
      const key = address === null ? "unknown" : clientKey(address);
      if (
        all.total >= limits.total ||
        unknown.total >= limits.unknown ||
        all.of(key) >= limits.perAddress ||
        unknown.of(key) >= limits.unknownPerAddress
      ) {
        return null;
      }
      const leaveAll = all.add(key);
      const leaveUnknown = unknown.add(key);
      return {
        known: leaveUnknown,
        closed() {
          leaveUnknown();
          leaveAll();
        },
      };
    },
  };
}

function createTally() {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    get total() {
      return total;
    },
    of: (key: string) => counts.get(key) ?? 0,
    /** @returns takes it off again, once. */
    add(key: string): () => void {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        total -= 1;
        const rest = (counts.get(key) ?? 1) - 1;
        if (rest > 0) counts.set(key, rest);
        else counts.delete(key);
      };
    },
  };
}
