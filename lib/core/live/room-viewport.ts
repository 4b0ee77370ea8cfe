import type { LegiblePanel } from "#lib/core/layout/legibility.ts";
import { fitViewport } from "#lib/core/live/fit-viewport.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";

/** Pixels a headset neither shows nor has memory for: eight panels share 96 MB. */
const PIXELS_MAX = 2560 * 1600;
const DPR_MAX = 2.5;
/** Narrower no site is made for, whatever the text size. */
const WIDTH_MIN = 280;

export interface RoomViewportQuestion {
  /** What the room promises of the panel, for `zoom` and `textScale`. */
  legible: Pick<LegiblePanel, "cssWidth" | "cssHeight" | "zoom">;
  /** The page's own zoom, which its node applies. */
  zoom: number;
  /** The person's text size in the room. */
  textScale: number;
  /** Texture pixels for each CSS pixel of `legible`, out of what all panels share. */
  scale: number;
}

/**
 * The viewport a live page is laid out for on a panel of the room. A site cannot be
 * told a text size, so larger text is a smaller viewport at a higher density: the
 * texture stays as large as the panel's share of memory.
 */
export function roomViewport({ legible, zoom, textScale, scale }: RoomViewportQuestion): LiveViewport {
  const { cssWidth, cssHeight } = legible;
  const magnified = (textScale * legible.zoom) / zoom;
  const width = Math.max(Math.min(WIDTH_MIN, cssWidth), cssWidth / magnified);
  const height = (width * cssHeight) / cssWidth;
  const dense = (scale * cssWidth) / width;
  const most = Math.min(DPR_MAX, Math.sqrt(PIXELS_MAX / (width * height)));
  return fitViewport({ width, height, dpr: Math.min(dense, most) });
}

export function isSameViewport(a: LiveViewport, b: LiveViewport): boolean {
  return a.width === b.width && a.height === b.height && a.dpr === b.dpr;
}
