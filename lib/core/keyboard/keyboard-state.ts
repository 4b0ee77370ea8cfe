import type { Key, KeyboardLayer, ShiftState } from "#lib/core/keyboard/keys.ts";
import { KEYBOARD_LANGUAGES, type KeyboardLanguage } from "#lib/core/keyboard/layouts.ts";

/** Which keys are shown. */
export interface KeyboardState {
  language: KeyboardLanguage;
  /** What the language key goes through, in this order. */
  languages: readonly KeyboardLanguage[];
  layer: KeyboardLayer;
  shift: ShiftState;
  shiftedAtMs: number;
}

/** Two presses of Shift within this lock it. */
const DOUBLE_PRESS_MS = 400;

export function createKeyboardState(
  language: KeyboardLanguage,
  languages: readonly KeyboardLanguage[] = KEYBOARD_LANGUAGES,
): KeyboardState {
  return { language, languages, layer: "letters", shift: "off", shiftedAtMs: Number.NEGATIVE_INFINITY };
}

/** What a press does to the keyboard itself. What it does to the text is the entry's business. */
export function pressOnKeyboard(state: KeyboardState, { action }: Key, timeMs: number): KeyboardState {
  switch (action.type) {
    case "shift":
      return { ...state, shift: nextShift(state, timeMs), shiftedAtMs: timeMs };
    case "layer":
      return { ...state, layer: action.layer, shift: "off" };
    case "language": {
      const index = state.languages.indexOf(state.language);
      const language = state.languages[(index + 1) % state.languages.length] ?? state.language;
      return { ...state, language, layer: "letters", shift: "off" };
    }
    case "insert":
      return state.shift === "once" ? { ...state, shift: "off" } : state;
    case "space":
      // After a space, words go on.
      return state.layer === "letters" ? state : { ...state, layer: "letters" };
    default:
      return state;
  }
}

function nextShift(state: KeyboardState, timeMs: number): ShiftState {
  if (state.shift === "locked") return "off";
  if (state.shift === "off") return "once";
  return timeMs - state.shiftedAtMs <= DOUBLE_PRESS_MS ? "locked" : "off";
}
