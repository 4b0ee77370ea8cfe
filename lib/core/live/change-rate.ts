const WINDOW_MS = 1000;
/** Gaps up to this are one movement. */
const GAP_MS = 350;

/** How often a large part of the picture changed lately, and how long it has been moving, or not. */
export interface ChangeRate {
  add(nowMs: number): void;
  perS(nowMs: number): number;
  /** Milliseconds since the movement began, or since it ended. */
  forMs(nowMs: number): number;
}

export function createChangeRate(): ChangeRate {
  let times: number[] = [];
  let beganMs = Number.NEGATIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  const drop = (nowMs: number) => {
    times = times.filter((time) => nowMs - time < WINDOW_MS);
  };
  return {
    add(nowMs) {
      if (nowMs - lastMs > GAP_MS) beganMs = nowMs;
      lastMs = nowMs;
      drop(nowMs);
      times.push(nowMs);
    },
    perS(nowMs) {
      drop(nowMs);
      // A movement that has just begun is told by its own pace, not by the stillness before.
      const spanMs = Math.min(WINDOW_MS, Math.max(250, nowMs - beganMs));
      const recent = times.filter((time) => nowMs - time < spanMs).length;
      return (recent * 1000) / spanMs;
    },
    forMs: (nowMs) => nowMs - (nowMs - lastMs <= GAP_MS ? beganMs : lastMs),
  };
}
