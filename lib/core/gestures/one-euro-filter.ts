/**
 * The 1€ filter: smooth while the hand is still, quick while it moves. Casiez, Roussel,
 * Vogel: "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in
 * Interactive Systems", CHI 2012.
 */
export interface OneEuroFilter {
  value: number;
  speed: number;
  /** False until the first value, which passes as it is. */
  started: boolean;
}

export interface OneEuroSettings {
  /** In hertz: how strongly a still hand is smoothed. */
  minCutoffHz: number;
  /** How much of the speed, in units a second, is added to the cutoff. */
  beta: number;
}

/** The paper's advice for the filter of the speed itself. */
const SPEED_CUTOFF_HZ = 1;

export function createOneEuroFilter(): OneEuroFilter {
  return { value: 0, speed: 0, started: false };
}

/**
 * Filters one value in place and returns it. The unit decides what `beta` means: we
 * filter centimetres, so that with 0.5 a hand at 1 m/s is cut at 51 Hz, hardly smoothed.
 */
export function filterValue(
  filter: OneEuroFilter,
  raw: number,
  dtMs: number,
  settings: OneEuroSettings,
): number {
  if (!filter.started || dtMs <= 0) {
    if (!filter.started) filter.value = raw;
    filter.started = true;
    return filter.value;
  }
  const dt = dtMs / 1000;
  const speed = (raw - filter.value) / dt;
  filter.speed += smoothing(SPEED_CUTOFF_HZ, dt) * (speed - filter.speed);
  const cutoff = settings.minCutoffHz + settings.beta * Math.abs(filter.speed);
  filter.value += smoothing(cutoff, dt) * (raw - filter.value);
  return filter.value;
}

export function resetFilter(filter: OneEuroFilter): void {
  filter.started = false;
  filter.value = 0;
  filter.speed = 0;
}

function smoothing(cutoffHz: number, dt: number): number {
  const tau = 1 / (2 * Math.PI * cutoffHz);
  return 1 / (1 + tau / dt);
}
