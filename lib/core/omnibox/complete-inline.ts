import { frecency } from "#lib/core/omnibox/frecency.ts";
import { preparePlace } from "#lib/core/omnibox/prepare-place.ts";
import type { OmniboxSources } from "#lib/core/omnibox/sources.ts";

export interface Completion {
  /** What Enter opens. */
  url: string;
  /** The part to show, selected, after what was typed. */
  tail: string;
}

/** An address has to be this much wanted before it is finished unasked: about two visits of late, or one that was typed. */
const FRECENCY_MIN = 1.2;
const BOOKMARK_WORTH = 1.6;

/**
 * Finishes an address while it is typed, as far as its host, and once the host
 * stands, as far as one known page. Null when nothing known begins this way, or when
 * the text has a space: then it is a search.
 */
export function completeInline(
  text: string,
  sources: Pick<OmniboxSources, "history" | "bookmarks">,
  now: number,
): Completion | null {
  const typed = text.toLowerCase();
  if (typed.length === 0 || /\s|^[?>]/.test(typed)) return null;
  const scheme = /^https?:\/\//.exec(typed)?.[0] ?? "";
  const www = typed.slice(scheme.length).startsWith("www.");
  const wanted = typed.slice(scheme.length);
  const wantsPath = wanted.includes("/");

  const worth = new Map<string, { url: string; shown: string; score: number }>();
  const add = (place: { url: string; title: string }, score: () => number) => {
    const { web } = preparePlace(place);
    if (!web || (scheme && !place.url.startsWith(scheme))) return;
    const host = www ? web.host : web.host.replace(/^www\./, "");
    const shown = wantsPath ? host + web.path : `${host}/`;
    if (!shown.toLowerCase().startsWith(wanted) || shown.length === wanted.length) return;
    const target = wantsPath ? place.url : `${web.origin}/`;
    const known = worth.get(target);
    worth.set(target, { url: target, shown, score: (known?.score ?? 0) + score() });
  };
  for (const entry of sources.history) add(entry, () => frecency(entry, now));
  for (const bookmark of sources.bookmarks) add(bookmark, () => BOOKMARK_WORTH);

  let best: { url: string; shown: string; score: number } | null = null;
  for (const candidate of worth.values()) {
    if (candidate.score >= FRECENCY_MIN && (!best || candidate.score > best.score)) best = candidate;
  }
  return best && { url: best.url, tail: best.shown.slice(wanted.length) };
}
