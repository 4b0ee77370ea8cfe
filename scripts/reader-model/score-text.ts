import { wordsOf } from "./label-units.ts";
import type { CorpusPage } from "./read-corpus.ts";

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Word F1 as WCXB scores it: multiset overlap of lower-case words, harmonic mean of precision and recall. */
export function wordF1(extracted: string, truth: string): number {
  const got = countsOf(extracted);
  const wanted = countsOf(truth);
  let overlap = 0;
  let all = 0;
  for (const [word, count] of got) {
    overlap += Math.min(count, wanted.get(word) ?? 0);
    all += count;
  }
  for (const count of wanted.values()) all += count;
  return all === 0 ? 0 : (2 * overlap) / all;
}

export interface SnippetScore {
  /** Snippets found among those that must be there. */
  found: number;
  wanted: number;
  /** Boilerplate that got in among what must not. */
  leaked: number;
  unwanted: number;
}

/** Snippets are compared as words, so punctuation and line ends do not matter. */
export function scoreSnippets(extracted: string, page: CorpusPage): SnippetScore {
  const text = ` ${wordsOf(extracted).join(" ")} `;
  const holds = (snippet: string): boolean => text.includes(` ${wordsOf(snippet).join(" ")} `);
  return {
    found: page.with.filter(holds).length,
    wanted: page.with.length,
    leaked: page.without.filter(holds).length,
    unwanted: page.without.length,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
