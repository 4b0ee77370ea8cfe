import { emit, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";
import type { PinchState } from "#lib/core/gestures/pinch.ts";

/** Two pinches that part or close in on each other; with one hand, a long pinch that moves up or down. */
export interface ResizeState {
  active: boolean;
  /** Both hands are pinched: their distance is watched. */
  watching: boolean;
  startM: number;
}

export function createResizeState(): ResizeState {
  return { active: false, watching: false, startM: 0 };
}

/** What one hand brings to a resize. */
export interface ResizeHand {
  shape: HandShape;
  pinch: PinchState;
  aimsAtPanel: boolean;
}

const FACTOR_MIN = 0.2;
const FACTOR_MAX = 5;

/** True in the frame in which two pinches become a resize: their own drags are to be cancelled. */
export function stepTwoHandResize(
  state: ResizeState,
  left: ResizeHand,
  right: ResizeHand,
  timeMs: number,
  events: GestureEvents,
  settings: GestureSettings,
): boolean {
  const apart = Math.hypot(
    left.shape.pinchX - right.shape.pinchX,
    left.shape.pinchY - right.shape.pinchY,
    left.shape.pinchZ - right.shape.pinchZ,
  );
  if (state.active) {
    const released =
      left.shape.pinchM >= settings.pinch.releaseM || right.shape.pinchM >= settings.pinch.releaseM;
    place(events, released ? "resize-end" : "resize-move", state, left, right, apart, timeMs);
    if (released) state.active = state.watching = false;
    return false;
  }
  if (!left.pinch.closed || !right.pinch.closed || !left.aimsAtPanel || !right.aimsAtPanel) {
    state.watching = false;
    return false;
  }
  if (!state.watching) {
    state.watching = true;
    state.startM = Math.max(apart, 0.02);
  }
  if (Math.abs(apart - state.startM) < settings.resize.startM) return false;
  state.active = true;
  // From here, so that the panel does not jump by what it took to begin.
  state.startM = Math.max(apart, 0.02);
  place(events, "resize-start", state, left, right, apart, timeMs);
  return true;
}

export function cancelResize(state: ResizeState, timeMs: number, events: GestureEvents): void {
  if (state.active) emit(events, "resize-cancel", "both", timeMs);
  state.active = state.watching = false;
}

function place(
  events: GestureEvents,
  type: "resize-start" | "resize-move" | "resize-end",
  state: ResizeState,
  left: ResizeHand,
  right: ResizeHand,
  apart: number,
  timeMs: number,
): void {
  const event = emit(events, type, "both", timeMs);
  event.x = (left.shape.pinchX + right.shape.pinchX) / 2;
  event.y = (left.shape.pinchY + right.shape.pinchY) / 2;
  event.z = (left.shape.pinchZ + right.shape.pinchZ) / 2;
  event.value = Math.min(FACTOR_MAX, Math.max(FACTOR_MIN, apart / state.startM));
}
