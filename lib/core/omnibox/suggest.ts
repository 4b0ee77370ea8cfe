import { type Completion, completeInline } from "#lib/core/omnibox/complete-inline.ts";
import { searchUrl, shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { frecency } from "#lib/core/omnibox/frecency.ts";
import { matchLetters, matchWords, type Span, splitWords } from "#lib/core/omnibox/match-text.ts";
import type { CommandChoice, OmniboxSources } from "#lib/core/omnibox/sources.ts";
import { parseAddress } from "#lib/core/url/parse-address.ts";

interface Row {
  /** Unique in its list. */
  key: string;
  title: string;
  titleSpans: readonly Span[];
  /** Second line or aside; an address as people read it. */
  detail: string;
  detailSpans: readonly Span[];
  icon: string | null;
}

export type Suggestion = Row &
  (
    | { kind: "address" | "search" | "history" | "bookmark"; url: string }
    | { kind: "panel"; panelId: string; url: string }
    | { kind: "command"; commandId: string; shortcut: string | null }
    /** Typed text that Enter cannot act on; `title` says why. */
    | { kind: "refused" }
  );

export interface Suggestions {
  /** The first is what Enter does as long as nothing else is chosen. Empty only for empty text with nothing known. */
  rows: Suggestion[];
  completion: Completion | null;
}

export interface SuggestOptions {
  now: number;
  /** Text was added at the end just now, so finishing it does not undo a deletion. */
  mayComplete: boolean;
  limit?: number;
}

/**
 * Everything the one field can do with what stands in it. Typing `>` first narrows
 * it to commands, `?` to a search. Pure; one pass over each source.
 */
export function suggest(text: string, sources: OmniboxSources, options: SuggestOptions): Suggestions {
  const limit = options.limit ?? 8;
  const typed = text.trim();
  if (typed === "") return { rows: topSites(sources, options.now).slice(0, limit), completion: null };
  if (typed.startsWith(">")) {
    const commands = rankCommands(typed.slice(1).trim(), sources.commands).map(({ row }) => row);
    const none = plainRow("refused", "none", "No command has this name");
    return {
      rows: commands.length > 0 ? commands.slice(0, Math.max(limit, 12)) : [{ ...none, kind: "refused" }],
      completion: null,
    };
  }

  const completion =
    options.mayComplete && text === typed ? completeInline(text, sources, options.now) : null;
  const first = defaultRow(typed, completion, sources);
  const exact = sources.commands.find((command) => namesOf(command).includes(typed.toLowerCase()));
  const found = rank(typed, sources, options.now);
  const rows: Suggestion[] = exact && !completion ? [commandRow(exact, []), first] : [first];
  if (first.kind === "address") found.push({ row: searchRow(typed), score: 0.25 });
  for (const { row } of found.sort((a, b) => b.score - a.score)) {
    if (rows.length >= limit) break;
    if (!rows.some((other) => isSame(other, row))) rows.push(row);
  }
  return { rows, completion };
}

function defaultRow(typed: string, completion: Completion | null, sources: OmniboxSources): Suggestion {
  if (completion) return addressRow(completion.url, sources);
  const address = parseAddress(typed);
  if (address.kind === "url") return addressRow(address.url, sources);
  if (address.kind === "search") return searchRow(address.query);
  return {
    ...plainRow("refused", "refused", `Qui does not open ${address.scheme}: addresses`),
    kind: "refused",
  };
}

function addressRow(url: string, sources: OmniboxSources): Suggestion {
  const known = sources.bookmarks.find((b) => b.url === url) ?? sources.history.find((h) => h.url === url);
  const address = shortAddress(url);
  const title = known?.title || address;
  return {
    ...plainRow("address", url, title),
    detail: known?.title ? address : "",
    icon: known?.icon ?? null,
    kind: "address",
    url,
  };
}

function searchRow(query: string): Suggestion {
  const words = query.replace(/^\?\s*/, "");
  return { ...plainRow("search", words, words), kind: "search", url: searchUrl(words) };
}

function plainRow(kind: string, key: string, title: string): Row {
  return { key: `${kind} ${key}`, title, titleSpans: [], detail: "", detailSpans: [], icon: null };
}

interface Ranked {
  row: Suggestion;
  score: number;
}

function rank(typed: string, sources: OmniboxSources, now: number): Ranked[] {
  const words = splitWords(typed.replace(/^https?:\/\/(www\.)?/i, ""));
  const ranked: Ranked[] = [];
  const seen = new Set<string>();
  for (const bookmark of sources.bookmarks) {
    const match = matchPlace(words, bookmark);
    if (!match || seen.has(bookmark.url)) continue;
    seen.add(bookmark.url);
    ranked.push({
      row: { ...match.row, kind: "bookmark", key: `bookmark ${bookmark.url}`, url: bookmark.url },
      score: match.score + 0.25,
    });
  }
  for (const entry of sources.history) {
    const match = seen.has(entry.url) ? null : matchPlace(words, entry);
    if (!match) continue;
    // Worth counts as much as fit, but cannot lift a page that fits badly above all others.
    const worth = Math.min(1, frecency(entry, now) / 4);
    ranked.push({
      row: { ...match.row, kind: "history", key: `history ${entry.url}`, url: entry.url },
      score: match.score * (0.5 + worth / 2),
    });
  }
  for (const panel of sources.panels) {
    const match = matchPlace(words, panel);
    if (!match) continue;
    ranked.push({
      row: { ...match.row, kind: "panel", key: `panel ${panel.id}`, panelId: panel.id, url: panel.url },
      score: match.score * 0.9,
    });
  }
  const commands = typed.length > 1 ? rankCommands(typed, sources.commands) : [];
  return [...ranked, ...commands.slice(0, 3).map(({ row, score }) => ({ row, score: score * 0.7 }))];
}

function matchPlace(words: readonly string[], place: { url: string; title: string; icon: string | null }) {
  const address = shortAddress(place.url);
  const inTitle = matchWords(words, place.title);
  const inAddress = matchWords(words, address);
  const both = inTitle || inAddress ? null : matchWords(words, `${place.title} ${address}`);
  const best = Math.max(inTitle?.score ?? 0, inAddress?.score ?? 0, (both?.score ?? 0) * 0.9);
  if (best === 0) return null;
  const row: Row = {
    key: place.url,
    title: place.title || address,
    titleSpans: inTitle?.spans ?? [],
    detail: address,
    detailSpans: inAddress?.spans ?? [],
    icon: place.icon,
  };
  return { row, score: best };
}

function rankCommands(query: string, commands: readonly CommandChoice[]): Ranked[] {
  if (query === "") return commands.map((command) => ({ row: commandRow(command, []), score: 0 }));
  const words = splitWords(query);
  const letters = words.join("");
  return commands
    .flatMap((command): Ranked[] => {
      const title =
        matchWords(words, command.title) ??
        (letters.length > 1 ? matchLetters(letters, command.title) : null);
      const alias = Math.max(0, ...command.aliases.map((name) => matchWords(words, name)?.score ?? 0)) * 0.9;
      const score = Math.max(title?.score ?? 0, alias);
      return score > 0 ? [{ row: commandRow(command, title?.spans ?? []), score }] : [];
    })
    .sort((a, b) => b.score - a.score);
}

function commandRow(command: CommandChoice, titleSpans: readonly Span[]): Suggestion {
  return {
    ...plainRow("command", command.id, command.title),
    titleSpans,
    kind: "command",
    commandId: command.id,
    shortcut: command.shortcut,
  };
}

function namesOf(command: CommandChoice): string[] {
  return [command.title, ...command.aliases].map((name) => name.toLowerCase().replace(/…$/, ""));
}

function topSites(sources: OmniboxSources, now: number): Suggestion[] {
  return [...sources.history]
    .map((entry) => ({ entry, score: frecency(entry, now) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 8)
    .map(({ entry }) => ({
      ...plainRow("history", entry.url, entry.title || shortAddress(entry.url)),
      detail: shortAddress(entry.url),
      icon: entry.icon,
      kind: "history",
      url: entry.url,
    }));
}

/** One address is offered once; switching to its open panel is another offer. */
function isSame(a: Suggestion, b: Suggestion): boolean {
  if (a.key === b.key) return true;
  const opens = (row: Suggestion) => (row.kind === "panel" || !("url" in row) ? null : row.url);
  return opens(a) !== null && opens(a) === opens(b);
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
