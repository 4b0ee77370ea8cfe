import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { descendants, type ElementNode, plainText, type TreeNode } from "#lib/node/reader/html/node.ts";
import type { Block, Cell, Run } from "#lib/protocol/document.ts";

const BLOCK_CONTENT =
  /^(table|ul|ol|pre|blockquote|h[1-6]|figure|article|section|form|iframe|video|details)$/;
const CELL_UNITS_MAX = 1_200;

export interface TableReader {
  skip: ReadonlySet<TreeNode>;
  /** The inline content of a cell. */
  readRuns(cell: ElementNode): Run[];
}

/**
 * A data table as a block, or `"layout"` when the table only places things on the
 * screen and its content should be read as if it were not there.
 */
export function readTable(table: ElementNode, reader: TableReader): Block[] | "layout" | null {
  const rows = tableRows(table);
  if (isLayout(table, rows)) return "layout";
  const kept = rows.slice(0, LIMITS.tableRowsMax);
  const header: Cell[] = [];
  const body: Cell[][] = [];
  let cells = 0;
  let left = rows.length - kept.length;
  for (const [i, row] of kept.entries()) {
    if (reader.skip.has(row)) continue;
    if (cells > LIMITS.tableCellsMax) {
      left++;
      continue;
    }
    const read = rowCells(row).map((cell) => readCell(cell, reader));
    cells += read.length;
    if (i === 0 && isHeaderRow(row)) header.push(...read);
    else if (read.some((cell) => cell.runs.length > 0)) body.push(read);
  }
  if (body.length === 0 && header.every((cell) => cell.runs.length === 0)) return null;
  const captionNode = table.children.find((child) => !child.isText && child.tag === "caption");
  const caption = captionNode ? plainText(captionNode, 500) : "";
  const blocks: Block[] = [{ id: "", type: "table", ...(caption ? { caption } : {}), header, rows: body }];
  if (left > 0) {
    const note: Run[] = [{ text: `${left} more rows are not shown.`, marks: ["italic"] }];
    blocks.push({ id: "", type: "paragraph", runs: note });
  }
  return blocks;
}

export function isDataTable(table: ElementNode): boolean {
  return !isLayout(table, tableRows(table));
}

function tableRows(table: ElementNode): ElementNode[] {
  const rows: ElementNode[] = [];
  const visit = (node: ElementNode): void => {
    for (const child of node.children) {
      if (child.isText || child.tag === "table") continue;
      if (child.tag === "tr") rows.push(child);
      else visit(child);
    }
  };
  visit(table);
  return rows;
}

function rowCells(row: ElementNode): ElementNode[] {
  const cells: ElementNode[] = [];
  for (const child of row.children) {
    if (cells.length >= LIMITS.tableColumnsMax) break;
    if (!child.isText && (child.tag === "td" || child.tag === "th")) cells.push(child);
  }
  return cells;
}

function isHeaderRow(row: ElementNode): boolean {
  if (row.parent?.tag === "thead") return true;
  const cells = rowCells(row);
  return cells.length > 0 && cells.every((cell) => cell.tag === "th");
}

function readCell(node: ElementNode, reader: TableReader): Cell {
  const cell: Cell = { runs: reader.readRuns(node) };
  const colSpan = span(node, "colspan");
  const rowSpan = span(node, "rowspan");
  if (colSpan > 1) cell.colSpan = colSpan;
  if (rowSpan > 1) cell.rowSpan = rowSpan;
  return cell;
}

function span(node: ElementNode, name: string): number {
  const value = Number.parseInt(node.attribute(name), 10);
  return value > 1 && value <= 200 ? value : 1;
}

/** What one table may cost to judge, in elements looked at. */
const LOOKED_AT_MAX = 4_000;

function isLayout(table: ElementNode, rows: readonly ElementNode[]): boolean {
  const role = table.attribute("role");
  if (role === "presentation" || role === "none") return true;
  const sample = rows.slice(0, 40);
  const columns = Math.max(0, ...sample.map((row) => rowCells(row).length));
  if (columns <= 1) return true;
  const inside = contentsOf(table);
  if (inside.tables) return true;
  if (inside.headers) return false;
  for (const row of sample) {
    for (const cell of rowCells(row)) {
      const blocks = cell.children.filter((child) => !child.isText && BLOCK_CONTENT.test(child.tag)).length;
      if (blocks > 1 || contentsOf(cell).forms) return true;
      if (plainText(cell, CELL_UNITS_MAX + 1).length > CELL_UNITS_MAX) return true;
    }
  }
  return false;
}

/** Whether tables, header cells or forms stand inside, as far as may be looked; stops at the first table. */
function contentsOf(root: ElementNode): { tables: boolean; headers: boolean; forms: boolean } {
  const found = { tables: false, headers: false, forms: false };
  let looked = 0;
  for (const node of descendants(root)) {
    if (++looked > LOOKED_AT_MAX) break;
    if (node.tag === "table") {
      found.tables = true;
      break;
    }
    if (node.tag === "th" || node.tag === "thead" || node.tag === "caption") found.headers = true;
    else if (node.tag === "form") found.forms = true;
  }
  return found;
}
