export interface TokenBucket {
  /** Whether there was enough, which is then taken; nothing is taken when it leaves less than `spare`. */
  take(amount: number, spare?: number): boolean;
}

/** Full at first, and filled up continuously. */
export function createTokenBucket(
  { capacity, perSecond }: { capacity: number; perSecond: number },
  nowMs: () => number = () => performance.now(),
): TokenBucket {
  let tokens = capacity;
  let atMs = nowMs();
  return {
    take(amount, spare = 0) {
      const now = nowMs();
      tokens = Math.min(capacity, tokens + ((now - atMs) / 1000) * perSecond);
      atMs = now;
      if (tokens - amount < spare) return false;
      tokens -= amount;
      return true;
    },
  };
}
