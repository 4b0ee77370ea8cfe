import { emit, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import { cosDeg, type HandScene } from "#lib/core/gestures/hand-scene.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";

/** An open palm held out towards a panel, still, for about a second, sends it away. */
export interface DismissState {
  /** 0 to 1: what the cue shows. It begins a moment after the hand is held out, so a passing hand shows nothing. */
  progress: number;
  heldMs: number;
  /** Fired; the hand must come back before it can again. */
  spent: boolean;
}

export function createDismissState(): DismissState {
  return { progress: 0, heldMs: 0, spent: false };
}

export function stepDismiss(
  state: DismissState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
  settings: GestureSettings,
  blocked: boolean,
): void {
  const { facingDeg, reachM, stillMps, cueMs, holdMs } = settings.dismiss;
  const isHeldOut =
    scene.inView &&
    shape.open >= settings.openHand &&
    -scene.facing >= cosDeg(facingDeg) &&
    scene.reachM >= reachM;
  if (!isHeldOut) state.spent = false;
  const holds =
    settings.enabled.dismiss &&
    isHeldOut &&
    !state.spent &&
    !blocked &&
    scene.aimsAtPanel &&
    shape.speed <= stillMps;
  state.heldMs = holds ? state.heldMs + scene.dtMs : 0;
  state.progress = Math.min(1, Math.max(0, (state.heldMs - cueMs) / (holdMs - cueMs)));
  if (state.progress < 1) return;
  const event = emit(events, "dismiss", scene.hand, scene.timeMs);
  event.x = shape.palmX;
  event.y = shape.palmY;
  event.z = shape.palmZ;
  state.spent = true;
  state.heldMs = state.progress = 0;
}

export function cancelDismiss(state: DismissState): void {
  state.heldMs = state.progress = 0;
  state.spent = false;
}
