import type { PdfItem } from "#lib/node/reader/formats/pdf/pdf-item.ts";
import type { Run } from "#lib/protocol/document.ts";

/** A stretch of a line between wide gaps. */
export interface PdfCell {
  x: number;
  right: number;
  runs: Run[];
}

export interface PdfLine {
  /** At least one; several where wide gaps divide the line. */
  cells: PdfCell[];
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  isMono: boolean;
}

/** Gaps in ems: from here on a space, and from here on another column of a table. */
const SPACE_EM = 0.17;
const CELL_EM = 1.4;

/** Puts items that stand on one baseline together, in the order the file draws them. */
export function pdfLines(items: readonly PdfItem[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfItem[] = [];
  for (const item of items) {
    if (line.length > 0 && !continuesLine(line, item)) {
      pushLine(lines, line);
      line = [];
    }
    line.push(item);
  }
  pushLine(lines, line);
  return lines;
}

function continuesLine(line: readonly PdfItem[], item: PdfItem): boolean {
  const last = line.at(-1) as PdfItem;
  const size = Math.max(last.size, item.size);
  const rise = Math.abs(item.y - last.y);
  const isScript = Math.min(last.size, item.size) < size * 0.85;
  if (rise > size * (isScript ? 0.7 : 0.35)) return false;
  if (item.isRtl || last.isRtl) return true;
  return item.x >= last.x + last.width - size * 1.5;
}

function pushLine(lines: PdfLine[], drawn: readonly PdfItem[]): void {
  if (!drawn.some((item) => item.text.trim() !== "")) return;
  const items = drawn.some((item) => item.isRtl) ? inReadingOrder(drawn) : drawn;
  const size = dominantSize(items);
  const baseline = items.find((item) => item.size === size)?.y ?? 0;
  const cells: PdfCell[] = [];
  let previous: PdfItem | null = null;
  for (const item of items) {
    const gap: number = previous ? gapBetween(previous, item) : 0;
    const cell = cells.at(-1);
    if (item.text.trim() === "") {
      if (cell && item.width <= size * CELL_EM) append(cell, " ", item);
      // A wide space counts as a gap before whatever follows it.
      continue;
    }
    if (!cell || gap > size * CELL_EM) {
      cells.push({ x: item.x, right: item.x + item.width, runs: [runOf(item, item.text, size, baseline)] });
    } else {
      if (gap > size * SPACE_EM && !item.isRtl) append(cell, " ", item);
      appendRun(cell.runs, runOf(item, item.text, size, baseline));
      cell.x = Math.min(cell.x, item.x);
      cell.right = Math.max(cell.right, item.x + item.width);
    }
    previous = item;
  }
  for (const cell of cells) tidy(cell.runs);
  const text = cells.map((cell) => cell.runs.map((run) => run.text).join("")).join(" ");
  lines.push({
    cells,
    text,
    x: Math.min(...cells.map((cell) => cell.x)),
    right: Math.max(...cells.map((cell) => cell.right)),
    y: baseline,
    size,
    isMono: isMonospaced(items),
  });
}

/** Right-to-left words may be drawn from the left; each run of them is read from the right. */
function inReadingOrder(items: readonly PdfItem[]): PdfItem[] {
  const rtlUnits = items.reduce((sum, item) => sum + (item.isRtl ? item.text.length : 0), 0);
  const units = items.reduce((sum, item) => sum + item.text.trim().length, 0);
  const isRtlLine = rtlUnits > units / 2;
  const ordered = isRtlLine ? items.toSorted((a, b) => b.x - a.x) : [...items];
  // What runs the other way inside the line keeps its own order.
  const runs = (item: PdfItem) => item.text.trim() === "" || item.isRtl !== isRtlLine;
  for (let start = 0; start < ordered.length; start++) {
    let end = start;
    while (end < ordered.length && runs(ordered[end] as PdfItem)) end++;
    while (end > start && (ordered[end - 1] as PdfItem).text.trim() === "") end--;
    if (end - start < 2) continue;
    const part = ordered.slice(start, end).sort((a, b) => (isRtlLine ? a.x - b.x : b.x - a.x));
    ordered.splice(start, end - start, ...part);
    start = end;
  }
  return ordered;
}

/** Bullets, brackets and leaders come from other fonts: letters and digits decide. */
function isMonospaced(items: readonly PdfItem[]): boolean {
  let mono = 0;
  let other = 0;
  for (const item of items) {
    const units = item.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (item.isMono) mono += units;
    else other += units;
  }
  // A line of brackets alone belongs to the listing around it.
  return mono + other === 0 ? items.every((item) => item.isMono) : other <= mono * 0.05;
}

function gapBetween(previous: PdfItem, item: PdfItem): number {
  return item.isRtl || previous.isRtl
    ? previous.x - (item.x + item.width)
    : item.x - (previous.x + previous.width);
}

function runOf(item: PdfItem, text: string, size: number, baseline: number): Run {
  const isSmall = item.size < size * 0.85;
  const isRaised = isSmall && item.y > baseline + size * 0.15;
  const isLowered = isSmall && item.y < baseline - size * 0.08;
  return {
    text,
    ...(isRaised ? { marks: ["sup" as const] } : isLowered ? { marks: ["sub" as const] } : {}),
    ...(item.href ? { href: item.href } : {}),
  };
}

function append(cell: PdfCell, text: string, item: PdfItem): void {
  const last = cell.runs.at(-1);
  if (!last || last.text.endsWith(" ")) return;
  if ((last.href ?? null) === item.href && !last.marks) last.text += text;
  else cell.runs.push({ text });
}

export function appendRun(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  const isSame = last && last.href === run.href && (last.marks ?? []).join() === (run.marks ?? []).join();
  if (isSame) last.text += run.text;
  else runs.push(run);
}

function tidy(runs: Run[]): void {
  const first = runs[0];
  const last = runs.at(-1);
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
}

function dominantSize(items: readonly PdfItem[]): number {
  const units = new Map<number, number>();
  let best = items[0]?.size ?? 0;
  for (const item of items) {
    const count = (units.get(item.size) ?? 0) + item.text.trim().length;
    units.set(item.size, count);
    if (count > (units.get(best) ?? 0)) best = item.size;
  }
  return best;
}
