const DEG = 180 / Math.PI;

/** One panel fills most of a window, and text on it is as large as in a window. */
const VERTICAL_DEG = 44;
/** A panel of the usual size, 41° wide, is seen whole also where the window is narrow. */
const HORIZONTAL_MIN_DEG = 46;

/** The vertical field of view on a screen, in degrees, for a window's width divided by its height. */
export function screenFovDeg(aspect: number): number {
  const wideEnough = 2 * Math.atan(Math.tan(HORIZONTAL_MIN_DEG / 2 / DEG) / Math.max(0.2, aspect)) * DEG;
  return Math.max(VERTICAL_DEG, wideEnough);
}
