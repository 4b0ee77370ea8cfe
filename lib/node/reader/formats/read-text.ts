import { cleanText } from "#lib/node/reader/formats/clean-text.ts";
import { codeBlocks, languageOf } from "#lib/node/reader/formats/code-blocks.ts";
import { createReading, fileNameOf } from "#lib/node/reader/formats/create-reading.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { guessDelimiter, readDelimited } from "#lib/node/reader/formats/delimited-table.ts";
import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import { textBlocks } from "#lib/node/reader/formats/text-blocks.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import type { Block } from "#lib/protocol/document.ts";

/**
 * Any text that is not a format of its own: prose in paragraphs, tables from
 * CSV, source code and data as code. Never throws; linear in the size of the body.
 */
export function readText(input: ReadingInput): Reading {
  const isXml = /xml/i.test(input.contentType ?? "");
  const decoded = decodeText(input.bytes, { contentType: input.contentType, kind: isXml ? "xml" : "text" });
  const isCut = decoded.text.length > FORMAT_LIMITS.textUnitsMax;
  const text = cleanText(decoded.text.slice(0, FORMAT_LIMITS.textUnitsMax));
  const title = fileNameOf(input.finalUrl);
  const blocks = blocksOf(text, title, input.contentType);
  if (isCut) blocks.push(note("This file is longer than Qui shows in one piece. The rest is left out."));
  return createReading(input, { kind: "text", title, blocks });
}

function blocksOf(text: string, fileName: string, contentType: string | null): Block[] {
  if (text.trim() === "") return [note("This file is empty.")];
  const table = tableOf(text, fileName, contentType);
  if (table) return table;
  const language = languageOf(fileName, contentType) ?? (/^\s*<\?xml\s/.test(text) ? "xml" : undefined);
  if (language || /\.log$/i.test(fileName)) return codeBlocks(text, language);
  return textBlocks(text);
}

function tableOf(text: string, fileName: string, contentType: string | null): Block[] | null {
  const isTabs = /\.(?:tsv|tab)$/i.test(fileName) || /tab-separated-values/i.test(contentType ?? "");
  const isCsv = isTabs || /\.csv$/i.test(fileName) || /^text\/(?:x-)?csv/i.test(contentType ?? "");
  const delimiter = isTabs ? "\t" : isCsv ? guessDelimiter(text) : null;
  const read = delimiter && readDelimited(text, delimiter);
  if (!read) return isCsv ? codeBlocks(text) : null;
  return read.isCut ? [read.table, note("More rows follow in the file; they are not shown.")] : [read.table];
}
