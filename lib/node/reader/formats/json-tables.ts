import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { linkText } from "#lib/node/reader/formats/link-text.ts";
import type { Cell, TableBlock } from "#lib/protocol/document.ts";

const TABLES_MAX = 8;
/** Levels below the top at which records are looked for. */
const DEPTH_MAX = 3;

type JsonObject = Record<string, unknown>;

/** Arrays of like, flat objects anywhere near the top of a JSON value, as tables. */
export function jsonTables(value: unknown): TableBlock[] {
  const tables: TableBlock[] = [];
  collectTables(value, [], tables);
  return tables;
}

function collectTables(value: unknown, path: string[], tables: TableBlock[]): void {
  if (tables.length >= TABLES_MAX || path.length > DEPTH_MAX) return;
  if (Array.isArray(value)) {
    const table = tableOf(value, path);
    if (table) tables.push(table);
    return;
  }
  if (!isObject(value)) return;
  for (const key of Object.keys(value).slice(0, 200)) collectTables(value[key], [...path, key], tables);
}

function tableOf(values: unknown[], path: string[]): TableBlock | null {
  const rows = values.slice(0, FORMAT_LIMITS.tableRowsMax);
  if (rows.length < 2 || !rows.every(isObject)) return null;
  const columns = columnsOf(rows);
  if (columns === null) return null;
  const shown = values.length > rows.length ? `first ${rows.length} of ${values.length}` : `${values.length}`;
  return {
    id: "",
    type: "table",
    caption: `${path.join(" › ") || "Records"} (${shown})`,
    header: columns.map((column) => ({ runs: [{ text: column }] })),
    rows: rows.map((row) => columns.map((column) => cellOf(row[column]))),
  };
}

/** Every key in order of appearance; null unless most values are plain and the keys few. */
function columnsOf(rows: JsonObject[]): string[] | null {
  const columns = new Set<string>();
  let plain = 0;
  let nested = 0;
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      columns.add(key);
      if (typeof value === "object" && value !== null) nested++;
      else plain++;
    }
    if (columns.size > FORMAT_LIMITS.tableColumnsMax) return null;
  }
  return columns.size > 0 && nested <= plain / 4 ? [...columns] : null;
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null || value === "") return { runs: [] };
  if (typeof value === "string") return { runs: linkText(cut(value)) };
  if (Array.isArray(value))
    return { runs: [{ text: value.length === 0 ? "[]" : `[${value.length} items]` }] };
  if (typeof value === "object") return { runs: [{ text: "{…}" }] };
  return { runs: [{ text: String(value) }] };
}

function cut(text: string): string {
  const max = FORMAT_LIMITS.cellUnitsMax;
  return text.length > max ? `${text.slice(0, max).toWellFormed()}…` : text;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
