import { emit, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import { cosDeg, type HandScene } from "#lib/core/gestures/hand-scene.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";

/**
 * An open hand, held upright with its palm to the side, pushes the page away: to the
 * right goes back, to the left forward. Hands move all the time, so it counts only from
 * a hand that was still, in view, long enough to have seen the cue, and travelled far.
 */
export interface SwipeState {
  /** The cue is visible: travelling now counts. */
  armed: boolean;
  /** 1 fires; `direction` says which. */
  progress: number;
  direction: "back" | "forward" | null;
  stillMs: number;
  armedMs: number;
  travelMs: number;
  cooldownMs: number;
  startX: number;
  startY: number;
  startZ: number;
}

export function createSwipeState(): SwipeState {
  return {
    armed: false,
    progress: 0,
    direction: null,
    stillMs: 0,
    armedMs: 0,
    travelMs: 0,
    cooldownMs: 0,
    startX: 0,
    startY: 0,
    startZ: 0,
  };
}

/** Below this the hand still rests where it was armed. */
const REST_M = 0.02;

export function stepSwipe(
  state: SwipeState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
  settings: GestureSettings,
  blocked: boolean,
): void {
  const { sidewaysDeg, stillMps, armMs, cueMs, travelM, travelMsMax, driftMax, cooldownMs } = settings.swipe;
  if (state.cooldownMs > 0) state.cooldownMs -= scene.dtMs;
  const hasForm =
    settings.enabled.swipe &&
    !blocked &&
    scene.inView &&
    shape.open >= settings.openHand &&
    scene.sideways >= cosDeg(sidewaysDeg);
  if (!hasForm || state.cooldownMs > 0) {
    cancelSwipe(state);
    return;
  }
  if (!state.armed) {
    state.stillMs = shape.speed <= stillMps ? state.stillMs + scene.dtMs : 0;
    if (state.stillMs < armMs) return;
    state.armed = true;
    state.armedMs = state.travelMs = 0;
    state.startX = shape.palmX;
    state.startY = shape.palmY;
    state.startZ = shape.palmZ;
    return;
  }

  state.armedMs += scene.dtMs;
  const dx = shape.palmX - state.startX;
  const dy = shape.palmY - state.startY;
  const dz = shape.palmZ - state.startZ;
  const sideways = dx * scene.rightX + dy * scene.rightY + dz * scene.rightZ;
  const travel = Math.abs(sideways);
  const drift = Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - sideways * sideways));
  state.travelMs = travel > REST_M ? state.travelMs + scene.dtMs : 0;
  const isStraight = drift <= Math.max(REST_M * 2, travel * driftMax);
  if (!isStraight || state.travelMs > travelMsMax || (state.armedMs < cueMs && travel > REST_M)) {
    cancelSwipe(state);
    return;
  }
  state.direction = travel > REST_M ? (sideways > 0 ? "back" : "forward") : null;
  state.progress = state.direction ? Math.min(1, travel / travelM) : 0;
  if (state.progress < 1) return;
  const type = state.direction === "back" ? "swipe-back" : "swipe-forward";
  const event = emit(events, type, scene.hand, scene.timeMs);
  event.x = shape.palmX;
  event.y = shape.palmY;
  event.z = shape.palmZ;
  event.dx = dx;
  event.dy = dy;
  event.dz = dz;
  cancelSwipe(state);
  state.cooldownMs = cooldownMs;
}

export function cancelSwipe(state: SwipeState): void {
  state.armed = false;
  state.progress = state.stillMs = state.armedMs = state.travelMs = 0;
  state.direction = null;
}
