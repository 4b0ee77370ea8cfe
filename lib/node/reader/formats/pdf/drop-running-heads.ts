import type { PdfLine } from "#lib/node/reader/formats/pdf/pdf-lines.ts";

/** Share of a page's height, at its top and at its bottom, where running heads and feet stand. */
const MARGIN = 0.1;
const PAGES_MIN = 3;

export interface PageLines {
  lines: readonly PdfLine[];
  bottom: number;
  top: number;
}

/**
 * Takes away what repeats at the top or bottom of pages: the same words at the
 * same height, numbers aside; page numbers that stand alone there; and a first or
 * last line with a page number at the height where most pages have one.
 */
export function dropRunningHeads(pages: readonly PageLines[]): PdfLine[][] {
  if (pages.length < 2) return pages.map(({ lines }) => [...lines]);
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const key of new Set(edgesOf(page).flatMap(keysOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // Left and right pages may carry different heads, hence a little under half.
  const repeated = Math.max(PAGES_MIN, pages.length * 0.4);
  return pages.map((page) => {
    const edges = new Set(edgesOf(page));
    const isHead = (line: PdfLine) =>
      isPageNumber(line.text) || keysOf(line).some((key) => (counts.get(key) ?? 0) >= repeated);
    return page.lines.filter((line) => !edges.has(line) || !isHead(line));
  });
}

function edgesOf({ lines, bottom, top }: PageLines): PdfLine[] {
  const margin = (top - bottom) * MARGIN;
  return lines.filter((line) => line.y < bottom + margin || line.y > top - margin);
}

function keysOf(line: PdfLine): string[] {
  const height = Math.round(line.y / 4);
  const words = line.text.replace(/\d+/g, "#").replace(/\s+/g, " ").trim().toLowerCase();
  const isNumbered = /^\d{1,4}\s+\S|\S\s+(?:\d{1,4}|[ivxlc]{1,7})$/i.test(line.text.trim());
  return isNumbered && line.text.length < 120
    ? [`${height} ${words}`, `${height} numbered`]
    : [`${height} ${words}`];
}

function isPageNumber(text: string): boolean {
  return /^\W{0,3}(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:\/|of)\s*\d{1,4})?\W{0,3}$/i.test(text.trim());
}
