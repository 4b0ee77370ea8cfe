/** Exponential from 50 ms to 2 s, with half of it random so that many processes do not return in step. */
export function reconnectDelayMs(retries: number): number {
  const ceiling = Math.min(2_000, 50 * 2 ** Math.min(retries, 10));
  return ceiling * (0.5 + Math.random() / 2);
}
