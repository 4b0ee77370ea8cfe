import { isContentsLine, joinLines } from "#lib/node/reader/formats/pdf/join-lines.ts";
import type { PdfLine } from "#lib/node/reader/formats/pdf/pdf-lines.ts";
import type { PdfStyle } from "#lib/node/reader/formats/pdf/pdf-style.ts";
import { tableOfLines } from "#lib/node/reader/formats/pdf/pdf-table.ts";
import type { Block, Run } from "#lib/protocol/document.ts";

const BULLET = /^(?:[•●○◦▪▫■□‣∙·*]|[-–—](?=\s))\s*(?=\S)/u;
const NUMBER = /^(?:\(?(\d{1,3}|[a-z])[.)])\s+(?=\S)/i;
const SENTENCE_END = /[.!?:;。！？][\])'"”’»]*$/u;

/** The lines of one page as blocks, by their sizes, distances and indents. */
export function linesToBlocks(lines: readonly PdfLine[], style: PdfStyle): Block[] {
  const blocks: Block[] = [];
  const rights = columnRights(lines);
  for (let at = 0; at < lines.length; ) {
    const table = tableOfLines(lines, at);
    if (table) {
      blocks.push(table.block);
      at = table.end;
      continue;
    }
    const paragraph: PdfLine[] = [lines[at] as PdfLine];
    at++;
    while (
      at < lines.length &&
      continues(paragraph, lines[at] as PdfLine, style, rights) &&
      !tableOfLines(lines, at)
    ) {
      paragraph.push(lines[at] as PdfLine);
      at++;
    }
    addParagraph(blocks, paragraph, style);
  }
  return blocks;
}

function continues(
  paragraph: readonly PdfLine[],
  line: PdfLine,
  style: PdfStyle,
  rights: ReadonlyMap<PdfLine, number>,
): boolean {
  const first = paragraph[0] as PdfLine;
  const last = paragraph.at(-1) as PdfLine;
  if (
    Math.abs(line.size - last.size) > last.size * 0.08 ||
    isCodeLine(line, style) !== isCodeLine(last, style)
  )
    return false;
  if (isItem(line.text) || isContentsLine(last.text)) return false;
  const drop = last.y - line.y;
  const isCode = isCodeLine(line, style);
  // Another column or page: the sentence goes on only when it had not ended.
  if (drop <= 0) return !isCode && !SENTENCE_END.test(last.text) && /^\p{Ll}/u.test(line.text);
  if (drop > line.size * (isCode ? style.pitchEm * 2.2 : style.pitchEm * 1.3)) return false;
  if (isCode) return true;
  const isIndented = line.x > last.x + line.size * 0.8 && line.x < last.x + line.size * 6;
  if (isIndented && !isItem(first.text) && paragraph.length > 1) return false;
  const room = (rights.get(last) ?? last.right) - last.right;
  const width = (rights.get(last) ?? last.right) - last.x;
  return !(room > width * 0.18 && SENTENCE_END.test(last.text));
}

function isCodeLine(line: PdfLine, style: PdfStyle): boolean {
  return line.isMono && !style.isMonoThroughout && !BULLET.test(line.text) && !isContentsLine(line.text);
}

function isItem(text: string): boolean {
  return BULLET.test(text) || NUMBER.test(text);
}

/** How far right the lines reach that begin about where each line begins: the edge of its column. */
function columnRights(lines: readonly PdfLine[]): Map<PdfLine, number> {
  const byColumn = new Map<number, number>();
  const columnOf = (line: PdfLine) => Math.round(line.x / 36);
  for (const line of lines) {
    byColumn.set(columnOf(line), Math.max(byColumn.get(columnOf(line)) ?? 0, line.right));
  }
  return new Map(
    lines.map((line) => {
      const column = columnOf(line);
      const near = [column - 1, column, column + 1].map((key) => byColumn.get(key) ?? 0);
      return [line, Math.max(...near)] as const;
    }),
  );
}

function addParagraph(blocks: Block[], lines: readonly PdfLine[], style: PdfStyle): void {
  const [first] = lines;
  if (!first) return;
  if (isCodeLine(first, style)) {
    blocks.push({ id: "", type: "code", text: codeText(lines) });
    return;
  }
  const runs = joinLines(lines.map(runsOfLine), style.words);
  const text = runs.map((run) => run.text).join("");
  if (text.trim() === "") return;
  const level =
    lines.length <= 4 && !isContentsLine(first.text) ? style.headingLevel(first.size, text) : null;
  if (level) blocks.push({ id: "", type: "heading", level, runs });
  else if (!addItem(blocks, runs, text)) blocks.push({ id: "", type: "paragraph", runs });
}

/** A paragraph with a bullet joins the list before it, or begins one. */
function addItem(blocks: Block[], runs: Run[], text: string): boolean {
  const number = NUMBER.exec(text);
  const bullet = number ?? BULLET.exec(text);
  if (!bullet) return false;
  const ordered = number !== null && /^\d/.test(number[1] ?? "");
  const last = blocks.at(-1);
  const value = Number(number?.[1]);
  const list = last?.type === "list" && last.ordered === ordered ? last : null;
  if (ordered && list && value !== (list.start ?? 1) + list.items.length) return false;
  // Letters are kept as they stand, since a list is numbered or bulleted and nothing else.
  const isLettered = number !== null && !ordered;
  const item: Block = {
    id: "",
    type: "paragraph",
    runs: isLettered ? runs : withoutStart(runs, bullet[0].length),
  };
  if (list) list.items.push([item]);
  else
    blocks.push({
      id: "",
      type: "list",
      ordered,
      ...(ordered && value !== 1 ? { start: value } : {}),
      items: [[item]],
    });
  return true;
}

function withoutStart(runs: readonly Run[], units: number): Run[] {
  const kept: Run[] = [];
  let left = units;
  for (const run of runs) {
    const text = run.text.slice(left);
    left = Math.max(0, left - run.text.length);
    if (text !== "") kept.push({ ...run, text });
  }
  return kept;
}

export function runsOfLine(line: PdfLine): Run[] {
  const runs: Run[] = [];
  for (const cell of line.cells) {
    if (runs.length > 0) runs.push({ text: " " });
    runs.push(...cell.runs);
  }
  return runs;
}

/** Monospaced lines with their indents and gaps as spaces again. */
export function codeText(lines: readonly PdfLine[]): string {
  const left = Math.min(...lines.map((line) => line.x));
  return lines
    .map((line) => {
      const units = line.cells.reduce((sum, cell) => sum + textOf(cell.runs).length, 0);
      const width = line.cells.reduce((sum, cell) => sum + cell.right - cell.x, 0);
      const unit = units > 0 && width > 0 ? width / units : line.size * 0.6;
      let text = "";
      for (const cell of line.cells) {
        const column = Math.min(Math.round((cell.x - left) / unit), 400);
        text = text.padEnd(text === "" ? column : Math.max(column, text.length + 1)) + textOf(cell.runs);
      }
      return text;
    })
    .join("\n");
}

function textOf(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join("");
}
