import { setTimeout as delay } from "node:timers/promises";

/** Asks until the answer is not `null`, or `null` once the time is over. */
export async function waitFor<T>(
  ask: () => T | null | Promise<T | null>,
  { timeoutMs, everyMs = 50 }: { timeoutMs: number; everyMs?: number },
): Promise<T | null> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() >= end) return null;
    await delay(everyMs);
  }
}
