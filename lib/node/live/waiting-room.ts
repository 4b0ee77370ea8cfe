import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import {
  askForPlace,
  type QueueOutcome,
  WAITING_MAX,
  WAITING_SILENCE_MS,
  type Waiting,
} from "#lib/core/live/waiting-queue.ts";
import type { Kv } from "#lib/node/kv/kv.ts";

const QUEUE = "live:waiting";
const LOCK_MS = 2_000;
const TRIES = 40;
const TRY_EVERY_MS = 15;

const queueSchema = z
  .array(z.object({ account: z.string().max(128), seenAtMs: z.number() }))
  .max(WAITING_MAX)
  .catch([]);

/** Those who wait for a place, longest first; forgotten by the store when nobody asks any more. */
export async function readWaiting(kv: Kv): Promise<Waiting[]> {
  const text = await kv.get(QUEUE);
  if (text === null) return [];
  try {
    return queueSchema.parse(JSON.parse(text));
  } catch {
    // Nothing of ours: the queue begins anew.
    return [];
  }
}

/**
 * `askForPlace` over all processes, one at a time. When so many ask at once that
 * this call did not get its turn, it is told to wait behind all others, and did not
 * join them yet: asking again does.
 */
export async function askForSharedPlace(
  kv: Kv,
  request: { account: string; nowMs: number; free: number },
): Promise<QueueOutcome> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const lock = await kv.acquireLock(QUEUE, { ttlMs: LOCK_MS });
    if (!lock) {
      await delay(TRY_EVERY_MS * (0.5 + Math.random()));
      continue;
    }
    try {
      const { queue, outcome } = askForPlace(await readWaiting(kv), request);
      if (queue.length === 0) await kv.delete(QUEUE);
      else await kv.set(QUEUE, JSON.stringify(queue), { ttlMs: 2 * WAITING_SILENCE_MS });
      return outcome;
    } finally {
      await lock.release();
    }
  }
  return { kind: "waiting", place: (await readWaiting(kv)).length + 1 };
}
