import { blockText, runsText } from "#lib/core/document/block-text.ts";
import type { Block, Document } from "#lib/protocol/document.ts";

/** The title above the text is no block of the model; find and outline call it by this id. */
export const TITLE_ID = "@title";

export interface IndexedBlock {
  block: Block;
  /** Index of the outermost block it stands in, in `document.blocks`. */
  topIndex: number;
  /** Place among all blocks in reading order, nested ones included. */
  order: number;
}

export interface DocumentIndex {
  /** Every block in reading order, containers before what they hold. */
  all: readonly IndexedBlock[];
  byId: ReadonlyMap<string, IndexedBlock>;
}

const indexes = new WeakMap<Document, DocumentIndex>();

/** Where each block stands. Built once a document, in time linear to its blocks. */
export function indexDocument(document: Document): DocumentIndex {
  const known = indexes.get(document);
  if (known) return known;
  const all: IndexedBlock[] = [];
  const byId = new Map<string, IndexedBlock>();
  const visit = (block: Block, topIndex: number): void => {
    const entry = { block, topIndex, order: all.length };
    all.push(entry);
    if (!byId.has(block.id)) byId.set(block.id, entry);
    for (const child of childBlocks(block)) visit(child, topIndex);
  };
  document.blocks.forEach(visit);
  const index = { all, byId };
  indexes.set(document, index);
  return index;
}

/** The blocks directly inside a block, in reading order. */
export function childBlocks(block: Block): readonly Block[] {
  if (block.type === "list") return block.items.flat();
  return "blocks" in block ? block.blocks : [];
}

/** The text a block holds itself, without that of blocks inside it. Its offsets are those of `blockText`. */
export function ownText(block: Block): string {
  switch (block.type) {
    case "list":
    case "quote":
    case "post":
      return "";
    case "details":
      return runsText(block.summary);
    default:
      return blockText(block);
  }
}

/**
 * The heading that only repeats the document's title, or null. The title is
 * drawn once, above the text; that heading then lends it its id.
 */
export function findTitleBlock(document: Document): Block | null {
  const title = comparable(document.title);
  if (!title) return null;
  for (const block of document.blocks.slice(0, 4)) {
    if (block.type === "heading" && comparable(runsText(block.runs)) === title) return block;
  }
  return null;
}

function comparable(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
