import { isKanaInput, kanaCandidates, settleKana, typeKana } from "#lib/core/keyboard/compose-kana.ts";
import {
  type EditHistory,
  type EditKind,
  EMPTY_HISTORY,
  noteEdit,
  redoEdit,
  undoEdit,
} from "#lib/core/keyboard/edit-history.ts";
import {
  type CaretMove,
  commitComposition,
  compositionText,
  createTextValue,
  deleteBackward,
  deleteForward,
  deleteWordBackward,
  insertText,
  moveCaret,
  replaceRange,
  selectAll,
  setCaret,
  setComposition,
  type TextValue,
  wordBeforeCaret,
} from "#lib/core/keyboard/edit-text.ts";

/** A field being typed into: its text, what can be taken back, and what an input method holds. */
export interface EditedText {
  readonly value: TextValue;
  readonly history: EditHistory;
  /** What is composed are kana being typed, rather than words being heard. */
  readonly kana: boolean;
  /** The kana a candidate was chosen for; null while they are still typed. */
  readonly reading: string | null;
}

/** Everything keys, candidates, dictation and a physical keyboard can do to text. */
export type TextEdit =
  | { type: "insert"; text: string }
  | { type: "space" }
  | { type: "deleteBackward" | "deleteForward" | "deleteWordBackward" | "selectAll" | "undo" | "redo" }
  | { type: "move"; to: CaretMove; extend?: boolean }
  | { type: "setCaret"; offset: number; extend?: boolean }
  /** Unsettled text, as dictation hears it. */
  | { type: "compose"; text: string }
  | { type: "commit"; text?: string }
  | { type: "candidate"; index: number }
  /** Finishes the word before the caret. */
  | { type: "completeWord"; text: string }
  /** What another field holds now: the device's own keyboard. */
  | { type: "set"; text: string; anchor: number; caret: number };

export interface EditSituation {
  timeMs: number;
  /** Latin letters become kana. */
  composes: boolean;
}

/** Fields of one line: what is pasted or dictated into them is one too. */
const TEXT_UNITS_MAX = 10_000;

export function createEditedText(text: string, select: "all" | "end"): EditedText {
  return {
    value: createTextValue(text.slice(0, TEXT_UNITS_MAX), select),
    history: EMPTY_HISTORY,
    kana: false,
    reading: null,
  };
}

export function isComposing({ value }: EditedText): boolean {
  return value.composition !== null;
}

/** The candidates for what is being composed; empty when nothing is. */
export function candidatesOf(edited: EditedText): string[] {
  return isComposing(edited) && edited.kana
    ? kanaCandidates(edited.reading ?? compositionText(edited.value))
    : [];
}

/** Applies one edit. Returns the same object when nothing changes. */
export function editText(edited: EditedText, edit: TextEdit, situation: EditSituation): EditedText {
  switch (edit.type) {
    case "undo":
    case "redo": {
      const found = (edit.type === "undo" ? undoEdit : redoEdit)(edited.history, edited.value);
      return found ? { ...found, kana: false, reading: null } : edited;
    }
    case "insert":
      return insert(edited, oneLine(edit.text), situation);
    case "space":
      return isComposing(edited) && edited.kana
        ? nextCandidate(edited)
        : changed(edited, insertText(settle(edited), " "), "other", situation);
    case "deleteBackward":
      return eraseBackward(edited, situation);
    case "deleteForward":
      return changed(edited, deleteForward(settle(edited)), "delete", situation);
    case "deleteWordBackward":
      return changed(edited, deleteWordBackward(settle(edited)), "other", situation);
    case "move":
      return moved(edited, moveCaret(settle(edited), edit.to, edit.extend));
    case "setCaret":
      return moved(edited, setCaret(settle(edited), edit.offset, edit.extend));
    case "selectAll":
      return moved(edited, selectAll(settle(edited)));
    case "compose":
      return composed(edited, oneLine(edit.text), { ...situation, kana: false });
    case "commit":
      return edit.text === undefined
        ? moved(edited, settle(edited))
        : changed(edited, commitComposition(edited.value, oneLine(edit.text)), "other", situation);
    case "candidate": {
      const text = candidatesOf(edited)[edit.index];
      return text === undefined ? edited : moved(edited, commitComposition(edited.value, text));
    }
    case "completeWord": {
      const { caret } = edited.value;
      const start = caret - wordBeforeCaret(edited.value).length;
      return changed(
        edited,
        replaceRange(edited.value, start, caret, `${oneLine(edit.text)} `),
        "other",
        situation,
      );
    }
    case "set": {
      const text = oneLine(edit.text);
      const anchored = setCaret({ text, anchor: 0, caret: 0, composition: null }, edit.anchor);
      return changed(edited, setCaret(anchored, edit.caret, true), "type", situation);
    }
  }
}

function insert(edited: EditedText, text: string, situation: EditSituation): EditedText {
  const composing = isComposing(edited);
  if (!situation.composes || !isKanaInput(text, composing)) {
    return changed(edited, insertText(settle(edited), text), "type", situation);
  }
  // A candidate was chosen, or words were heard: going on typing takes them and begins anew.
  const goesOn = composing && edited.kana && edited.reading === null;
  const base = goesOn ? edited : { ...edited, value: settle(edited), reading: null };
  return composed(base, typeKana(compositionText(base.value), text), { ...situation, kana: true });
}

function composed(
  edited: EditedText,
  shown: string,
  situation: EditSituation & { kana: boolean },
): EditedText {
  const { kana } = situation;
  const value = setComposition(edited.value, shown);
  // The whole composition is one step to take back.
  if (isComposing(edited)) return { ...edited, value, kana, reading: null };
  const begun = changed(edited, value, "other", situation);
  return begun === edited ? edited : { ...begun, kana };
}

function nextCandidate(edited: EditedText): EditedText {
  const reading = edited.reading ?? compositionText(edited.value);
  const candidates = kanaCandidates(reading);
  const shown = compositionText(edited.value);
  const next = candidates[(candidates.indexOf(shown) + 1) % candidates.length];
  return next === undefined ? edited : { ...edited, value: setComposition(edited.value, next), reading };
}

function eraseBackward(edited: EditedText, situation: EditSituation): EditedText {
  if (!isComposing(edited)) return changed(edited, deleteBackward(edited.value), "delete", situation);
  // Out of the candidates first, back to what was typed.
  if (edited.reading !== null) {
    return { ...edited, value: setComposition(edited.value, edited.reading), reading: null };
  }
  const shown = compositionText(edited.value);
  return { ...edited, value: setComposition(edited.value, [...shown].slice(0, -1).join("")) };
}

function settle(edited: EditedText): TextValue {
  const { value } = edited;
  if (!value.composition) return value;
  const shown = compositionText(value);
  return commitComposition(value, edited.kana && edited.reading === null ? settleKana(shown) : shown);
}

function moved(edited: EditedText, value: TextValue): EditedText {
  return { value, history: { ...edited.history, lastKind: null }, kana: false, reading: null };
}

function changed(
  edited: EditedText,
  value: TextValue,
  kind: EditKind,
  { timeMs }: EditSituation,
): EditedText {
  if (value.text === edited.value.text && value.composition === edited.value.composition) {
    return value.caret === edited.value.caret && value.anchor === edited.value.anchor
      ? edited
      : moved(edited, value);
  }
  if (value.text.length > TEXT_UNITS_MAX && value.text.length > edited.value.text.length) return edited;
  return { value, history: noteEdit(edited.history, edited.value, kind, timeMs), kana: false, reading: null };
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, " ");
}
