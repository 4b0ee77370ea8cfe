export interface ProgressBounds {
  idleTimeoutMs: number;
  progressWindowMs: number;
  progressBytesMin: number;
}

/**
 * Tells a slow origin from a slow reader: only the time spent waiting for the
 * origin counts, so a visitor who pauses a video stalls nothing, while an origin
 * that drips a byte now and then is found out. Times are milliseconds of any
 * clock that never goes back.
 */
export interface ProgressMeter {
  waiting(nowMs: number): void;
  received(nowMs: number, bytes: number): void;
  isStalled(nowMs: number): boolean;
}

export function createProgressMeter(bounds: ProgressBounds): ProgressMeter {
  let waitingSince: number | null = null;
  let waitedMs = 0;
  let bytes = 0;
  return {
    waiting(nowMs) {
      waitingSince ??= nowMs;
    },
    received(nowMs, count) {
      if (waitingSince !== null) waitedMs += nowMs - waitingSince;
      waitingSince = null;
      bytes += count;
      if (bytes >= bounds.progressBytesMin) {
        waitedMs = 0;
        bytes = 0;
      }
    },
    isStalled(nowMs) {
      const current = waitingSince === null ? 0 : nowMs - waitingSince;
      return current > bounds.idleTimeoutMs || waitedMs + current > bounds.progressWindowMs;
    },
  };
}
