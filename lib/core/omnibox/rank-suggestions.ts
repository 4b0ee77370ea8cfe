import { frecency } from "#lib/core/omnibox/frecency.ts";
import { matchLetters, matchWords, splitWords, type TextMatch } from "#lib/core/omnibox/match-text.ts";
import { preparePlace } from "#lib/core/omnibox/prepare-place.ts";
import type { CommandChoice, OmniboxSources } from "#lib/core/omnibox/sources.ts";
import { commandRow, type Suggestion, type SuggestionRow } from "#lib/core/omnibox/suggestion.ts";

/** The row is built only if it is shown: of thousands that match, eight are. */
export interface RankedSuggestion {
  score: number;
  build: () => Suggestion;
}

/** Everything that fits the typed words, in no order. */
export function rankSuggestions(typed: string, sources: OmniboxSources, now: number): RankedSuggestion[] {
  const words = splitWords(typed.replace(/^https?:\/\/(www\.)?/i, ""));
  const ranked: RankedSuggestion[] = [];
  const seen = new Set<string>();
  for (const bookmark of sources.bookmarks) {
    const match = matchPlace(words, bookmark);
    if (!match || seen.has(bookmark.url)) continue;
    seen.add(bookmark.url);
    const { url } = bookmark;
    ranked.push({
      score: match.score + 0.25,
      build: () => ({ ...placeRow(bookmark, match), kind: "bookmark", key: `bookmark ${url}`, url }),
    });
  }
  for (const entry of sources.history) {
    const match = seen.has(entry.url) ? null : matchPlace(words, entry);
    if (!match) continue;
    // Worth counts as much as fit, but cannot lift a page that fits badly above all others.
    const worth = Math.min(1, frecency(entry, now) / 4);
    const { url } = entry;
    ranked.push({
      score: match.score * (0.5 + worth / 2),
      build: () => ({ ...placeRow(entry, match), kind: "history", key: `history ${url}`, url }),
    });
  }
  for (const panel of sources.panels) {
    const match = matchPlace(words, panel);
    if (!match) continue;
    const { id, url } = panel;
    ranked.push({
      score: match.score * 0.9,
      build: () => ({ ...placeRow(panel, match), kind: "panel", key: `panel ${id}`, panelId: id, url }),
    });
  }
  const commands = typed.length > 1 ? rankCommands(typed, sources.commands) : [];
  return [...ranked, ...commands.slice(0, 3).map(({ build, score }) => ({ build, score: score * 0.7 }))];
}

interface PlaceMatch {
  score: number;
  inTitle: TextMatch | null;
  inAddress: TextMatch | null;
}

function matchPlace(words: readonly string[], place: { url: string; title: string }): PlaceMatch | null {
  const { address, foldedTitle, foldedAddress } = preparePlace(place);
  const inTitle = matchWords(words, place.title, foldedTitle);
  const inAddress = matchWords(words, address, foldedAddress);
  const both =
    inTitle || inAddress || words.length < 2
      ? null
      : matchWords(words, "", `${foldedTitle} ${foldedAddress}`);
  const score = Math.max(inTitle?.score ?? 0, inAddress?.score ?? 0, (both?.score ?? 0) * 0.9);
  return score === 0 ? null : { score, inTitle, inAddress };
}

function placeRow(
  place: { url: string; title: string; icon: string | null },
  match: PlaceMatch,
): SuggestionRow {
  const { address } = preparePlace(place);
  return {
    key: place.url,
    title: place.title || address,
    titleSpans: match.inTitle?.spans ?? [],
    detail: address,
    detailSpans: match.inAddress?.spans ?? [],
    icon: place.icon,
  };
}

/** Commands that fit, best first; all of them for an empty query. */
export function rankCommands(query: string, commands: readonly CommandChoice[]): RankedSuggestion[] {
  if (query === "") return commands.map((command) => ({ build: () => commandRow(command, []), score: 0 }));
  const words = splitWords(query);
  const letters = words.join("");
  return commands
    .flatMap((command): RankedSuggestion[] => {
      const title =
        matchWords(words, command.title) ??
        (letters.length > 1 ? matchLetters(letters, command.title) : null);
      const alias = Math.max(0, ...command.aliases.map((name) => matchWords(words, name)?.score ?? 0)) * 0.9;
      const score = Math.max(title?.score ?? 0, alias);
      return score > 0 ? [{ build: () => commandRow(command, title?.spans ?? []), score }] : [];
    })
    .sort((a, b) => b.score - a.score);
}
