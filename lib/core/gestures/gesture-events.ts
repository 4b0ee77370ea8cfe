import type { Handedness } from "#lib/core/gestures/hand-joints.ts";

/**
 * `x, y, z` is where it happens in world metres, `dx, dy, dz` the way since the gesture began.
 * `value` is the length in ms for `pinch-end`, the factor of the size for `resize-…`, 0 otherwise.
 * Whatever starts ends once: by its own end, or by a cancel.
 */
export type GestureEventType =
  | "pinch-start"
  | "pinch-end"
  | "pinch-cancel"
  | "pinch-long"
  | "drag-start"
  | "drag-move"
  | "drag-end"
  | "drag-cancel"
  | "resize-start"
  | "resize-move"
  | "resize-end"
  | "resize-cancel"
  | "grab-start"
  | "grab-move"
  | "grab-end"
  | "grab-cancel"
  | "menu-open"
  | "menu-close"
  | "swipe-back"
  | "swipe-forward"
  | "dismiss";

export interface GestureEvent {
  type: GestureEventType;
  hand: Handedness | "both";
  timeMs: number;
  value: number;
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
}

/** The events of one frame. The objects are used again in the next: read them, do not keep them. */
export interface GestureEvents {
  readonly items: readonly GestureEvent[];
  count: number;
}

/** Both hands together cannot cause more in one frame. */
const EVENTS_MAX = 32;

export function createGestureEvents(): GestureEvents {
  const items = Array.from(
    { length: EVENTS_MAX },
    (): GestureEvent => ({
      type: "pinch-start",
      hand: "right",
      timeMs: 0,
      value: 0,
      x: 0,
      y: 0,
      z: 0,
      dx: 0,
      dy: 0,
      dz: 0,
    }),
  );
  return { items, count: 0 };
}

/** The next free event, with its way and value at 0. */
export function emit(
  events: GestureEvents,
  type: GestureEventType,
  hand: GestureEvent["hand"],
  timeMs: number,
): GestureEvent {
  const event = events.items[Math.min(events.count, EVENTS_MAX - 1)] as GestureEvent;
  if (events.count < EVENTS_MAX) events.count += 1;
  event.type = type;
  event.hand = hand;
  event.timeMs = timeMs;
  event.value = 0;
  event.x = event.y = event.z = 0;
  event.dx = event.dy = event.dz = 0;
  return event;
}
