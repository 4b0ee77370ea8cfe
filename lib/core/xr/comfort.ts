/** Nearer than this a thing fades, so that nothing stands in a face (Oculus best practices: content from 0.5 m on). */
export const FADE_FROM_M = 0.4;
/** At this distance nothing of it is left. */
export const FADE_TO_M = 0.2;

/** How much of a thing is seen at a distance from the eyes, 0 to 1, smooth at both ends. */
export function nearOpacity(distanceM: number): number {
  const share = Math.min(1, Math.max(0, (distanceM - FADE_TO_M) / (FADE_FROM_M - FADE_TO_M)));
  return share * share * (3 - 2 * share);
}

/** Degrees a second at which what moves begins to feel like moving oneself, if it is large. */
const VIGNETTE_FROM_DEG_S = 40;
const VIGNETTE_FULL_DEG_S = 140;
/** Share of the view, in degrees of width, under which nothing that moves matters. */
const LARGE_DEG = 25;
const VIGNETTE_MAX = 0.7;
/** Rises within two tenths of a second and leaves within half of one. */
const RISE_RATE = 12;
const FALL_RATE = 5;

/**
 * How dark the edge of the view is wanted while something moves: large things that
 * sweep past are what makes people queasy, small ones never do.
 */
export function vignetteTarget(speedDegS: number, widthDeg: number): number {
  if (widthDeg < LARGE_DEG) return 0;
  const share = (speedDegS - VIGNETTE_FROM_DEG_S) / (VIGNETTE_FULL_DEG_S - VIGNETTE_FROM_DEG_S);
  return Math.min(1, Math.max(0, share)) * VIGNETTE_MAX;
}

/** One frame towards the target; the same at any frame rate. */
export function stepVignette(current: number, target: number, deltaS: number): number {
  const rate = target > current ? RISE_RATE : FALL_RATE;
  const next = current + (target - current) * (1 - Math.exp(-rate * deltaS));
  return next < 0.004 && target === 0 ? 0 : next;
}
