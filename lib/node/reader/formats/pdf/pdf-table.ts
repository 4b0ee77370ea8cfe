import type { PdfCell, PdfLine } from "#lib/node/reader/formats/pdf/pdf-lines.ts";
import type { TableBlock } from "#lib/protocol/document.ts";

const ROWS_MIN = 3;
const ROWS_MAX = 1_000;
/** Cells longer than this on average are columns of prose, not of a table. */
const CELL_UNITS_MEAN_MAX = 40;

/** The lines from `start` on as a table, when at least three in a row have their cells below each other. */
export function tableOfLines(
  lines: readonly PdfLine[],
  start: number,
): { block: TableBlock; end: number } | null {
  const first = lines[start];
  if (!first || first.cells.length < 2 || first.isMono) return null;
  let end = start + 1;
  const last = Math.min(lines.length, start + ROWS_MAX);
  while (end < last && isNextRow(first, lines[end - 1] as PdfLine, lines[end] as PdfLine)) end++;
  const rows = lines.slice(start, end);
  if (rows.length < ROWS_MIN) return null;
  const units = rows.reduce((sum, row) => sum + row.text.length, 0);
  if (units / (rows.length * first.cells.length) > CELL_UNITS_MEAN_MAX) return null;
  const [header = [], ...body] = rows.map((row) => row.cells.map(({ runs }) => ({ runs })));
  return { block: { id: "", type: "table", header, rows: body }, end };
}

function isNextRow(first: PdfLine, last: PdfLine, line: PdfLine): boolean {
  const drop = last.y - line.y;
  if (line.cells.length !== first.cells.length || line.isMono) return false;
  if (drop <= 0 || drop > line.size * 3) return false;
  return line.cells.every((cell, i) => isBelow(first.cells[i] as PdfCell, cell, line.size));
}

/** Same left edge, same right edge, or same middle: left-aligned words, right-aligned numbers, centred marks. */
function isBelow(above: PdfCell, cell: PdfCell, size: number): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= size;
  return (
    near(above.x, cell.x) || near(above.right, cell.right) || near(above.x + above.right, cell.x + cell.right)
  );
}
