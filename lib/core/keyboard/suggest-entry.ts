import { completeWords, type WordIndex } from "#lib/core/keyboard/complete-words.ts";
import { wordBeforeCaret } from "#lib/core/keyboard/edit-text.ts";
import { SUGGESTIONS_MAX } from "#lib/core/keyboard/key-geometry.ts";
import type { EntryPurpose } from "#lib/core/keyboard/keys.ts";
import { candidatesOf, type EditedText } from "#lib/core/keyboard/text-edit.ts";
import type { OmniboxSources } from "#lib/core/omnibox/sources.ts";
import { suggest } from "#lib/core/omnibox/suggest.ts";
import { actionLabel, type Suggestion } from "#lib/core/omnibox/suggestion.ts";

/** One place above the keys. `detail` is the smaller line: an address, or what pressing it does. */
export type EntrySuggestion =
  | { kind: "candidate"; label: string; detail: string; index: number }
  | { kind: "word"; label: string; detail: string }
  | { kind: "row"; label: string; detail: string; row: Suggestion };

export interface SuggestEntryOptions {
  purpose: EntryPurpose;
  /** Words of the page and of what was read. */
  words: WordIndex;
  /** Null where addresses are not meant. */
  sources: OmniboxSources | null;
  now: number;
  /** Text was added at the end just now. */
  mayComplete: boolean;
}

/**
 * What the row above the keys offers: candidates while kana are typed, otherwise what
 * the omnibox would do (the first is what Enter does) and words that fit.
 */
export function suggestEntry(edited: EditedText, options: SuggestEntryOptions): EntrySuggestion[] {
  const candidates = candidatesOf(edited);
  if (candidates.length > 0) {
    return candidates.slice(0, SUGGESTIONS_MAX).map((label, index) => ({
      kind: "candidate",
      label,
      detail: "",
      index,
    }));
  }
  const { value } = edited;
  const words = completeWords(options.words, wordBeforeCaret(value), SUGGESTIONS_MAX).map(
    (label): EntrySuggestion => ({ kind: "word", label, detail: "" }),
  );
  if (options.purpose !== "omnibox" || !options.sources) return words;
  const mayComplete = options.mayComplete && value.caret === value.text.length;
  const { rows } = suggest(value.text, options.sources, {
    now: options.now,
    mayComplete,
    limit: SUGGESTIONS_MAX,
  });
  const shown = rows.map(
    (row): EntrySuggestion => ({ kind: "row", label: row.title, detail: detailOf(row), row }),
  );
  // Most of what is typed here is an address; one word at most is offered, last.
  return words.length > 0 && /\s/.test(value.text)
    ? [...shown.slice(0, SUGGESTIONS_MAX - 1), ...words.slice(0, 1)]
    : shown.slice(0, SUGGESTIONS_MAX);
}

function detailOf(row: Suggestion): string {
  const does = actionLabel(row);
  return row.detail && does ? `${does} · ${row.detail}` : row.detail || does;
}
