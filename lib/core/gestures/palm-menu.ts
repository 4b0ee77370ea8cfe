import { emit, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import { cosDeg, type HandScene } from "#lib/core/gestures/hand-scene.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";

/** Looking into one's open palm opens the menu; turning it away closes it. */
export interface PalmMenuState {
  /** 0 to 1: what the cue shows before the menu opens. */
  progress: number;
  open: boolean;
  awayMs: number;
}

export function createPalmMenuState(): PalmMenuState {
  return { progress: 0, open: false, awayMs: 0 };
}

export function stepPalmMenu(
  state: PalmMenuState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
  settings: GestureSettings,
  blocked: boolean,
): void {
  const { facingDeg, closedDeg, holdMs, closeMs } = settings.menu;
  // The hand that points stays free for the menu's own buttons.
  const isMenuHand = settings.oneHanded || scene.hand !== settings.dominantHand;
  if (state.open) {
    const isAway = scene.facing < cosDeg(closedDeg) || !scene.inView;
    state.awayMs = isAway ? state.awayMs + scene.dtMs : 0;
    if (state.awayMs >= closeMs) cancelPalmMenu(state, shape, scene, events);
    return;
  }
  const holds =
    settings.enabled.menu &&
    isMenuHand &&
    !blocked &&
    scene.inView &&
    shape.open >= settings.openHand &&
    scene.facing >= cosDeg(facingDeg);
  state.progress = holds ? Math.min(1, state.progress + scene.dtMs / holdMs) : 0;
  if (state.progress < 1) return;
  state.open = true;
  state.awayMs = 0;
  const event = emit(events, "menu-open", scene.hand, scene.timeMs);
  event.x = shape.palmX;
  event.y = shape.palmY;
  event.z = shape.palmZ;
}

/** Also the ordinary end: there is nothing in a menu to lose. */
export function cancelPalmMenu(
  state: PalmMenuState,
  shape: HandShape,
  scene: HandScene,
  events: GestureEvents,
): void {
  if (state.open) {
    const event = emit(events, "menu-close", scene.hand, scene.timeMs);
    event.x = shape.palmX;
    event.y = shape.palmY;
    event.z = shape.palmZ;
  }
  state.open = false;
  state.progress = 0;
}
