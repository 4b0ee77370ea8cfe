/** A page that glides on after a flick. Changed in place: it is stepped with every frame. */
export interface ScrollMomentum {
  /** CSS pixels a second, positive towards the end of the document. */
  velocity: number;
}

/** The rate of iOS and the big browsers, as a time constant. */
const DECAY_MS = 325;
const STOP_BELOW = 12;
const VELOCITY_MAX = 12_000;
/** How much of a new sample counts, for samples about a frame apart. */
const SAMPLE_SHARE = 0.35;
/** A finger that rested this long before it left did not flick. */
const REST_MS = 90;

export function createMomentum(): ScrollMomentum {
  return { velocity: 0 };
}

/** While dragging: takes in a movement of the page. */
export function trackMomentum(momentum: ScrollMomentum, deltaPx: number, deltaMs: number): void {
  if (deltaMs <= 0) return;
  const velocity = (deltaPx / deltaMs) * 1000;
  const share = deltaMs > REST_MS ? 1 : SAMPLE_SHARE;
  const next = momentum.velocity + (velocity - momentum.velocity) * share;
  momentum.velocity = Math.min(VELOCITY_MAX, Math.max(-VELOCITY_MAX, next));
}

/** When the pointer leaves: no glide when it had come to rest, or where less motion is wanted. */
export function releaseMomentum(momentum: ScrollMomentum, restedMs: number, still: boolean): void {
  if (still || restedMs > REST_MS) momentum.velocity = 0;
}

/** How far the page moves in this frame; 0 once it has come to rest. */
export function stepMomentum(momentum: ScrollMomentum, deltaMs: number): number {
  if (momentum.velocity === 0) return 0;
  const left = Math.exp(-deltaMs / DECAY_MS);
  const moved = (momentum.velocity / 1000) * DECAY_MS * (1 - left);
  momentum.velocity *= left;
  if (Math.abs(momentum.velocity) < STOP_BELOW) momentum.velocity = 0;
  return moved;
}
