import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { omniboxSources } from "#lib/client/commands/omnibox-sources.ts";
import { whenLibraryReady } from "#lib/client/store/library-port.ts";
import { editableAddress, searchWords } from "#lib/core/omnibox/describe-address.ts";
import { type Suggestions, suggest } from "#lib/core/omnibox/suggest.ts";
import type { Suggestion } from "#lib/core/omnibox/suggestion.ts";

interface Draft {
  /** What the person typed; the field may show more. */
  typed: string;
  suggestions: Suggestions;
  /** Which row Enter takes; -1 for none, as with an empty field. */
  chosen: number;
  /** The person went through the rows, so the field shows the row's text. */
  browsed: boolean;
}

const NOTHING: Suggestions = { rows: [], completion: null };

export interface OmniboxModel {
  /** The text of the field. */
  value: string;
  rows: readonly Suggestion[];
  chosen: number;
  /** Something was typed or chosen since the field got the focus. */
  isDirty: boolean;
  inputRef: React.RefObject<HTMLInputElement | null>;
  type: (text: string, mayComplete: boolean) => void;
  /** Goes through the rows; past either end the typed text comes back. */
  move: (step: 1 | -1) => void;
  /** Back to the address of the page. */
  reset: () => void;
  /** What Enter does now. */
  current: () => Suggestion | null;
}

/**
 * The state of the field while an address is typed. `url` is what the panel shows;
 * the draft is forgotten when it changes.
 */
export function useOmnibox({ panelId, url }: { panelId: string | null; url: string }): OmniboxModel {
  const inputRef = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const { suggestions } = draft ?? { suggestions: NOTHING };
  const chosenRow = suggestions.rows[draft?.chosen ?? -1] ?? null;
  const tail = draft && !draft.browsed && draft.chosen === 0 ? (suggestions.completion?.tail ?? "") : "";
  const value = draft
    ? draft.browsed
      ? textOf(chosenRow, draft.typed)
      : draft.typed + tail
    : editableAddress(url);

  // The finished part stays selected, so that typing on replaces it.
  useLayoutEffect(() => {
    const input = inputRef.current;
    if (draft && tail && input && document.activeElement === input) {
      input.setSelectionRange(draft.typed.length, draft.typed.length + tail.length);
    }
  }, [draft, tail]);

  // What the library knows is offered as soon as it is there, below what Enter does already.
  useEffect(() => {
    let isHere = true;
    void whenLibraryReady().then(() => {
      if (!isHere) return;
      setDraft((now) => {
        if (!now || now.browsed || now.suggestions.completion) return now;
        const sources = omniboxSources(panelId);
        return { ...now, suggestions: suggest(now.typed, sources, { now: Date.now(), mayComplete: false }) };
      });
    });
    return () => {
      isHere = false;
    };
  }, [panelId]);

  return {
    value,
    rows: suggestions.rows,
    chosen: draft?.chosen ?? -1,
    isDirty: draft !== null,
    inputRef,
    type(text, mayComplete) {
      const found = suggest(text, omniboxSources(panelId), { now: Date.now(), mayComplete });
      setDraft({ typed: text, suggestions: found, chosen: firstRow(text), browsed: false });
    },
    move(step) {
      setDraft((now) => {
        const known = now ?? {
          typed: "",
          suggestions: suggest("", omniboxSources(panelId), { now: Date.now(), mayComplete: false }),
          chosen: -1,
          browsed: false,
        };
        const count = known.suggestions.rows.length;
        if (count === 0) return now;
        const chosen = known.chosen < 0 && step < 0 ? count - 1 : (known.chosen + step + count) % count;
        return { ...known, chosen, browsed: true };
      });
    },
    reset: () => setDraft(null),
    current: () => (draft ? chosenRow : null),
  };
}

/** Enter on an empty field does nothing, whatever is offered below it. */
function firstRow(text: string): number {
  return text.trim() === "" ? -1 : 0;
}

function textOf(row: Suggestion | null, typed: string): string {
  if (row === null || row.kind === "command" || row.kind === "refused" || row.kind === "panel") return typed;
  return row.kind === "search" ? searchWords(row.url) : editableAddress(row.url);
}
