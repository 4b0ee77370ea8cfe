/** What a gamepad on a desk does in the room: looks around, points at the middle of the screen, presses. */
export interface PadIntent {
  /** −1 to 1, to the right and upwards. */
  lookX: number;
  lookY: number;
  /** −1 to 1, y down positive: as sticks have it. */
  scrollX: number;
  scrollY: number;
  isPressed: boolean;
  /** The command of a button that went down in this frame. */
  command: string | null;
}

/** Buttons of the standard gamepad (Gamepad API, "standard" mapping) and what they run. */
const PRESS = 0;
const COMMANDS: Readonly<Record<number, string>> = {
  1: "page.back",
  2: "page.reload",
  3: "room.menu",
  4: "tab.previous",
  5: "tab.next",
  8: "view.flat",
  9: "room.menu",
};
const BUTTON_COUNT = 10;
const DEAD_ZONE = 0.15;

export interface PadState {
  readonly intent: PadIntent;
  readonly wasDown: boolean[];
}

export function createPadState(): PadState {
  return {
    intent: { lookX: 0, lookY: 0, scrollX: 0, scrollY: 0, isPressed: false, command: null },
    wasDown: Array.from({ length: BUTTON_COUNT }, () => false),
  };
}

/** As of the Gamepad API; pads with another mapping are left alone, since nobody knows their buttons. */
export interface PadInput {
  readonly mapping: string;
  readonly axes: readonly number[];
  readonly buttons: readonly { readonly pressed: boolean }[];
}

/** One frame. The left stick looks, the right one scrolls; a button's command is told once per press. Allocates nothing. */
export function stepPad(state: PadState, pad: PadInput | null): PadIntent {
  const { intent, wasDown } = state;
  const isKnown = pad !== null && pad.mapping === "standard";
  intent.lookX = isKnown ? rest(pad.axes[0]) : 0;
  intent.lookY = isKnown ? -rest(pad.axes[1]) : 0;
  intent.scrollX = isKnown ? rest(pad.axes[2]) : 0;
  intent.scrollY = isKnown ? rest(pad.axes[3]) : 0;
  intent.isPressed = isKnown && (pad.buttons[PRESS]?.pressed ?? false);
  intent.command = null;
  for (let button = 0; button < BUTTON_COUNT; button++) {
    const isDown = isKnown && (pad.buttons[button]?.pressed ?? false);
    if (isDown && !wasDown[button]) intent.command ??= COMMANDS[button] ?? null;
    wasDown[button] = isDown;
  }
  return intent;
}

function rest(axis: number | undefined): number {
  return axis !== undefined && Math.abs(axis) > DEAD_ZONE ? Math.max(-1, Math.min(1, axis)) : 0;
}
