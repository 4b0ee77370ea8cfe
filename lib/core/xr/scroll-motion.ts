/** Below this a stick counts as released: worn ones rest a little off their middle. */
const DEAD_ZONE = 0.15;
/** CSS px a second at full deflection: about two screenfuls. */
const STICK_SPEED_PX_S = 1800;
/** Share of the speed that is left after a second of gliding. */
const GLIDE_LEFT = 0.02;
/** CSS px a second below which a glide has ended. */
const GLIDE_END_PX_S = 8;
/** How fast a measured drag is believed, per second. */
const FOLLOW_RATE = 18;

/** One pointer's scrolling: `velocity` in CSS px a second, positive towards the end of the page. */
export interface ScrollMotion {
  velocityX: number;
  velocityY: number;
}

export function createScrollMotion(): ScrollMotion {
  return { velocityX: 0, velocityY: 0 };
}

/**
 * Deflection to speed: nothing inside the dead zone, then quadratic, so that reading
 * speed and the far end of a page are both within reach of one thumb.
 */
export function stickSpeed(axis: number): number {
  const size = Math.abs(axis);
  if (size <= DEAD_ZONE) return 0;
  const share = Math.min(1, (size - DEAD_ZONE) / (1 - DEAD_ZONE));
  return Math.sign(axis) * share * share * STICK_SPEED_PX_S;
}

/**
 * One frame of a stick, which moves the page while it is held and lets it stop at
 * once: a thumb already says how long. Axes as in the Gamepad API, y down positive.
 * Nothing is allocated; the distances of this frame are read from `motion`.
 */
export function stepStick(motion: ScrollMotion, axisX: number, axisY: number): void {
  motion.velocityX = stickSpeed(axisX);
  motion.velocityY = stickSpeed(axisY);
}

/** One frame of a drag: how far the page was pulled, in CSS px, becomes the speed it is let go with. */
export function stepDrag(motion: ScrollMotion, dxPx: number, dyPx: number, deltaS: number): void {
  if (deltaS <= 0) return;
  const share = 1 - Math.exp(-FOLLOW_RATE * deltaS);
  motion.velocityX += (dxPx / deltaS - motion.velocityX) * share;
  motion.velocityY += (dyPx / deltaS - motion.velocityY) * share;
}

/**
 * One frame after letting go: the speed falls away exponentially, so the distance is
 * the same at any frame rate. `still` ends it at once, for people who asked for less
 * motion. @returns whether it still moves.
 */
export function stepGlide(motion: ScrollMotion, deltaS: number, still: boolean): boolean {
  const keep = still ? 0 : GLIDE_LEFT ** deltaS;
  motion.velocityX *= keep;
  motion.velocityY *= keep;
  if (Math.hypot(motion.velocityX, motion.velocityY) >= GLIDE_END_PX_S) return true;
  motion.velocityX = 0;
  motion.velocityY = 0;
  return false;
}
