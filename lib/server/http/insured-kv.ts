import "server-only";
import { within } from "#lib/core/async/within.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { getLog } from "#lib/node/log/log.ts";

/** A store slower than this is treated as gone for this call. */
const ANSWER_WITHIN_MS = 250;
/** After a failure the store is left alone for this long, so that an outage does not slow every request. */
const REST_MS = 2_000;
const LOCAL_ENTRIES_MAX = 20_000;

export interface InsuredKvOptions {
  kv: () => Kv;
  now?: () => number;
  answerWithinMs?: number;
  restMs?: number;
}

export interface InsuredKv {
  /** Runs on the shared store, or on this process's own when that does not answer. */
  run<T>(operation: (kv: Kv) => Promise<T>): Promise<{ value: T; shared: boolean }>;
}

/**
 * The store as limits and blocks use it. While it does not answer, each process
 * decides by what it saw itself: nobody is turned away because a store is down,
 * and nobody is unlimited either. Over N processes a client then gets at most N
 * times a limit. See docs/adr/0011.
 */
export function createInsuredKv(options: InsuredKvOptions): InsuredKv {
  const { kv, now = Date.now, answerWithinMs = ANSWER_WITHIN_MS, restMs = REST_MS } = options;
  const local = createMemoryKv({ entriesMax: LOCAL_ENTRIES_MAX, now });
  let restsUntilMs = 0;

  return {
    async run(operation) {
      if (now() >= restsUntilMs) {
        try {
          const store = kv();
          const result = operation(store);
          return {
            value: store.driver === "memory" ? await result : await within(result, answerWithinMs),
            shared: true,
          };
        } catch (error) {
          restsUntilMs = now() + restMs;
          getLog().warn({ err: error }, "limits: the store does not answer, deciding locally");
        }
      }
      return { value: await operation(local), shared: false };
    },
  };
}
