import { codeBlocks } from "#lib/node/reader/formats/code-blocks.ts";
import { createReading, fileNameOf } from "#lib/node/reader/formats/create-reading.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { formatJson } from "#lib/node/reader/formats/format-json.ts";
import { jsonTables } from "#lib/node/reader/formats/json-tables.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import type { Block } from "#lib/protocol/document.ts";

/** Longer text is shown as it came, up to `SHOWN_UNITS_MAX`, without being parsed. */
const PARSED_UNITS_MAX = 8 * 1024 * 1024;
const SHOWN_UNITS_MAX = 600_000;

/**
 * JSON for a person: arrays of like records as tables, then the whole as
 * indented source. What is no valid JSON is shown as it came, with a note that
 * says so.
 */
export function readJson(input: ReadingInput): Reading {
  // RFC 8259 §8.1: JSON is UTF-8, whatever the header says; decoding still copes with the rest.
  const decoded = decodeText(input.bytes, { contentType: input.contentType, kind: "text" }).text;
  const text = withoutPrefix(decoded);
  return createReading(input, {
    kind: "json",
    title: fileNameOf(input.finalUrl),
    excerpt: null,
    blocks: blocksOf(text),
  });
}

function blocksOf(text: string): Block[] {
  if (text.trim() === "") return [note("This file is empty.")];
  if (text.length > PARSED_UNITS_MAX) return asItCame(text, "This file is too large to be laid out.");
  const lines = parseLines(text);
  const parsed = lines ?? parse(text);
  if (!parsed.ok) return asItCame(text, "This is not valid JSON, so it is shown as it came.");

  const tables = jsonTables(parsed.value);
  const source = lines
    ? { text: text.slice(0, SHOWN_UNITS_MAX), isCut: text.length > SHOWN_UNITS_MAX }
    : formatJson(text, SHOWN_UNITS_MAX);
  const blocks: Block[] = [...tables];
  if (tables.length > 0) blocks.push({ id: "", type: "heading", level: 2, runs: [{ text: "Source" }] });
  blocks.push(...codeBlocks(source.text, "json"));
  if (source.isCut) blocks.push(note("The rest of this file is not shown."));
  return blocks;
}

function asItCame(text: string, reason: string): Block[] {
  const blocks = [note(reason), ...codeBlocks(text.slice(0, SHOWN_UNITS_MAX), "json")];
  if (text.length > SHOWN_UNITS_MAX) blocks.push(note("The rest of this file is not shown."));
  return blocks;
}

type Parsed = { ok: true; value: unknown } | { ok: false };

function parse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** JSON Lines: two or more lines, each a value of its own (jsonlines.org). */
function parseLines(text: string): Parsed | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2 || !/^\s*[[{].*[\]}]\s*$/.test(lines[0] ?? "")) return null;
  const values: unknown[] = [];
  for (const line of lines) {
    const parsed = parse(line);
    if (!parsed.ok) return null;
    values.push(parsed.value);
  }
  return { ok: true, value: values };
}

/** Guards against script inclusion that some services put in front of their JSON. */
function withoutPrefix(text: string): string {
  return text.replace(/^\ufeff?\s*(?:\)\]\}'?,?|(?:while|for)\s*\((?:1|;;)\)\s*;|\/\*\*\/)\s*/, "");
}
