import { searchUrl } from "#lib/core/omnibox/describe-address.ts";
import type { Span } from "#lib/core/omnibox/match-text.ts";
import type { CommandChoice } from "#lib/core/omnibox/sources.ts";

export interface SuggestionRow {
  /** Unique in its list. */
  key: string;
  title: string;
  titleSpans: readonly Span[];
  /** Second line or aside; an address as people read it. */
  detail: string;
  detailSpans: readonly Span[];
  icon: string | null;
}

export type Suggestion = SuggestionRow &
  (
    | { kind: "address" | "search" | "history" | "bookmark"; url: string }
    | { kind: "panel"; panelId: string; url: string }
    | { kind: "command"; commandId: string; shortcut: string | null }
    /** Typed text that Enter cannot act on; `title` says why. */
    | { kind: "refused" }
  );

export function plainRow(kind: string, key: string, title: string): SuggestionRow {
  return { key: `${kind} ${key}`, title, titleSpans: [], detail: "", detailSpans: [], icon: null };
}

export function searchRow(query: string): Suggestion {
  const words = query.replace(/^\?\s*/, "");
  return { ...plainRow("search", words, words), kind: "search", url: searchUrl(words) };
}

export function commandRow(command: CommandChoice, titleSpans: readonly Span[]): Suggestion {
  return {
    ...plainRow("command", command.id, command.title),
    titleSpans,
    kind: "command",
    commandId: command.id,
    shortcut: command.shortcut,
  };
}

/** In one word or two, what Enter or a press does: always shown beside the row. */
export function actionLabel(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "search":
      return "Search";
    case "panel":
      return "Switch to tab";
    case "command":
      return "Run";
    case "refused":
      return "";
    default:
      return "Open";
  }
}
