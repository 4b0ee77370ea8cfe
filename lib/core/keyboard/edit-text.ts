/** Text being edited. Offsets are UTF-16 units; the selection lies between `anchor` and `caret`. */
export interface TextValue {
  readonly text: string;
  readonly anchor: number;
  readonly caret: number;
  /** What an input method has not settled yet, always before the caret. */
  readonly composition: { readonly start: number; readonly end: number } | null;
}

export type CaretMove = "left" | "right" | "wordLeft" | "wordRight" | "start" | "end";

export function createTextValue(text = "", select: "all" | "end" = "end"): TextValue {
  return { text, anchor: select === "all" ? 0 : text.length, caret: text.length, composition: null };
}

export function selectionOf({ anchor, caret }: TextValue): { start: number; end: number } {
  return { start: Math.min(anchor, caret), end: Math.max(anchor, caret) };
}

/** Replaces the selection. */
export function insertText(value: TextValue, added: string): TextValue {
  const { start, end } = selectionOf(value);
  return replaceRange(value, start, end, added);
}

/** One character as people count them: a family emoji or an accented letter goes as a whole. */
export function deleteBackward(value: TextValue): TextValue {
  const { start, end } = selectionOf(value);
  return replaceRange(value, start === end ? previousCharacter(value.text, start) : start, end, "");
}

export function deleteForward(value: TextValue): TextValue {
  const { start, end } = selectionOf(value);
  return replaceRange(value, start, start === end ? nextCharacter(value.text, end) : end, "");
}

export function deleteWordBackward(value: TextValue): TextValue {
  const { start, end } = selectionOf(value);
  return replaceRange(value, start === end ? previousWord(value.text, start) : start, end, "");
}

/** Without `extend`, an arrow first collapses a selection to its side, as everywhere. */
export function moveCaret(value: TextValue, move: CaretMove, extend = false): TextValue {
  const { start, end } = selectionOf(value);
  const collapses = !extend && start !== end;
  const caret =
    collapses && move === "left" ? start : collapses && move === "right" ? end : target(value, move);
  return { ...value, caret, anchor: extend ? value.anchor : caret };
}

export function selectAll(value: TextValue): TextValue {
  return { ...value, anchor: 0, caret: value.text.length };
}

/** Puts the caret where something was pointed at; offsets outside are clamped, halves of a pair avoided. */
export function setCaret(value: TextValue, offset: number, extend = false): TextValue {
  const clamped = Math.min(value.text.length, Math.max(0, Math.round(offset) || 0));
  const isInsidePair =
    /[\uD800-\uDBFF]/.test(value.text.charAt(clamped - 1)) &&
    /[\uDC00-\uDFFF]/.test(value.text.charAt(clamped));
  const caret = isInsidePair ? clamped - 1 : clamped;
  return { ...value, caret, anchor: extend ? value.anchor : caret };
}

/** Shows unsettled text in the place of the composition, or begins one at the selection. Empty text ends it. */
export function setComposition(value: TextValue, shown: string): TextValue {
  const { start, end } = value.composition ?? selectionOf(value);
  const replaced = replaceRange(value, start, end, shown);
  return shown === "" ? replaced : { ...replaced, composition: { start, end: start + shown.length } };
}

/** Settles the composition as `text`, or as it is shown. */
export function commitComposition(value: TextValue, text?: string): TextValue {
  if (!value.composition) return text === undefined ? value : insertText(value, text);
  if (text === undefined) return { ...value, composition: null };
  return replaceRange(value, value.composition.start, value.composition.end, text);
}

export function compositionText({ text, composition }: TextValue): string {
  return composition ? text.slice(composition.start, composition.end) : "";
}

/** The letters before the caret that a completion would finish; empty inside or after no word. */
export function wordBeforeCaret({ text, anchor, caret }: TextValue): string {
  if (anchor !== caret || /^[\p{L}\p{M}\p{N}]/u.test(text.slice(caret))) return "";
  return /[\p{L}\p{M}\p{N}'’-]*$/u.exec(text.slice(0, caret))?.[0] ?? "";
}

export function replaceRange(value: TextValue, start: number, end: number, added: string): TextValue {
  const caret = start + added.length;
  return {
    text: value.text.slice(0, start) + added + value.text.slice(end),
    anchor: caret,
    caret,
    composition: null,
  };
}

function target({ text, caret }: TextValue, move: CaretMove): number {
  switch (move) {
    case "left":
      return previousCharacter(text, caret);
    case "right":
      return nextCharacter(text, caret);
    case "wordLeft":
      return previousWord(text, caret);
    case "wordRight":
      return nextWord(text, caret);
    case "start":
      return 0;
    case "end":
      return text.length;
  }
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** No character is longer, and a long text is not segmented from its start for each key. */
const CHARACTER_UNITS_MAX = 64;

function previousCharacter(text: string, offset: number): number {
  const from = Math.max(0, offset - CHARACTER_UNITS_MAX);
  let last = from;
  for (const { index } of characters.segment(text.slice(from, offset))) last = from + index;
  return last;
}

function nextCharacter(text: string, offset: number): number {
  const [first] = characters.segment(text.slice(offset, offset + CHARACTER_UNITS_MAX));
  return offset + (first?.segment.length ?? 0);
}

function previousWord(text: string, offset: number): number {
  const found = /(?:[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]+)?\s*$/u.exec(text.slice(0, offset));
  return found && found[0] !== "" ? found.index : 0;
}

function nextWord(text: string, offset: number): number {
  const found = /^\s*(?:[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]+)?/u.exec(text.slice(offset));
  return offset + (found?.[0].length ?? 0);
}
