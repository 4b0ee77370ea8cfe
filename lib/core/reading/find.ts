import { findTitleBlock, indexDocument, ownText, TITLE_ID } from "#lib/core/reading/block-index.ts";
import {
  type FoldedOffsets,
  foldText,
  isAscii,
  mapFoldedOffsets,
  unfoldRange,
} from "#lib/core/reading/fold-text.ts";
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

/** A block's text with what a search has worked out about it so far. */
interface SearchText {
  blockId: string;
  text: string;
  folded: string | null;
  /** Folded but for its case. */
  cased: string | null;
  offsets: FoldedOffsets | null;
  /** Folded and original offsets are the same. */
  isAscii: boolean;
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
    for (const range of findInText(entry, needle, options)) {
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
    texts.push(searchText(TITLE_ID, document.title));
  }
  for (const { block } of indexDocument(document).all) {
    const text = ownText(block);
    if (text) texts.push(searchText(block.id, text));
  }
  searchTexts.set(document, texts);
  return texts;
}

function searchText(blockId: string, text: string): SearchText {
  return { blockId, text, folded: null, cased: null, offsets: null, isAscii: isAscii(text) };
}

function* findInText(entry: SearchText, needle: string, { caseSensitive, wholeWord }: FindOptions) {
  const { text } = entry;
  if (caseSensitive) entry.cased ??= foldText(text, true);
  const haystack = (caseSensitive ? entry.cased : entry.folded) ?? "";
  let previousEnd = -1;
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    if (!entry.isAscii) entry.offsets ??= mapFoldedOffsets(text);
    const { start, end } = entry.offsets
      ? unfoldRange(entry.offsets, at, at + needle.length)
      : { start: at, end: at + needle.length };
    // Half of a ligature has been found already with its other half.
    if (start < previousEnd) continue;
    if (wholeWord && !(isWordEdge(text, start) && isWordEdge(text, end))) continue;
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
