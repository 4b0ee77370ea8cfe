import { type Completion, completeInline } from "#lib/core/omnibox/complete-inline.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { frecency } from "#lib/core/omnibox/frecency.ts";
import { rankCommands, rankSuggestions } from "#lib/core/omnibox/rank-suggestions.ts";
import type { CommandChoice, OmniboxSources } from "#lib/core/omnibox/sources.ts";
import { commandRow, plainRow, type Suggestion, searchRow } from "#lib/core/omnibox/suggestion.ts";
import { parseAddress } from "#lib/core/url/parse-address.ts";

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
    const commands = rankCommands(typed.slice(1).trim(), sources.commands).map(({ build }) => build());
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
  const found = rankSuggestions(typed, sources, options.now);
  const rows: Suggestion[] = exact && !completion ? [commandRow(exact, []), first] : [first];
  if (first.kind === "address") found.push({ build: () => searchRow(typed), score: 0.25 });
  for (const { build } of found.sort((a, b) => b.score - a.score)) {
    if (rows.length >= limit) break;
    const row = build();
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
