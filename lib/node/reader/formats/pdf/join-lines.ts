import { appendRun } from "#lib/node/reader/formats/pdf/pdf-lines.ts";
import type { Run } from "#lib/protocol/document.ts";

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const LEADERS = /(?:\s?[.·]){5,}\s*/g;

/** A line of a table of contents: words, dots, a page. */
export function isContentsLine(text: string): boolean {
  return /(?:\s?[.·]){5,}\s*[\divxlc]*\s*$/i.test(text);
}

/**
 * Lines of one paragraph as one text: words that a hyphen divided at a line's
 * end are whole again, scripts without spaces get none. `words` holds every word
 * of the document, which tells `re-entry` from a divided `reen-try`.
 */
export function joinLines(lines: readonly (readonly Run[])[], words: ReadonlySet<string>): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    const next = line[0];
    if (last && next) joinEnds(last, next.text, words, runs);
    for (const run of line) appendRun(runs, { ...run });
  }
  for (const run of runs)
    run.text = run.text
      .replace(LEADERS, " … ")
      .replace(/\u00ad/g, "")
      .replace(/[ \t]+/g, " ");
  return runs.filter((run) => run.text !== "");
}

function joinEnds(last: Run, next: string, words: ReadonlySet<string>, runs: Run[]): void {
  const head = /^\p{L}+/u.exec(next)?.[0] ?? "";
  const divided = /(\p{L}+)([-\u2010\u00ad])$/u.exec(last.text);
  if (divided && head !== "") {
    const [, tail = "", hyphen] = divided;
    const isSoft = hyphen === "\u00ad";
    const whole = (tail + head).toLowerCase();
    const isCompound = words.has(`${tail}-${head}`.toLowerCase()) && !words.has(whole);
    const isLower = /^\p{Ll}/u.test(head);
    if (isSoft || (isLower && !isCompound)) last.text = last.text.slice(0, -1);
    return;
  }
  if (/\s$/.test(last.text) || /[-\u2010\u2013\u2014/]$/.test(last.text)) return;
  if (CJK.test(last.text.at(-1) ?? "") && CJK.test(next[0] ?? "")) return;
  if (last.href === undefined && !last.marks) last.text += " ";
  else runs.push({ text: " " });
}

/** Words of a text, plain and with inner hyphens, in lower case. */
export function wordsOf(texts: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const text of texts) {
    for (const match of text.toLowerCase().matchAll(/\p{L}+(?:-\p{L}+)*/gu)) {
      if (match.index + match[0].length < text.length || !text.endsWith("-")) words.add(match[0]);
    }
  }
  return words;
}
