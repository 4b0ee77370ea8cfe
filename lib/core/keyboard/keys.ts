import {
  KEYBOARD_LAYOUTS,
  type KeyboardLanguage,
  type KeyboardLayout,
  SYMBOL_ROWS,
} from "#lib/core/keyboard/layouts.ts";

export type KeyboardLayer = "letters" | "symbols" | "moreSymbols";
/** `once` holds for one letter, `locked` until Shift is pressed again. */
export type ShiftState = "off" | "once" | "locked";
/** What the text is for: it decides which keys are at hand. */
export type EntryPurpose = "omnibox" | "find" | "field";

export type KeyAction =
  | { type: "insert"; text: string }
  | { type: "space" }
  | { type: "backspace" }
  | { type: "enter" }
  | { type: "shift" }
  | { type: "layer"; layer: KeyboardLayer }
  | { type: "language" }
  | { type: "move"; to: "left" | "right" }
  | { type: "dictate" }
  | { type: "hide" };

export interface Key {
  /** The same on every layer it is on and whatever Shift says: the small letter, or a name such as `enter`. */
  id: string;
  label: string;
  action: KeyAction;
  /** What a long press offers instead. */
  accents: readonly string[];
  /** Width in key widths. */
  units: number;
  /** Held down, it goes on. */
  repeats: boolean;
  tone: "letter" | "control" | "primary";
  /** On, as Shift and dictation can be. */
  active: boolean;
  /** For speech and screen readers. */
  name: string;
}

export interface KeyboardView {
  language: KeyboardLanguage;
  layer: KeyboardLayer;
  shift: ShiftState;
  purpose: EntryPurpose;
  dictation: "unavailable" | "idle" | "listening";
}

export const KEYBOARD_UNITS = 12;

/** Half a key: how far the second row stands in, where there is room. */
const INDENT = 0.5;
const SIDE_UNITS = 1.5;

/** The keys of a keyboard, row by row from the top; each row is `KEYBOARD_UNITS` wide, or stands in by what is missing. */
export function buildKeys(view: KeyboardView): Key[][] {
  const layout = KEYBOARD_LAYOUTS[view.language];
  const rows = view.layer === "letters" ? layout.rows : SYMBOL_ROWS[view.layer];
  const [first, second, third] = rows.map((row) => [...row].map((text) => characterKey(text, layout, view)));
  const digits = [..."1234567890"].map((digit) => characterKey(digit, layout, view));
  return [
    [...digits, control("backspace", "⌫", "Backspace", 2, { repeats: true })],
    first ?? [],
    [...(second ?? []), enterKey(view.purpose, enterUnits(second?.length ?? 0))],
    thirdRow(third ?? [], view),
    bottomRow(layout, view),
  ];
}

function enterUnits(letters: number): number {
  const left = KEYBOARD_UNITS - letters;
  return left > 1 ? left - INDENT : left;
}

function thirdRow(letters: readonly Key[], view: KeyboardView): Key[] {
  const shiftLabel = view.shift === "locked" ? "⇪" : "⇧";
  const switchKey =
    view.layer === "letters"
      ? control("shift", shiftLabel, "Shift", SIDE_UNITS, { active: view.shift !== "off" })
      : view.layer === "symbols"
        ? layerKey("more-symbols", "«§»", "More symbols", "moreSymbols", SIDE_UNITS)
        : layerKey("fewer-symbols", "?!&", "Symbols", "symbols", SIDE_UNITS);
  return [switchKey, ...letters, control("hide", "▾", "Hide keyboard", SIDE_UNITS)];
}

function bottomRow(layout: KeyboardLayout, view: KeyboardView): Key[] {
  const isLetters = view.layer === "letters";
  const canDictate = view.dictation !== "unavailable";
  const comma = view.purpose === "omnibox" ? "/" : layout.comma;
  const stop = view.purpose === "omnibox" ? "." : layout.stop;
  const spaceUnits = canDictate ? 3 : 4.25;
  return [
    isLetters
      ? layerKey("symbols", "?123", "Symbols", "symbols", 1.5)
      : layerKey("letters", "ABC", "Letters", "letters", 1.5),
    control("language", layout.short, `Keyboard language: ${layout.title}`, 1.25),
    characterKey(comma, layout, view, "comma"),
    {
      ...control("space", layout.title, "Space", spaceUnits),
      action: { type: "space" },
      tone: "letter",
    },
    characterKey(stop, layout, view, "stop"),
    ...(canDictate
      ? [control("dictate", "●", "Dictate", 1.25, { active: view.dictation === "listening" })]
      : []),
    { ...control("left", "◂", "Left", 1.5, { repeats: true }), action: { type: "move", to: "left" } },
    { ...control("right", "▸", "Right", 1.5, { repeats: true }), action: { type: "move", to: "right" } },
  ];
}

function enterKey(purpose: EntryPurpose, units: number): Key {
  const label = purpose === "omnibox" ? "Go" : purpose === "find" ? "Next" : "Done";
  return { ...control("enter", label, label, units), tone: "primary" };
}

function characterKey(text: string, layout: KeyboardLayout, view: KeyboardView, id = text): Key {
  const isUpper = view.layer === "letters" && view.shift !== "off";
  const shown = isUpper ? upper(text, layout) : text;
  const accents = [...(layout.accents[text] ?? PUNCTUATION_ACCENTS[text] ?? "")];
  return {
    id,
    label: shown,
    action: { type: "insert", text: shown },
    accents: isUpper ? accents.map((accent) => upper(accent, layout)) : accents,
    units: 1,
    repeats: false,
    tone: "letter",
    active: false,
    name: shown,
  };
}

const PUNCTUATION_ACCENTS: Readonly<Record<string, string>> = {
  ".": ",?!:;-_",
  "/": ":-_?=&#",
  ",": ";:-",
  "-": "_–—",
  "?": "!¿",
  "'": '’"`',
  "。": "！？・…「」",
  "、": "；：",
};

/** A capital that is more than one letter (SS for ß) has one of its own, U+1E9E. */
function upper(text: string, layout: KeyboardLayout): string {
  if (text === "ß") return "ẞ";
  const capital = text.toLocaleUpperCase(layout.language);
  return capital.length === text.length ? capital : text;
}

function layerKey(id: string, label: string, name: string, layer: KeyboardLayer, units: number): Key {
  return { ...control(id, label, name, units), action: { type: "layer", layer } };
}

type ControlId = "backspace" | "enter" | "shift" | "language" | "dictate" | "hide";

function control(
  id: string,
  label: string,
  name: string,
  units: number,
  { repeats = false, active = false }: { repeats?: boolean; active?: boolean } = {},
): Key {
  const action: KeyAction = { type: id as ControlId };
  return { id, label, action, accents: [], units, repeats, tone: "control", active, name };
}
