/** Start and end of a matched stretch, in UTF-16 units. */
export type Span = readonly [start: number, end: number];

export interface TextMatch {
  /** 0 to 1. */
  score: number;
  spans: Span[];
}

/** Lower case without accents, unit for unit where that is possible, so that spans fit the original. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.normalize("NFD").replace(/\p{M}+/gu, "");
  return folded.length === text.length ? folded : lower.length === text.length ? lower : text;
}

export function splitWords(text: string): string[] {
  return foldText(text.trim()).split(/\s+/).filter(Boolean);
}

/**
 * How well every one of `words` (folded) is found in `text`: at the start of a word
 * counts most, inside one less. Null when any is missing. `folded` spares folding a text that is asked about often.
 */
export function matchWords(
  words: readonly string[],
  text: string,
  folded: string = foldText(text),
): TextMatch | null {
  const spans: Span[] = [];
  let total = 0;
  for (const word of words) {
    const found = findWord(folded, word);
    if (!found) return null;
    spans.push([found.at, found.at + word.length]);
    total += found.score;
  }
  if (words.length === 0) return null;
  const covered = Math.min(1, words.join(" ").length / Math.max(1, folded.length));
  return { score: (total / words.length) * 0.85 + covered * 0.15, spans: mergeSpans(spans) };
}

function findWord(text: string, word: string): { at: number; score: number } | null {
  let inside = -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0) return { at, score: 1 };
    if (!isWordUnit(text, at - 1)) return { at, score: 0.9 };
    if (inside < 0) inside = at;
  }
  return inside < 0 ? null : { at: inside, score: word.length > 1 ? 0.55 : 0.2 };
}

/** ASCII is told apart without the Unicode tables: most text is, and this runs for every occurrence. */
function isWordUnit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 128)
    return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90);
  return /[\p{L}\p{N}]/u.test(text.charAt(at));
}

/**
 * The letters of `query` (folded, without spaces) in order but with gaps, as in
 * `clt` for "Close tab". Starts of words and runs of letters score higher; scattered
 * letters score too low to be shown.
 */
export function matchLetters(query: string, text: string): TextMatch | null {
  const folded = foldText(text);
  const spans: Span[] = [];
  let score = 0;
  let from = 0;
  for (const letter of query) {
    const start = wordStart(folded, letter, from);
    const next = folded.indexOf(letter, from);
    const run = spans.at(-1)?.[1];
    const at = next === run ? next : start >= 0 ? start : next;
    if (at < 0) return null;
    score += at === run ? 0.8 : at === start ? 1 : 0.1;
    spans.push([at, at + letter.length]);
    from = at + letter.length;
  }
  const mean = score / Math.max(1, query.length);
  return mean < 0.6 ? null : { score: mean * 0.6, spans: mergeSpans(spans) };
}

function wordStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (at === 0 || !isWordUnit(text, at - 1)) return at;
  }
  return -1;
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
