/** The parser's time grows faster than its input, so a long text is parsed in pieces of about this size. */
const CHUNK_UNITS = 16_000;
/** Without a good place to cut, a piece ends at any line after this many units. */
const CHUNK_UNITS_MAX = 48_000;
/** Containers in containers beyond this are an attack on the parser, not writing. */
const CONTAINERS_MAX = 24;
const BRACKETS_OPEN_MAX = 32;
const DEFINITIONS_MAX = 200;

export interface MarkdownChunk {
  text: string;
  /** Definitions from elsewhere that this piece refers to, to be parsed after it. */
  definitions: string;
  /** Too deep for the parser's time; to be read as plain text. */
  isHostile: boolean;
}

/** Cuts Markdown between top-level blocks, so that the pieces parse to what the whole would. */
export function chunkMarkdown(text: string): MarkdownChunk[] {
  const pieces = splitAtBlocks(text);
  if (pieces.length === 1) return [{ text, definitions: "", isHostile: isHostile(text) }];
  const known = collectDefinitions(text);
  return pieces.map((piece) => ({
    text: piece,
    definitions: definitionsFor(piece, known),
    isHostile: isHostile(piece),
  }));
}

function splitAtBlocks(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let fence = "";
  let inComment = false;
  let isBlankBefore = false;
  for (let at = 0; at < text.length; ) {
    const newLine = text.indexOf("\n", at);
    const end = newLine === -1 ? text.length : newLine + 1;
    const size = at - start;
    const line = size >= CHUNK_UNITS || end - at < 4_000 ? text.slice(at, end) : "";
    const isFresh = fence === "" && !inComment && isBlankBefore && /^(?![\s>|]|[-*+] |\d+[.)] )/.test(line);
    if (
      (size >= CHUNK_UNITS && isFresh) ||
      (size >= CHUNK_UNITS_MAX && fence === "") ||
      size >= CHUNK_UNITS_MAX * 8
    ) {
      pieces.push(text.slice(start, at));
      start = at;
    }
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence) && /^\s*[`~]+\s*$/.test(line)) fence = "";
    if (line.includes("<!--")) inComment = true;
    if (line.includes("-->")) inComment = false;
    isBlankBefore = line.trim() === "";
    at = end;
  }
  pieces.push(text.slice(start));
  return pieces;
}

interface Definitions {
  links: Map<string, string>;
  footnotes: Set<string>;
}

function collectDefinitions(text: string): Definitions {
  const links = new Map<string, string>();
  const footnotes = new Set<string>();
  for (const match of text.matchAll(/^ {0,3}\[(\^?)([^\]\n]{1,200})\]:[ \t]*(.*)$/gm)) {
    const label = labelOf(match[2] ?? "");
    if (match[1]) footnotes.add(label);
    else if (match[3] && !links.has(label)) links.set(label, match[0]);
  }
  return { links, footnotes };
}

/** A footnote's text comes from the piece that holds it; elsewhere a stand-in makes the parser see the reference. */
function definitionsFor(piece: string, { links, footnotes }: Definitions): string {
  if (links.size === 0 && footnotes.size === 0) return "";
  const lines = new Set<string>();
  for (const match of piece.matchAll(/\[(\^?)([^\][\n]{1,200})\]/g)) {
    if (lines.size >= DEFINITIONS_MAX) break;
    const label = labelOf(match[2] ?? "");
    const link = links.get(label);
    if (match[1] && footnotes.has(label)) lines.add(`[^${match[2]}]: x`);
    else if (link) lines.add(link);
  }
  return lines.size === 0 ? "" : `\n\n${[...lines].join("\n\n")}\n`;
}

/** Labels match without regard to case and inner space (CommonMark 0.31, "matches"). */
function labelOf(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

function isHostile(text: string): boolean {
  const containers = new RegExp(`^[ \\t]*(?:(?:>|[-*+]|\\d{1,9}[.)])[ \\t]{0,4}){${CONTAINERS_MAX}}`, "m");
  const thematic = /^[ \t]*(?:[-*][ \t]*){24,}$/gm;
  const indented = new RegExp(`^[ \\t]{${CONTAINERS_MAX * 4},}(?:[-*+]|\\d{1,9}[.)])[ \\t]`, "m");
  if (containers.test(text.replace(thematic, "")) || indented.test(text)) return true;
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x5b && ++open > BRACKETS_OPEN_MAX) return true;
    if (unit === 0x5d && open > 0) open--;
    if (unit === 0x0a && text.charCodeAt(i + 1) === 0x0a) open = 0;
  }
  return false;
}
