export const DEG = 180 / Math.PI;

/** The same direction in (−180, 180]. */
export function wrapDeg(angle: number): number {
  const turned = (((angle % 360) + 540) % 360) - 180;
  return turned === -180 ? 180 : turned;
}

/** How far to turn from one direction to another, the short way; positive to the right. */
export function turnDeg(from: number, to: number): number {
  return wrapDeg(to - from);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
