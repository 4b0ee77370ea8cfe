const PREFERRED_HZ = 90;
/** Where 90 Hz is not offered: 72 Hz leaves 13.9 ms a frame, which panels of text need more than smoother motion. */
const SECOND_HZ = 72;
/** Below this, a moving head sees the world stutter, whatever is gained elsewhere. */
const FLOOR_HZ = 60;

/**
 * The rate to ask a session for, out of `XRSession.supportedFrameRates`. Reading wants
 * sharp text and steady frames, not the highest figure: 90, else 72, else the lowest
 * above 72, else the highest there is. Null when the device offers no choice.
 */
export function chooseFrameRate(offered: Iterable<number> | null | undefined): number | null {
  const rates = sortedRates(offered);
  return (
    rates.find((rate) => isNear(rate, PREFERRED_HZ)) ??
    rates.find((rate) => isNear(rate, SECOND_HZ)) ??
    rates.find((rate) => rate > SECOND_HZ) ??
    rates.at(-1) ??
    null
  );
}

/** Rising, without what is no rate. Devices answer with 32-bit floats, so 89.99 counts as 90. */
export function sortedRates(offered: Iterable<number> | null | undefined): number[] {
  return [...new Set(offered ?? [])].filter((rate) => rate > 0 && rate < 1000).sort((a, b) => a - b);
}

/** The next lower rate that is still fit for a headset; the same rate when there is none. `rates` are rising. */
export function lowerFrameRate(rates: readonly number[], current: number): number {
  let lower = current;
  for (const rate of rates) {
    if (rate >= FLOOR_HZ - 0.5 && rate < current - 0.5) lower = rate;
  }
  return lower;
}

function isNear(rate: number, wanted: number): boolean {
  return Math.abs(rate - wanted) < 0.5;
}
