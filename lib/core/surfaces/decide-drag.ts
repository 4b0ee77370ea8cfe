/** What moving a pressed pointer over a page does. `look` leaves the drag to the view around the panel. */
export type DragMode = "scroll" | "select" | "look";

export interface DragStart {
  /** Mouse and pen point exactly; fingers, rays and hands tremble and cover what they touch. */
  precise: boolean;
  /** On a screen the view can be turned by dragging; in a session it cannot. */
  canLook: boolean;
  /** A long press has marked a word: dragging on widens the selection. */
  hasLongPressed: boolean;
  dxPx: number;
  dyPx: number;
}

/** Movement below these is a press, in CSS pixels of the page. */
export const PRESS_SLOP_PX = { precise: 4, coarse: 16 } as const;
export const LONG_PRESS_MS = 500;
/** Frames longer than this were late: how long a press was held in one of them nobody knows. */
const FRAME_MAX_MS = 100;
/** How much more sideways than upright a finger must move to turn the view instead of scrolling. */
const SIDEWAYS_FACTOR = 1.5;

/**
 * How long a pointer has been held after one more frame. Counted by the frames that
 * were shown, so that a single late one makes no long press out of a click.
 */
export function heldAfter(heldMs: number, deltaMs: number): number {
  return heldMs + Math.min(FRAME_MAX_MS, Math.max(0, deltaMs));
}

/** The mode of a drag once it has left the slop; null while it is still a press. */
export function decideDrag(start: DragStart): DragMode | null {
  const { precise, canLook, hasLongPressed, dxPx, dyPx } = start;
  const slop = precise ? PRESS_SLOP_PX.precise : PRESS_SLOP_PX.coarse;
  if (Math.hypot(dxPx, dyPx) <= slop) return null;
  // Beside the text too: a selection often starts in the margin. The view is turned by dragging what is no panel.
  if (hasLongPressed || precise) return "select";
  return canLook && Math.abs(dxPx) > SIDEWAYS_FACTOR * Math.abs(dyPx) ? "look" : "scroll";
}
