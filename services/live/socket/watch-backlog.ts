export interface BacklogLimits {
  /** More than this at once is never right. */
  bytesMax: number;
  /** More than this without a pause, for so long, is a client that does not keep up. */
  bytesHigh: number;
  highMs: number;
}

/** Frames are paced by what was drawn, so what waits here is a few of them even at 200 kbit/s. */
export const BACKLOG_LIMITS: BacklogLimits = {
  bytesMax: 64 * 1024 * 1024,
  bytesHigh: 4 * 1024 * 1024,
  highMs: 30_000,
};

/** Given the backlog from time to time, says when it has been too much for too long. */
export function createBacklogWatch(limits: BacklogLimits = BACKLOG_LIMITS): {
  isTooMuch(bytes: number, nowMs: number): boolean;
} {
  let highSinceMs: number | null = null;
  return {
    isTooMuch(bytes, nowMs) {
      if (bytes <= limits.bytesHigh) highSinceMs = null;
      else highSinceMs ??= nowMs;
      return bytes > limits.bytesMax || (highSinceMs !== null && nowMs - highSinceMs >= limits.highMs);
    },
  };
}
