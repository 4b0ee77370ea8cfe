import type { LiveViewport } from "#lib/protocol/live-session.ts";

/** A 4K screen; more is refused by nodes. */
const PIXELS_MAX = 3840 * 2160;

/**
 * The viewport to ask a node for when a panel of this size, in CSS pixels, stands
 * on a screen of this density: within what the protocol allows, and coarser rather
 * than smaller where the pixels would be too many.
 */
export function fitViewport(size: { width: number; height: number; dpr: number }): LiveViewport {
  const width = clamp(Math.round(size.width), 160, 3840);
  const height = clamp(Math.round(size.height), 120, 2400);
  const finest = Math.sqrt(PIXELS_MAX / (width * height));
  const dpr = clamp(Math.min(size.dpr, finest), 0.5, 4);
  // Rounded down, so that rounding never costs the limit.
  return { width, height, dpr: Math.floor(dpr * 1000) / 1000 };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
