import { findTitleBlock, indexDocument, ownText, TITLE_ID } from "#lib/core/reading/block-index.ts";
import { foldText, foldTextWithOffsets } from "#lib/core/reading/fold-text.ts";
import type { Document } from "#lib/protocol/document.ts";

export interface FindOptions {
  caseSensitive: boolean;
  wholeWord: boolean;
}

/** A stretch of one block's plain text, in UTF-16 units. */
export interface TextRange {
  blockId: string;
  start: number;
  end: number;
}

export interface FindResult {
  /** In reading order. */
  matches: TextRange[];
  /** There are more than `MATCHES_MAX`. */
  capped: boolean;
}

export const MATCHES_MAX = 10_000;
const NOTHING: FindResult = { matches: [], capped: false };

interface SearchText {
  blockId: string;
  text: string;
  folded: string | null;
}

const searchTexts = new WeakMap<Document, SearchText[]>();

/**
 * Finds a phrase in the document's text rather than in what happens to be on
 * screen: letter case (unless asked for), optional marks, typographic quotes
 * and invisible characters do not matter, and offsets point into the original.
 * The folded text is kept, so that the next letter typed costs only a scan.
 */
export function findInDocument(document: Document, query: string, options: FindOptions): FindResult {
  const needle = foldText(query, options.caseSensitive).replace(/ +/g, " ");
  if (!needle.trim()) return NOTHING;
  const caseless = foldText(needle);
  const matches: TextRange[] = [];
  for (const entry of getSearchTexts(document)) {
    entry.folded ??= foldText(entry.text);
    if (!entry.folded.includes(caseless)) continue;
    for (const range of findInText(entry.text, needle, options)) {
      if (matches.length === MATCHES_MAX) return { matches, capped: true };
      matches.push({ blockId: entry.blockId, ...range });
    }
  }
  return { matches, capped: false };
}

/** The first match at or after a place in reading order, so that a search starts where one reads; wraps round. */
export function firstMatchFrom(document: Document, matches: readonly TextRange[], order: number): number {
  const { byId } = indexDocument(document);
  const index = matches.findIndex(({ blockId }) => (byId.get(blockId)?.order ?? -1) >= order);
  return index === -1 ? 0 : index;
}

function getSearchTexts(document: Document): SearchText[] {
  const known = searchTexts.get(document);
  if (known) return known;
  const texts: SearchText[] = [];
  if (!findTitleBlock(document) && document.title) {
    texts.push({ blockId: TITLE_ID, text: document.title, folded: null });
  }
  for (const { block } of indexDocument(document).all) {
    const text = ownText(block);
    if (text) texts.push({ blockId: block.id, text, folded: null });
  }
  searchTexts.set(document, texts);
  return texts;
}

function* findInText(text: string, needle: string, options: FindOptions) {
  const folded = foldTextWithOffsets(text, options.caseSensitive);
  let previousEnd = -1;
  for (
    let at = folded.text.indexOf(needle);
    at !== -1;
    at = folded.text.indexOf(needle, at + needle.length)
  ) {
    const last = at + needle.length - 1;
    const start = folded.starts?.[at] ?? at;
    const end = folded.ends?.[last] ?? last + 1;
    if (start < previousEnd) continue;
    if (options.wholeWord && !(isWordEdge(text, start) && isWordEdge(text, end))) continue;
    previousEnd = end;
    yield { start, end };
  }
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts written without spaces: any place between two characters may end a word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function isWordEdge(text: string, offset: number): boolean {
  const before = characterBefore(text, offset);
  const after = String.fromCodePoint(text.codePointAt(offset) ?? 32);
  if (!WORD.test(before) || !WORD.test(after)) return true;
  return UNSPACED.test(before) || UNSPACED.test(after);
}

function characterBefore(text: string, offset: number): string {
  const unit = text.charCodeAt(offset - 1);
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff;
  return text.slice(Math.max(0, offset - (isLowSurrogate ? 2 : 1)), offset) || " ";
}
