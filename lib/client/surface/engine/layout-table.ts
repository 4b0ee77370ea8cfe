import { measureRichInlineStats } from "@chenglou/pretext/rich-inline";
import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import type { LayoutContext, LayoutSteps, Room } from "#lib/client/surface/engine/layout-context.ts";
import { layoutText, prepareText } from "#lib/client/surface/engine/layout-text.ts";
import { type ColumnNeed, fitColumns } from "#lib/client/surface/engine/table-columns.ts";
import { fontOf, resized, sansStyle, type TextStyle } from "#lib/client/surface/engine/typography.ts";
import { runsText } from "#lib/core/document/block-text.ts";
import type { Cell, TableBlock } from "#lib/protocol/document.ts";

interface PlacedCell {
  cell: Cell;
  /** Where its text begins in the table's text. */
  offset: number;
  row: number;
  column: number;
  columns: number;
  rows: number;
}

/** A cell of so few characters is kept on one line. */
const SHORT_MAX = 16;
/** Rows measured before the widths are decided: a table of thousands is like its beginning. */
const ROWS_MEASURED = 200;
const ROWS_STEP = 12;
const SHRINK_MIN = 0.7;

/** Columns as wide as what they hold; a table too wide for its room is set smaller, then wraps. */
export function* layoutTable(
  context: LayoutContext,
  block: TableBlock,
  { full, least }: { full: Room; least: Room },
  y: number,
  list: DisplayList,
): LayoutSteps<number> {
  const { rows, columns } = placeCells(block);
  let style = sansStyle(context.typography, 0.82, 1.45);
  let needs = yield* measureColumns(context, rows.slice(0, ROWS_MEASURED), columns, style);
  const leastNeeded = needs.reduce((sum, { min }) => sum + min, 0);
  if (leastNeeded > full.width) {
    const factor = Math.max(SHRINK_MIN, full.width / leastNeeded);
    style = resized(style, factor);
    needs = needs.map(({ min, natural }) => ({ min: min * factor, natural: natural * factor }));
  }
  const widths = fitColumns(needs, { least: Math.min(full.width, least.width), most: full.width });
  const width = widths.reduce((sum, each) => sum + each, 0);
  const x = full.x + (full.width - width) / 2;
  const frame = list.addBox({ x, y, width, stroke: "line", radiusPx: 8 });
  const starts = columnStarts(widths, x, full.dir);
  const padX = 0.9 * style.sizePx;
  const padY = 0.5 * style.sizePx;
  let at = y;
  if (block.caption) {
    const caption = { runs: [{ text: block.caption }], style: { ...style, weight: 600 }, blockId: null };
    const room = { x: x + padX, width: width - 2 * padX, dir: full.dir };
    at += layoutText(context, { ...caption, room, y: at + 0.7 * style.sizePx }, list) + 1.4 * style.sizePx;
  }
  /** Bottoms that cells of several rows still ask for, by the last row they reach. */
  const pending = new Map<number, number>();
  for (const [index, cells] of rows.entries()) {
    const isHeader = index === 0 && block.header.length > 0;
    const back = isHeader ? list.addBox({ x, y: at, width, fill: "sunken", radiusPx: 8 }) : null;
    if (index > 0) list.addBox({ x, y: at, width, height: 1, fill: "line" });
    let bottom = at + style.lineHeightPx + 2 * padY;
    for (const { cell, offset, column, columns: span, rows: reach } of cells) {
      const cellWidth = widths.slice(column, column + span).reduce((sum, each) => sum + each, 0);
      const left = Math.min(...starts.slice(column, column + span));
      const room = { x: left + padX, width: Math.max(16, cellWidth - 2 * padX), dir: full.dir };
      const cellStyle = isHeader ? { ...style, weight: 600 } : style;
      const text = { runs: cell.runs, style: cellStyle, room, y: at + padY, blockId: block.id, offset };
      const end = at + layoutText(context, text, list) + 2 * padY;
      if (reach === 1) bottom = Math.max(bottom, end);
      else pending.set(index + reach - 1, Math.max(pending.get(index + reach - 1) ?? 0, end));
    }
    at = Math.max(bottom, pending.get(index) ?? 0);
    if (back) back.height = at - back.y;
    if (index % ROWS_STEP === ROWS_STEP - 1) {
      list.reachedPx = at;
      yield;
    }
  }
  frame.height = at - y;
  return at;
}

function columnStarts(widths: readonly number[], x: number, dir: "ltr" | "rtl"): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  let at = 0;
  return widths.map((width) => {
    const start = dir === "ltr" ? x + at : x + total - at - width;
    at += width;
    return start;
  });
}

function* measureColumns(
  context: LayoutContext,
  rows: readonly (readonly PlacedCell[])[],
  columns: number,
  style: TextStyle,
): LayoutSteps<ColumnNeed[]> {
  const zero = context.metrics.width("0", fontOf(style));
  const pad = 1.8 * style.sizePx;
  const needs = Array.from({ length: columns }, () => ({ min: 5 * zero + pad, natural: 5 * zero + pad }));
  for (const [index, cells] of rows.entries()) {
    for (const { cell, column, columns: span } of cells) {
      const need = needs[column];
      if (span > 1 || !need) continue;
      const text = runsText(cell.runs);
      const bold = index === 0 ? { ...style, weight: 600 } : style;
      const { prepared } = prepareText(context, { runs: cell.runs, style: bold });
      const natural = Math.min(measureRichInlineStats(prepared, 1e6).maxLineWidth, 48 * zero) + 1;
      const longest = text.length <= SHORT_MAX ? natural : longestWord(context, text, style);
      const floor = text.length > 40 ? Math.max(longest, 13 * style.sizePx * 0.6) : longest;
      need.natural = Math.max(need.natural, natural + pad);
      need.min = Math.max(need.min, Math.min(natural, floor) + pad);
    }
    if (index % ROWS_STEP === ROWS_STEP - 1) yield;
  }
  return needs;
}

function longestWord(context: LayoutContext, text: string, style: TextStyle): number {
  let longest = "";
  for (const word of text.split(/\s+/)) if (word.length > longest.length) longest = word;
  // An address or a script without spaces wraps inside.
  return context.metrics.width(longest.slice(0, 24), fontOf(style));
}

/** Where each cell stands when those that span rows and columns push others aside, with offsets as `blockText` joins cells. */
function placeCells(block: TableBlock): { rows: PlacedCell[][]; columns: number } {
  const all = [block.header, ...block.rows].filter((row, index) => index > 0 || row.length > 0);
  const taken = new Set<string>();
  let offset = 0;
  let columns = 1;
  const rows = all.map((cells, row) => {
    let column = 0;
    return cells.map((cell): PlacedCell => {
      while (taken.has(`${row} ${column}`)) column++;
      const span = Math.min(cell.colSpan ?? 1, 100);
      const reach = Math.min(cell.rowSpan ?? 1, all.length - row);
      if (reach > 1) {
        for (let r = 1; r < reach; r++) for (let c = 0; c < span; c++) taken.add(`${row + r} ${column + c}`);
      }
      const placed = { cell, offset, row, column, columns: span, rows: reach };
      offset += runsText(cell.runs).length + 1;
      column += span;
      columns = Math.max(columns, column);
      return placed;
    });
  });
  return { rows, columns };
}
