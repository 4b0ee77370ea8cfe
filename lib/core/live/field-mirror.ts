import { diffField } from "#lib/core/live/field-edit.ts";

/** What is known of the remote text field; UTF-16 units. */
export interface MirroredField {
  field: string;
  /** Empty for passwords, whose length alone is told. */
  value: string;
  length: number;
}

export type FieldMessage =
  | { type: "edit"; from: number; to: number; text: string; caret: number }
  | { type: "text"; text: string }
  | {
      type: "key";
      kind: "down" | "up";
      key: string;
      code: string;
      location: number;
      repeat: boolean;
      modifiers: { alt: boolean; ctrl: boolean; meta: boolean; shift: boolean };
    };

/** A remote field's text on this side, while it is typed into here. */
export interface FieldMirror {
  /** To start with: for a password, a dot for each of its letters. */
  readonly text: string;
  /** What to tell the page after the text has become another here. */
  change(text: string, caret: number): FieldMessage[];
  /** The page says what its field holds: the text to show here, or null when nothing is to change. */
  adopt(field: MirroredField): string | null;
}

/** Longer than this a text is not carried along: only what is typed is told. */
const MIRRORED_MAX = 10_000;
/** Values on their way there and back; a person types no more within one round trip. */
const ON_THE_WAY_MAX = 64;
const DOT = "•";
const NO_KEYS = { alt: false, ctrl: false, meta: false, shift: false };

/**
 * Keeps the two ends of a text field alike. Each change is told as one replacement
 * in what the page held; answers that are older than what was told since are known
 * again and passed over. Rich text and very long texts are not carried: letters and
 * backspaces are told as keys would be.
 */
export function createFieldMirror(first: MirroredField): FieldMirror {
  const isSecret = first.field === "password";
  const isCarried = first.field !== "contenteditable" && first.length <= MIRRORED_MAX;
  const start = isCarried ? textOf(first) : "";
  let text = start;
  const onTheWay: string[] = [];
  const known = (value: string): string => (isSecret ? DOT.repeat(value.length) : value);

  return {
    text: start,
    change(next, caret) {
      const edit = diffField(text, next, caret);
      if (!edit) return [];
      text = next;
      if (!isCarried) return asKeys(edit);
      onTheWay.push(known(next));
      if (onTheWay.length > ON_THE_WAY_MAX) onTheWay.shift();
      return [{ type: "edit", ...edit, caret }];
    },
    adopt(field) {
      if (!isCarried) return null;
      const told = textOf(field);
      const place = onTheWay.lastIndexOf(told);
      if (place >= 0) {
        onTheWay.splice(0, place + 1);
        return null;
      }
      if (told === known(text)) return null;
      onTheWay.length = 0;
      text = told;
      return told;
    },
  };
}

function textOf({ field, value, length }: MirroredField): string {
  return field === "password" ? DOT.repeat(length) : value;
}

function asKeys({ from, to, text }: { from: number; to: number; text: string }): FieldMessage[] {
  const key = { key: "Backspace", code: "Backspace", location: 0, repeat: false, modifiers: NO_KEYS };
  const back = Array.from({ length: to - from }, (): FieldMessage[] => [
    { type: "key", kind: "down", ...key },
    { type: "key", kind: "up", ...key },
  ]).flat();
  return text === "" ? back : [...back, { type: "text", text }];
}
