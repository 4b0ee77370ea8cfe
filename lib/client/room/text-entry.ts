import { createStore } from "zustand/vanilla";
import { omniboxSources } from "#lib/client/commands/omnibox-sources.ts";
import { readKeyboardLanguage, storeKeyboardLanguage } from "#lib/client/room/text-entry-language.ts";
import { entryWords, gatherEntryWords } from "#lib/client/room/text-entry-words.ts";
import {
  createKeyboardState,
  type KeyboardState,
  pressOnKeyboard,
} from "#lib/core/keyboard/keyboard-state.ts";
import type { EntryPurpose, Key } from "#lib/core/keyboard/keys.ts";
import { KEYBOARD_LAYOUTS } from "#lib/core/keyboard/layouts.ts";
import { type EntrySuggestion, suggestEntry } from "#lib/core/keyboard/suggest-entry.ts";
import {
  createEditedText,
  type EditedText,
  editText,
  isComposing,
  type TextEdit,
} from "#lib/core/keyboard/text-edit.ts";
import type { Suggestion } from "#lib/core/omnibox/suggestion.ts";

/** What a field in 3D asks for. */
export interface TextEntryRequest {
  purpose: EntryPurpose;
  /** What is being typed, in words: above the field, and said. */
  label: string;
  text?: string;
  /** What is selected at first; all of it, so that typing replaces it. */
  select?: "all" | "end";
  /** Nobody who looks on may read it: it is shown as dots, and no words are offered. */
  secret?: boolean;
  /** The panel it belongs to; its words are offered, and the keyboard stands below it. */
  panelId?: string | null;
  /** `row` is what the omnibox would do with the text; null where no address is meant. */
  onSubmit: (text: string, row: Suggestion | null) => void;
  /** With every settled change. */
  onChange?: (text: string) => void;
  /** However it ends: submitted, hidden or replaced by another. */
  onClose?: () => void;
  /** Enter keeps it open, as find does for the next match. */
  staysOpen?: boolean;
}

export interface TextEntryState {
  open: boolean;
  /** Grows with each request, so that the keyboard comes to where the person looks now. */
  openCount: number;
  purpose: EntryPurpose;
  label: string;
  secret: boolean;
  panelId: string | null;
  text: string;
  caret: number;
  selection: { start: number; end: number };
  composition: { start: number; end: number } | null;
  suggestions: readonly EntrySuggestion[];
  keyboard: KeyboardState;
  dictation: "unavailable" | "idle" | "listening";
  onSubmit: TextEntryRequest["onSubmit"] | null;
}

/** The one text being typed in the room, whoever types: fingers, rays, a physical keyboard, the device's own, a voice. */
export const textEntryStore = createStore<TextEntryState>(() => ({
  open: false,
  openCount: 0,
  purpose: "field",
  label: "",
  secret: false,
  panelId: null,
  text: "",
  caret: 0,
  selection: { start: 0, end: 0 },
  composition: null,
  suggestions: [],
  keyboard: createKeyboardState(readKeyboardLanguage()),
  dictation: "unavailable",
  onSubmit: null,
}));

let edited: EditedText = createEditedText("", "end");
let request: TextEntryRequest | null = null;

export function isTextEntryOpen(): boolean {
  return textEntryStore.getState().open;
}

/** Opens the keyboard for a text. What was being typed elsewhere is left as it is. */
export function requestTextEntry(wanted: TextEntryRequest): void {
  const before = request;
  request = wanted;
  before?.onClose?.();
  edited = createEditedText(wanted.text ?? "", wanted.select ?? "all");
  const { openCount, keyboard } = textEntryStore.getState();
  textEntryStore.setState({
    open: true,
    openCount: openCount + 1,
    purpose: wanted.purpose,
    label: wanted.label,
    secret: wanted.secret ?? false,
    panelId: wanted.panelId ?? null,
    keyboard: { ...keyboard, layer: "letters", shift: "off" },
    onSubmit: wanted.onSubmit,
  });
  publish(false);
  gatherEntryWords(wanted.panelId ?? null, () => {
    if (request === wanted) publish(false);
  });
}

/** Ends typing without doing anything with the text. */
export function closeTextEntry(): void {
  const before = request;
  request = null;
  textEntryStore.setState({ open: false, onSubmit: null, suggestions: [] });
  before?.onClose?.();
}

/** Enter: settles what is composed, or does what the first suggestion says. */
export function submitTextEntry(): void {
  if (!request) return;
  if (isComposing(edited)) {
    applyTextEdit({ type: "commit" });
    return;
  }
  const [first] = textEntryStore.getState().suggestions;
  const row = request.purpose === "omnibox" && first?.kind === "row" ? first.row : null;
  if (request.purpose === "omnibox" && edited.value.text.trim() === "") return;
  finish(edited.value.text, row);
}

/** What pressing a place above the keys does. */
export function chooseEntrySuggestion(index: number): void {
  const chosen = textEntryStore.getState().suggestions[index];
  if (chosen?.kind === "candidate") applyTextEdit({ type: "candidate", index: chosen.index });
  else if (chosen?.kind === "word") applyTextEdit({ type: "completeWord", text: chosen.label });
  else if (chosen && chosen.row.kind !== "refused") finish(edited.value.text, chosen.row);
}

export function applyTextEdit(edit: TextEdit): void {
  if (!request) return;
  const { keyboard } = textEntryStore.getState();
  const before = edited;
  const { composes } = KEYBOARD_LAYOUTS[keyboard.language];
  edited = editText(edited, edit, { timeMs: performance.now(), composes });
  if (edited === before) return;
  // Finishing an address unasked would undo a deletion.
  publish(edit.type === "insert");
  if (!isComposing(edited) && (edited.value.text !== before.value.text || isComposing(before))) {
    request.onChange?.(edited.value.text);
  }
}

/** A key of the keyboard in 3D. Dictation and hiding are acts of the room: see `text-entry-keys.ts`. */
export function pressEntryKey(key: Key): void {
  const { keyboard } = textEntryStore.getState();
  switch (key.action.type) {
    case "insert":
      applyTextEdit({ type: "insert", text: key.action.text });
      break;
    case "space":
      applyTextEdit({ type: "space" });
      break;
    case "backspace":
      applyTextEdit({ type: "deleteBackward" });
      break;
    case "move":
      applyTextEdit({ type: "move", to: key.action.to });
      break;
    case "language":
      // Half a syllable of one script is none of another.
      applyTextEdit({ type: "commit" });
      break;
    case "enter":
      submitTextEntry();
      break;
    case "hide":
      closeTextEntry();
  }
  const next = pressOnKeyboard(keyboard, key, performance.now());
  if (next === keyboard) return;
  if (next.language !== keyboard.language) storeKeyboardLanguage(next.language);
  textEntryStore.setState({ keyboard: next });
}

function finish(text: string, row: Suggestion | null): void {
  const done = request;
  if (!done?.staysOpen) closeTextEntry();
  done?.onSubmit(text, row);
}

function publish(mayComplete: boolean): void {
  const { value } = edited;
  const { purpose, panelId, secret } = textEntryStore.getState();
  textEntryStore.setState({
    text: value.text,
    caret: value.caret,
    selection: { start: Math.min(value.anchor, value.caret), end: Math.max(value.anchor, value.caret) },
    composition: value.composition,
    suggestions: secret
      ? []
      : suggestEntry(edited, {
          purpose,
          words: entryWords(),
          sources: purpose === "omnibox" ? omniboxSources(panelId) : null,
          now: Date.now(),
          mayComplete,
        }),
  });
}
