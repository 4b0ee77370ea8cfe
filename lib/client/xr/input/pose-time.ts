/** When the joints of a frame are as they were read. */
export interface PoseClock {
  /** Milliseconds. */
  lastMs: number;
  /** The browser tells when a frame is shown, and tells it anew with each. */
  isTold: boolean;
}

export function createPoseClock(): PoseClock {
  return { lastMs: Number.NEGATIVE_INFINITY, isTold: true };
}

/**
 * Poses are predicted for the moment a frame is shown (WebXR §5.1), so speeds are
 * measured against that moment: the time at which the frame is worked on trembles
 * with whatever else the page does. A browser that does not tell it, or tells the
 * same again, is no longer asked.
 */
export function poseTime(clock: PoseClock, shownMs: number | undefined, nowMs: number): number {
  const isRising = typeof shownMs === "number" && Number.isFinite(shownMs) && shownMs > clock.lastMs;
  if (clock.isTold && isRising) {
    clock.lastMs = shownMs;
    return shownMs;
  }
  clock.isTold = false;
  return nowMs;
}
