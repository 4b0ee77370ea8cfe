import { codeBlocks } from "#lib/node/reader/formats/code-blocks.ts";
import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { linkText } from "#lib/node/reader/formats/link-text.ts";
import type { Block } from "#lib/protocol/document.ts";

/** A line this short is not one that an editor wrapped. */
const WRAPPED_UNITS_MIN = 40;
const WRAPPED_UNITS_MAX = 120;

/**
 * Prose as blocks, by the habits of plain text: blank lines between paragraphs,
 * lines wrapped by hand joined again, underlined or capital headings, lists by
 * their bullets, `>` quotes, and everything laid out with spaces kept as it is.
 */
export function textBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let size = 0;
  for (const lines of paragraphsOf(text)) {
    for (const block of blocksOfParagraph(lines)) {
      if (size >= FORMAT_LIMITS.blocksMax) return mergeCode(blocks);
      size += block.type === "list" ? block.items.length : 1;
      blocks.push(block);
    }
  }
  return mergeCode(blocks);
}

/** More lines without a blank one between are taken as several paragraphs. */
const PARAGRAPH_LINES_MAX = 1_000;

function* paragraphsOf(text: string): Generator<string[]> {
  let lines: string[] = [];
  for (const raw of text.replaceAll("\f", "\n\n").split("\n")) {
    const line = raw.trimEnd();
    if (line !== "") lines.push(line);
    if (lines.length > 0 && (line === "" || lines.length >= PARAGRAPH_LINES_MAX)) {
      yield lines;
      lines = [];
    }
  }
  if (lines.length > 0) yield lines;
}

function blocksOfParagraph(lines: string[]): Block[] {
  const heading = headingOf(lines);
  if (heading) return [heading.block, ...(heading.rest.length > 0 ? blocksOfParagraph(heading.rest) : [])];
  if (lines.length === 1 && /^\s*([-=_*~#])\1{4,}\s*$|^\s*(?:\* ){2,}\*\s*$/.test(lines[0] ?? "")) {
    return [{ id: "", type: "separator" }];
  }
  if (lines.every((line) => /^>/.test(line))) {
    const inner = lines.map((line) => line.replace(/^(?:> ?)+/, ""));
    return [{ id: "", type: "quote", blocks: textBlocks(inner.join("\n")) }];
  }
  const list = listOf(lines);
  if (list) return [list];
  if (isLaidOut(lines)) return codeBlocks(lines.join("\n"));
  return paragraphs(joinWrapped(lines));
}

function headingOf(lines: string[]): { block: Block; rest: string[] } | null {
  const [first = "", second = ""] = lines;
  const title = first.trim();
  const underline = /^\s*(=+|-+|~+|\^+)\s*$/.exec(second)?.[1];
  const isUnderlined =
    underline !== undefined && underline.length >= 3 && underline.length >= title.length * 0.6;
  if (isUnderlined && title.length <= 120 && /\p{L}/u.test(title)) {
    const level = underline.startsWith("=") ? 1 : 2;
    return { block: { id: "", type: "heading", level, runs: [{ text: title }] }, rest: lines.slice(2) };
  }
  // Capitals alone on a line; scripts without case never qualify.
  const isCapitals =
    lines.length === 1 &&
    title.length <= 80 &&
    title === title.toUpperCase() &&
    title !== title.toLowerCase() &&
    (title.match(/\p{Lu}/gu)?.length ?? 0) >= 4 &&
    !/[.;,!]$|\s{3,}|[|<>{}=]/.test(title);
  return isCapitals
    ? { block: { id: "", type: "heading", level: 2, runs: [{ text: title }] }, rest: [] }
    : null;
}

const ITEM = /^(\s{0,6})(?:([-*•+‣◦])|(\d{1,4})[.)])\s+(?=\S)/;

/** A paragraph that is a list throughout: every line begins an item or is indented under one. */
function listOf(lines: string[]): Block | null {
  const first = ITEM.exec(lines[0] ?? "");
  if (!first) return null;
  const items: string[][] = [];
  for (const line of lines) {
    const match = ITEM.exec(line);
    if (match && (match[3] !== undefined) === (first[3] !== undefined))
      items.push([line.slice(match[0].length)]);
    else if (/^\s{2,}/.test(line)) items.at(-1)?.push(line.trim());
    else return null;
  }
  const ordered = first[3] !== undefined;
  // A single "1984. A year" is a sentence, not a list.
  if (items.length < 2) return null;
  const start = ordered ? Number(first[3]) : 1;
  return {
    id: "",
    type: "list",
    ordered,
    ...(ordered && start !== 1 ? { start } : {}),
    items: items.map((item) => paragraphs(item.join(" "))),
  };
}

/** Text laid out with spaces: tables, drawings, code, verse indented line by line. */
function isLaidOut(lines: string[]): boolean {
  let aligned = 0;
  let indented = 0;
  let drawn = 0;
  let marked = 0;
  for (const line of lines) {
    if (/\S(?: {3,}|\t)\S/.test(line)) aligned++;
    if (/^(?: {4,}|\t)/.test(line)) indented++;
    if (/[\u2500-\u259f]|[+|][-=]{3,}|[-=]{3,}[+|]|\|.*\|/.test(line)) drawn++;
    if (
      /[{};]\s*$|^\s*(?:#include|import |from |def |function |const |var |<\/?\w+|\$ |>>> )|=>|\(\)/.test(
        line,
      )
    )
      marked++;
  }
  const count = lines.length;
  const deepest = lines.every((line) => /^\s/.test(line));
  // A first line alone may be indented: that is how printed paragraphs begin.
  return (
    aligned > count / 3 ||
    drawn > count / 3 ||
    (marked >= 2 && marked > count / 3) ||
    (indented > count / 2 && count > 1 && !(deepest && isEvenlyIndented(lines) && isWrapped(lines)))
  );
}

/** RFCs and letters indent whole paragraphs by one measure: that is prose. */
function isEvenlyIndented(lines: string[]): boolean {
  const indents = new Set(lines.slice(1).map((line) => /^\s*/.exec(line)?.[0].length));
  return indents.size === 1;
}

/** Lines that end where a margin made them end: long, of similar length, all but the last. */
function isWrapped(lines: string[]): boolean {
  const lengths = lines.slice(0, -1).map((line) => line.trimStart().length);
  const longest = Math.max(0, ...lengths);
  if (longest < WRAPPED_UNITS_MIN || longest > WRAPPED_UNITS_MAX) return false;
  const full = lengths.filter((length) => length >= longest * 0.7).length;
  return full >= lengths.length * 0.6;
}

function joinWrapped(lines: string[]): string {
  return lines.map((line) => line.trim()).join(isWrapped(lines) ? " " : "\n");
}

/** One paragraph, or several when it is too long for one. */
function paragraphs(text: string): Block[] {
  const blocks: Block[] = [];
  for (let rest = text; rest !== ""; ) {
    const piece = cutAtSpace(rest, FORMAT_LIMITS.paragraphUnitsMax);
    blocks.push({ id: "", type: "paragraph", runs: linkText(piece) });
    rest = rest.slice(piece.length).trimStart();
  }
  return blocks;
}

function cutAtSpace(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const window = text.slice(0, unitsMax);
  const end = Math.max(window.lastIndexOf(". ") + 1, window.lastIndexOf("\n"));
  if (end > unitsMax / 2) return window.slice(0, end);
  const space = window.lastIndexOf(" ");
  if (space > unitsMax / 2) return window.slice(0, space);
  // Never between the halves of a surrogate pair.
  return /[\ud800-\udbff]$/.test(window) ? window.slice(0, -1) : window;
}

/** Blank lines inside a listing do not make it several. */
function mergeCode(blocks: Block[]): Block[] {
  const merged: Block[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    const fits =
      block.type === "code" &&
      last?.type === "code" &&
      last.text.length + block.text.length < FORMAT_LIMITS.codeUnitsMax;
    if (fits) last.text += `\n\n${block.text}`;
    else merged.push(block);
  }
  return merged;
}
