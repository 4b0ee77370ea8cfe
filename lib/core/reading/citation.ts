import { blockText, runsText } from "#lib/core/document/block-text.ts";
import { indexDocument, ownText } from "#lib/core/reading/block-index.ts";
import { findInDocument, type TextRange } from "#lib/core/reading/find.ts";
import type { Block, Citation, Document } from "#lib/protocol/document.ts";

/** A citation of a stretch of a block's text, or null when the block is unknown or the stretch is empty. */
export function createCitation(document: Document, range: TextRange): Citation | null {
  const entry = indexDocument(document).byId.get(range.blockId);
  if (!entry) return null;
  const quote = blockText(entry.block).slice(range.start, range.end);
  if (!quote.trim()) return null;
  return { documentId: document.id, ...range, end: range.start + quote.length, quote };
}

/**
 * Where a citation's passage stands now. Exactly where it was if the text still
 * says so; else the nearest place in its block that does; else the first block
 * that holds the quote, spelling and case aside. Null when the passage is gone.
 */
export function resolveCitation(document: Document, citation: Citation): TextRange | null {
  const { blockId, start, quote } = citation;
  const { byId, all } = indexDocument(document);
  const entry = byId.get(blockId);
  if (entry) {
    const at = nearestOccurrence(blockText(entry.block), quote, start);
    if (at !== -1) return { blockId, start: at, end: at + quote.length };
  }
  if (!quote.trim()) return null;
  for (const { block } of all) {
    const at = ownText(block).indexOf(quote);
    if (at !== -1) return { blockId: block.id, start: at, end: at + quote.length };
  }
  return findInDocument(document, quote, { caseSensitive: false, wholeWord: false }).matches[0] ?? null;
}

function nearestOccurrence(text: string, quote: string, start: number): number {
  if (!quote) return -1;
  if (text.startsWith(quote, start)) return start;
  const after = text.indexOf(quote, start);
  const before = text.lastIndexOf(quote, start);
  if (after === -1 || before === -1) return Math.max(after, before);
  return after - start < start - before ? after : before;
}

/**
 * Splits a range over a container (a list, a quotation, a post) into ranges over
 * the blocks inside it that hold the text. Mirrors how `blockText` joins them.
 */
export function splitRange(block: Block, start: number, end: number): TextRange[] {
  const ranges: TextRange[] = [];
  const clip = (id: string, from: number, length: number): void => {
    const first = Math.max(start - from, 0);
    const last = Math.min(end - from, length);
    if (first < last) ranges.push({ blockId: id, start: first, end: last });
  };
  const visitAll = (blocks: readonly Block[], from: number): void => {
    let at = from;
    for (const child of blocks) {
      const length = blockText(child).length;
      if (length === 0) continue;
      visit(child, at);
      at += length + 1;
    }
  };
  const visit = (current: Block, from: number): void => {
    switch (current.type) {
      case "quote":
      case "post":
        visitAll(current.blocks, from);
        break;
      case "details": {
        const summary = runsText(current.summary).length;
        clip(current.id, from, summary);
        visitAll(current.blocks, from + summary + 1);
        break;
      }
      case "list": {
        // Items are joined as they are, empty ones too.
        let at = from;
        for (const item of current.items) {
          visitAll(item, at);
          at += item.map(blockText).filter(Boolean).join("\n").length + 1;
        }
        break;
      }
      default:
        clip(current.id, from, blockText(current).length);
    }
  };
  visit(block, 0);
  return ranges;
}
