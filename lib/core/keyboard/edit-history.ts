import type { TextValue } from "#lib/core/keyboard/edit-text.ts";

/** What can be taken back and done again. */
export interface EditHistory {
  readonly past: readonly TextValue[];
  readonly future: readonly TextValue[];
  readonly lastKind: EditKind | null;
  readonly lastAtMs: number;
}

export type EditKind = "type" | "delete" | "other";

export const EMPTY_HISTORY: EditHistory = {
  past: [],
  future: [],
  lastKind: null,
  lastAtMs: Number.NEGATIVE_INFINITY,
};

/** Letters typed, or deleted, without a pause longer than this are taken back together. */
const PAUSE_MS = 1500;
const STEPS_MAX = 100;

/** Notes what the text was before an edit. */
export function noteEdit(
  history: EditHistory,
  before: TextValue,
  kind: EditKind,
  timeMs: number,
): EditHistory {
  const goesOn = kind !== "other" && kind === history.lastKind && timeMs - history.lastAtMs <= PAUSE_MS;
  const past = goesOn ? history.past : [...history.past, settled(before)].slice(-STEPS_MAX);
  return { past, future: [], lastKind: kind, lastAtMs: timeMs };
}

/** Null when there is nothing to take back. */
export function undoEdit(
  history: EditHistory,
  now: TextValue,
): { history: EditHistory; value: TextValue } | null {
  const value = history.past.at(-1);
  if (!value) return null;
  return {
    value,
    history: {
      ...history,
      past: history.past.slice(0, -1),
      future: [...history.future, settled(now)],
      lastKind: null,
    },
  };
}

export function redoEdit(
  history: EditHistory,
  now: TextValue,
): { history: EditHistory; value: TextValue } | null {
  const value = history.future.at(-1);
  if (!value) return null;
  return {
    value,
    history: {
      ...history,
      future: history.future.slice(0, -1),
      past: [...history.past, settled(now)],
      lastKind: null,
    },
  };
}

function settled(value: TextValue): TextValue {
  return value.composition ? { ...value, composition: null } : value;
}
