import { emit, type GestureEvent, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import type { HandScene } from "#lib/core/gestures/hand-scene.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";

export interface PinchState {
  /** 0 apart to 1 closed: what the cue shows. It is 1 exactly when the pinch closes. */
  progress: number;
  closed: boolean;
  dragging: boolean;
  /** Fingers were apart since the hand came into view; a hand that appears pinched clicks nothing. */
  ready: boolean;
  longSent: boolean;
  heldMs: number;
  startX: number;
  startY: number;
  startZ: number;
}

export function createPinchState(): PinchState {
  return {
    progress: 0,
    closed: false,
    dragging: false,
    ready: false,
    longSent: false,
    heldMs: 0,
    startX: 0,
    startY: 0,
    startZ: 0,
  };
}

/** `blocked`: the hand is doing something else, such as making a fist. */
export function stepPinch(
  state: PinchState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
  settings: GestureSettings,
  blocked: boolean,
): void {
  const { closedM, releaseM, shownM, longMs, dragM, indexCurlMax } = settings.pinch;
  if (!state.closed) {
    if (shape.pinchM >= releaseM) state.ready = true;
    const mayClose = state.ready && !blocked && shape.indexCurl <= indexCurlMax;
    state.progress = mayClose ? Math.min(1, Math.max(0, (shownM - shape.pinchM) / (shownM - closedM))) : 0;
    if (state.progress < 1) return;
    state.closed = true;
    state.heldMs = 0;
    state.longSent = false;
    state.startX = shape.pinchX;
    state.startY = shape.pinchY;
    state.startZ = shape.pinchZ;
    place(emit(events, "pinch-start", scene.hand, scene.timeMs), state, shape);
    return;
  }

  state.heldMs += scene.dtMs;
  if (shape.pinchM >= releaseM) {
    if (state.dragging) place(emit(events, "drag-end", scene.hand, scene.timeMs), state, shape);
    const end = place(emit(events, "pinch-end", scene.hand, scene.timeMs), state, shape);
    end.value = state.heldMs;
    state.closed = state.dragging = false;
    state.progress = Math.min(1, Math.max(0, (shownM - shape.pinchM) / (shownM - closedM)));
    return;
  }
  const way = Math.hypot(
    shape.pinchX - state.startX,
    shape.pinchY - state.startY,
    shape.pinchZ - state.startZ,
  );
  if (state.dragging) {
    place(emit(events, "drag-move", scene.hand, scene.timeMs), state, shape);
  } else if (way > dragM) {
    state.dragging = true;
    place(emit(events, "drag-start", scene.hand, scene.timeMs), state, shape);
  } else if (!state.longSent && state.heldMs >= longMs) {
    state.longSent = true;
    place(emit(events, "pinch-long", scene.hand, scene.timeMs), state, shape);
  }
}

/** Ends what a pinch began without doing it. The fingers must part before the next one. */
export function cancelPinch(
  state: PinchState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
): void {
  if (state.dragging) place(emit(events, "drag-cancel", scene.hand, scene.timeMs), state, shape);
  if (state.closed) place(emit(events, "pinch-cancel", scene.hand, scene.timeMs), state, shape);
  state.closed = state.dragging = state.ready = false;
  state.progress = 0;
}

function place(event: GestureEvent, state: PinchState, shape: HandShape): GestureEvent {
  event.x = shape.pinchX;
  event.y = shape.pinchY;
  event.z = shape.pinchZ;
  event.dx = shape.pinchX - state.startX;
  event.dy = shape.pinchY - state.startY;
  event.dz = shape.pinchZ - state.startZ;
  return event;
}
