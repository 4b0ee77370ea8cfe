import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { linkText } from "#lib/node/reader/formats/link-text.ts";
import type { TableBlock } from "#lib/protocol/document.ts";

export interface DelimitedTable {
  table: TableBlock;
  /** Records left out at the limit. */
  isCut: boolean;
}

/**
 * CSV (RFC 4180) or tab-separated text as a table, its first record as the
 * header. Null when it is not regular enough to be one: records of different
 * widths, a single column, or more columns than a table may have.
 */
export function readDelimited(text: string, delimiter: "," | ";" | "\t"): DelimitedTable | null {
  const { records, isCut } = parseRecords(text, delimiter);
  const width = records[0]?.length ?? 0;
  if (records.length < 2 || width < 2 || width > FORMAT_LIMITS.tableColumnsMax) return null;
  const regular = records.filter((record) => record.length === width).length;
  if (regular < records.length * 0.95) return null;
  const [header = [], ...rows] = records;
  const cells = (record: string[]) =>
    record.slice(0, width).map((field) => ({ runs: linkText(field.slice(0, FORMAT_LIMITS.cellUnitsMax)) }));
  return { table: { id: "", type: "table", header: cells(header), rows: rows.map(cells) }, isCut };
}

/** The delimiter that occurs most often in the header; null when none does. */
export function guessDelimiter(text: string): "," | ";" | "\t" | null {
  const header = (text.split("\n", 1)[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (delimiter: string) => header.split(delimiter).length - 1;
  const [best] = (["\t", ";", ","] as const).toSorted((a, b) => count(b) - count(a));
  return best && count(best) > 0 ? best : null;
}

function parseRecords(text: string, delimiter: string): { records: string[][]; isCut: boolean } {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (records.length > FORMAT_LIMITS.tableRowsMax) return { records, isCut: true };
    const field = readField(text, at, delimiter);
    record.push(field.value);
    at = field.end;
    if (text[at] === delimiter) {
      at++;
      if (at < text.length) continue;
      record.push("");
    } else at++;
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
  }
  return { records, isCut: false };
}

function readField(text: string, start: number, delimiter: string): { value: string; end: number } {
  if (text[start] === '"') {
    let value = "";
    for (let at = start + 1; ; ) {
      const quote = text.indexOf('"', at);
      if (quote === -1) return { value: value + text.slice(at), end: text.length };
      value += text.slice(at, quote);
      if (text[quote + 1] !== '"') {
        // Whatever stands between the closing quote and the delimiter is a slip of the writer's.
        let end = quote + 1;
        while (end < text.length && text[end] !== delimiter && text[end] !== "\n") end++;
        return { value, end };
      }
      value += '"';
      at = quote + 2;
    }
  }
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n") end++;
  return { value: text.slice(start, end), end };
}
