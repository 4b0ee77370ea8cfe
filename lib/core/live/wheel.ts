/** The part of a WheelEvent that says how far to go. */
export interface WheelTurn {
  deltaX: number;
  deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  deltaMode: number;
  shiftKey: boolean;
}

/** What Chromium scrolls by for a line, in CSS pixels. */
const LINE_PX = 40;
const DELTA_MAX = 20_000;

/**
 * A turn of the wheel in CSS pixels, whatever unit the browser counts in. Shift
 * turns an upright wheel sideways, as Chromium does on Linux, unless the browser
 * has done so already.
 */
export function wheelPixels(
  turn: WheelTurn,
  viewport: { width: number; height: number },
): { dx: number; dy: number } {
  const unit = (page: number) => (turn.deltaMode === 1 ? LINE_PX : turn.deltaMode === 2 ? page : 1);
  const x = turn.deltaX * unit(viewport.width);
  const y = turn.deltaY * unit(viewport.height);
  return turn.shiftKey && x === 0 ? { dx: limit(y), dy: 0 } : { dx: limit(x), dy: limit(y) };
}

function limit(delta: number): number {
  return Math.min(DELTA_MAX, Math.max(-DELTA_MAX, delta));
}
