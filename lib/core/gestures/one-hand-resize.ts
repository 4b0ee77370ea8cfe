import { emit, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import type { HandScene } from "#lib/core/gestures/hand-scene.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";
import type { PinchState } from "#lib/core/gestures/pinch.ts";

export interface OneHandResizeState {
  active: boolean;
  startY: number;
}

export function createOneHandResizeState(): OneHandResizeState {
  return { active: false, startY: 0 };
}

const FACTOR_MAX = 5;

/**
 * For one hand: a long pinch that then moves up makes a panel larger, down smaller.
 * True in the frame in which it begins: the pinch it came from is to be cancelled.
 */
export function stepOneHandResize(
  state: OneHandResizeState,
  shape: HandShape,
  pinch: PinchState,
  scene: HandScene,
  events: GestureEvents,
  settings: GestureSettings,
): boolean {
  if (state.active) {
    const released = shape.pinchM >= settings.pinch.releaseM;
    place(events, released ? "resize-end" : "resize-move", state, shape, scene, settings);
    if (released) state.active = false;
    return false;
  }
  if (!settings.oneHanded || !scene.aimsAtPanel || !pinch.closed || !pinch.longSent || pinch.dragging) {
    return false;
  }
  const dx = shape.pinchX - pinch.startX;
  const dy = shape.pinchY - pinch.startY;
  const dz = shape.pinchZ - pinch.startZ;
  const isUpOrDown = Math.abs(dy) > Math.hypot(dx, dz);
  if (!isUpOrDown || Math.abs(dy) <= settings.pinch.dragM) return false;
  state.active = true;
  state.startY = shape.pinchY;
  place(events, "resize-start", state, shape, scene, settings);
  return true;
}

export function cancelOneHandResize(
  state: OneHandResizeState,
  scene: HandScene,
  events: GestureEvents,
): void {
  if (state.active) emit(events, "resize-cancel", scene.hand, scene.timeMs);
  state.active = false;
}

function place(
  events: GestureEvents,
  type: "resize-start" | "resize-move" | "resize-end",
  state: OneHandResizeState,
  shape: HandShape,
  scene: HandScene,
  settings: GestureSettings,
): void {
  const event = emit(events, type, scene.hand, scene.timeMs);
  event.x = shape.pinchX;
  event.y = shape.pinchY;
  event.z = shape.pinchZ;
  event.dy = shape.pinchY - state.startY;
  event.value = Math.min(FACTOR_MAX, Math.max(1 / FACTOR_MAX, 2 ** (event.dy / settings.resize.doubleM)));
}
