import type { PdfLine } from "#lib/node/reader/formats/pdf/pdf-lines.ts";

/** An entry of the document's outline (bookmarks), flattened. `depth` counts from 1. */
export interface OutlineEntry {
  title: string;
  depth: number;
}

/** How a document is set, learnt from all of its lines. */
export interface PdfStyle {
  /** Size of most of the text. */
  bodySize: number;
  /** Distance between baselines of a paragraph, in ems. */
  pitchEm: number;
  /** Most of the text is monospaced, so that does not mean code. */
  isMonoThroughout: boolean;
  /** The level of a heading set in this size with these words; null when it is no heading. */
  headingLevel(size: number, text: string): 1 | 2 | 3 | 4 | 5 | 6 | null;
  words: ReadonlySet<string>;
}

/** How much larger than the text a heading is at least. */
const HEADING_RATIO = 1.12;
const HEADING_UNITS_MAX = 250;

export function learnStyle(
  pages: readonly (readonly PdfLine[])[],
  outline: readonly OutlineEntry[],
  words: ReadonlySet<string>,
): PdfStyle {
  const units = new Map<number, number>();
  let mono = 0;
  let all = 0;
  const pitches: number[] = [];
  for (const lines of pages) {
    for (const [i, line] of lines.entries()) {
      const size = roundSize(line.size);
      units.set(size, (units.get(size) ?? 0) + line.text.length);
      all += line.text.length;
      if (line.isMono) mono += line.text.length;
      const previous = lines[i - 1];
      const pitch = previous ? (previous.y - line.y) / line.size : 0;
      if (pitch > 0.8 && pitch < 2.5) pitches.push(pitch);
    }
  }
  const bodySize = [...units].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
  const larger = [...units.keys()]
    .filter((size) => size >= bodySize * HEADING_RATIO)
    .toSorted((a, b) => b - a);
  const byTitle = new Map(outline.map(({ title, depth }) => [titleKey(title), depth] as const));
  return {
    bodySize,
    pitchEm: median(pitches) ?? 1.25,
    isMonoThroughout: mono > all * 0.7,
    words,
    headingLevel(size, text) {
      if (text.length > HEADING_UNITS_MAX || !/[\p{L}\p{N}]/u.test(text)) return null;
      const depth = byTitle.get(titleKey(text));
      if (depth !== undefined) return clampLevel(depth + 1);
      const rank = larger.indexOf(roundSize(size));
      return rank === -1 ? null : clampLevel(byTitle.size > 0 ? Math.min(rank + 1, 4) : rank + 1);
    },
  };
}

function clampLevel(level: number): 1 | 2 | 3 | 4 | 5 | 6 {
  return Math.min(Math.max(level, 1), 6) as 1 | 2 | 3 | 4 | 5 | 6;
}

/** Outline titles leave out numbers, or add them; letters decide. */
function titleKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[\s\d.ivx]+(?=\p{L})/u, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

function roundSize(size: number): number {
  return Math.round(size * 2) / 2;
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;
}
