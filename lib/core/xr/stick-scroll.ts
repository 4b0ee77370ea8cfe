/** Below this a stick counts as released: worn ones rest a little off their middle. */
const DEAD_ZONE = 0.15;
/** CSS px a second at full deflection: about two screenfuls. */
const STICK_SPEED_PX_S = 1800;

/**
 * Deflection (−1 to 1, y down positive, as in the Gamepad API) to CSS px a second:
 * nothing inside the dead zone, then quadratic, so that reading speed and the far end
 * of a page are both within reach of one thumb. A stick that is let go stops at once:
 * the thumb already says how long.
 */
export function stickSpeed(axis: number): number {
  const size = Math.abs(axis);
  if (!(size > DEAD_ZONE)) return 0;
  const share = Math.min(1, (size - DEAD_ZONE) / (1 - DEAD_ZONE));
  return Math.sign(axis) * share * share * STICK_SPEED_PX_S;
}
