import { emit, type GestureEvent, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import type { HandScene } from "#lib/core/gestures/hand-scene.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";

/** A fist that closes on a panel grabs it; opening the hand lets go. */
export interface FistState {
  /** 0 open to 1 about to grab: what the cue shows. */
  progress: number;
  grabbing: boolean;
  /** Since the hand was last open; a hand that was never open grabs nothing. */
  sinceOpenMs: number;
  heldMs: number;
  startX: number;
  startY: number;
  startZ: number;
}

export function createFistState(): FistState {
  return {
    progress: 0,
    grabbing: false,
    sinceOpenMs: Number.MAX_VALUE,
    heldMs: 0,
    startX: 0,
    startY: 0,
    startZ: 0,
  };
}

export function stepFist(
  state: FistState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
  settings: GestureSettings,
  blocked: boolean,
): void {
  const { closed, open, holdMs, closingMsMax } = settings.fist;
  if (state.grabbing) {
    if (shape.fist <= open) {
      place(emit(events, "grab-end", scene.hand, scene.timeMs), state, shape);
      state.grabbing = false;
      state.progress = 0;
      state.sinceOpenMs = 0;
    } else {
      place(emit(events, "grab-move", scene.hand, scene.timeMs), state, shape);
    }
    return;
  }
  if (shape.fist <= open) state.sinceOpenMs = 0;
  else if (state.sinceOpenMs < Number.MAX_VALUE) state.sinceOpenMs += scene.dtMs;
  const may =
    settings.enabled.grab &&
    !blocked &&
    scene.aimsAtPanel &&
    scene.inView &&
    state.sinceOpenMs <= closingMsMax;
  state.heldMs = may && shape.fist >= closed ? state.heldMs + scene.dtMs : 0;
  // Closing fills the cue to half, holding fills the rest.
  const closing = Math.min(1, Math.max(0, (shape.fist - open) / (closed - open)));
  state.progress = may ? Math.min(1, closing / 2 + state.heldMs / holdMs / 2) : 0;
  if (state.progress < 1) return;
  state.grabbing = true;
  state.startX = shape.palmX;
  state.startY = shape.palmY;
  state.startZ = shape.palmZ;
  place(emit(events, "grab-start", scene.hand, scene.timeMs), state, shape);
}

export function cancelFist(
  state: FistState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
): void {
  if (state.grabbing) place(emit(events, "grab-cancel", scene.hand, scene.timeMs), state, shape);
  state.grabbing = false;
  state.progress = state.heldMs = 0;
  state.sinceOpenMs = Number.MAX_VALUE;
}

function place(event: GestureEvent, state: FistState, shape: HandShape): void {
  event.x = shape.palmX;
  event.y = shape.palmY;
  event.z = shape.palmZ;
  event.dx = shape.palmX - state.startX;
  event.dy = shape.palmY - state.startY;
  event.dz = shape.palmZ - state.startZ;
}
