import type { Pointer } from "@pmndrs/pointer-events";

/** Calm, and seen on light and dark pages alike; the accent while pressed. */
const IDLE = "#dfeaec";
const PRESSED = "#58c2d0";
/** Over a link, a button or a field of a live page, whose cursor shape no dot can take on. */
const OFFERED = "#f2d454";
const OFFERS: readonly unknown[] = ["pointer", "text", "grab"];

const color = (pointer: Pointer) => {
  if (pointer.getButtonsDown().size > 0) return PRESSED;
  return OFFERS.includes(pointer.getIntersection()?.object.userData.cursor) ? OFFERED : IDLE;
};
const opacity = (pointer: Pointer) => (pointer.getButtonsDown().size > 0 ? 0.9 : 0.55);

/** As the pointers' models take it: metres. */
export const RAY_LOOK = { color, opacity, maxLength: 0.6, size: 0.003 } as const;
export const HAND_RAY_LOOK = { ...RAY_LOOK, maxLength: 0.2 } as const;
export const CURSOR_LOOK = { color, opacity, size: 0.035, cursorOffset: 0.004 } as const;

/** The nearest a ray reaches: what is held in a hand or stands in the face is not pointed at. */
export const RAY_MIN_M = 0.15;
/**
 * Pointers' own `click` comes however late after the press, as a button of a page has it: hands are slow, and so
 * may a frame be. What knows a long press, panels and keys, times it itself.
 */
export const CLICK_THRESHOLD_MS = Number.POSITIVE_INFINITY;
