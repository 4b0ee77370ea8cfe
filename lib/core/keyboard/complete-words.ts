/** Words that could be meant, sorted, so that those with one beginning stand together. */
export interface WordIndex {
  readonly words: readonly { readonly folded: string; readonly word: string; readonly count: number }[];
}

export const EMPTY_WORDS: WordIndex = { words: [] };

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
const LENGTH_MIN = 4;
const LENGTH_MAX = 40;
/** Enough for a long book; the commonest stay. */
const WORDS_MAX = 20_000;
/** About 60,000 words: a few hundredths of a second. */
const TEXT_UNITS_MAX = 400_000;

/** The words of texts, each in its commonest spelling. */
export function createWordIndex(texts: Iterable<string>): WordIndex {
  const found = new Map<string, { spellings: Map<string, number>; count: number }>();
  let left = TEXT_UNITS_MAX;
  for (const text of texts) {
    if (left <= 0) break;
    for (const [word] of text.slice(0, left).matchAll(WORD)) {
      if (word.length < LENGTH_MIN || word.length > LENGTH_MAX) continue;
      const folded = word.toLowerCase();
      const entry = found.get(folded) ?? { spellings: new Map(), count: 0 };
      entry.count += 1;
      entry.spellings.set(word, (entry.spellings.get(word) ?? 0) + 1);
      found.set(folded, entry);
    }
    left -= text.length;
  }
  const words = [...found]
    .sort((a, b) => b[1].count - a[1].count)
    .slice(0, WORDS_MAX)
    .map(([folded, { spellings, count }]) => ({ folded, word: commonest(spellings), count }))
    .sort((a, b) => (a.folded < b.folded ? -1 : 1));
  return { words };
}

/** Words that begin as typed, the commonest first, then the shorter. Capitals typed are kept. */
export function completeWords(index: WordIndex, typed: string, limit: number): string[] {
  if (typed.length < 2) return [];
  const folded = typed.toLowerCase();
  const fits: WordIndex["words"][number][] = [];
  for (let at = lowerBound(index, folded); at < index.words.length; at += 1) {
    const entry = index.words[at];
    if (!entry?.folded.startsWith(folded)) break;
    if (entry.folded.length > folded.length) fits.push(entry);
  }
  return fits
    .sort((a, b) => b.count - a.count || a.word.length - b.word.length)
    .slice(0, limit)
    .map(({ word }) => typed + word.slice(typed.length));
}

function lowerBound({ words }: WordIndex, folded: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.folded ?? "") < folded) low = middle + 1;
    else high = middle;
  }
  return low;
}

function commonest(spellings: ReadonlyMap<string, number>): string {
  let best = "";
  let most = 0;
  for (const [word, count] of spellings) if (count > most) [best, most] = [word, count];
  return best;
}
