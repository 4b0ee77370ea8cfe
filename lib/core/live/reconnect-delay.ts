const FIRST_MS = 300;
const LONGEST_MS = 12_000;

/**
 * How long to wait before the attempt of this number, from 0: doubling, up to
 * twelve seconds, each a little different so that clients of a node that came back
 * do not all come at once. `random` is 0 to 1.
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.75 + 0.25 * random));
}
