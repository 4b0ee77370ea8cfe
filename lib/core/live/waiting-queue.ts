/** Who waits for a place on a node, first come first. */
export interface Waiting {
  account: string;
  /** Milliseconds since the epoch: when it last asked. */
  seenAtMs: number;
}

/** One who has not asked for this long has given up. */
export const WAITING_SILENCE_MS = 20_000;
export const WAITING_MAX = 200;

export type QueueOutcome = { kind: "admitted" } | { kind: "waiting"; place: number } | { kind: "full" };

/**
 * What an account that asks for a place gets, and the queue afterwards. `free`
 * places belong to those who wait longest, whether they have asked since or not:
 * nobody overtakes. Place 1 is next. Asking again keeps the place; an account
 * waits once, however many tabs it asks for.
 */
export function askForPlace(
  queue: readonly Waiting[],
  { account, nowMs, free }: { account: string; nowMs: number; free: number },
): { queue: Waiting[]; outcome: QueueOutcome } {
  const present = queue.filter(({ seenAtMs }) => nowMs - seenAtMs <= WAITING_SILENCE_MS);
  const found = present.findIndex((waiting) => waiting.account === account);
  const ahead = found === -1 ? present.length : found;
  if (ahead < free) {
    return { queue: present.filter((_, index) => index !== found), outcome: { kind: "admitted" } };
  }
  if (found === -1 && present.length >= WAITING_MAX) return { queue: present, outcome: { kind: "full" } };
  const entry = { account, seenAtMs: nowMs };
  return {
    queue: found === -1 ? [...present, entry] : present.with(found, entry),
    outcome: { kind: "waiting", place: ahead - free + 1 },
  };
}

/** How soon one who waits should ask again: sooner near the front, always well before silence counts. */
export function retryAfterMs(place: number): number {
  return Math.min(3_000 + 100 * place, 8_000);
}
