import { childBlocks } from "#lib/core/reading/block-index.ts";
import type { Block, Document } from "#lib/protocol/document.ts";

/** Ids of the folded sections a block stands in, outermost first. Not the block itself. */
export function findDetailsAround(document: Document, blockId: string): string[] {
  const visit = (blocks: readonly Block[], around: readonly string[]): readonly string[] | null => {
    for (const block of blocks) {
      if (block.id === blockId) return around;
      const children = childBlocks(block);
      if (children.length === 0) continue;
      const found = visit(children, block.type === "details" ? [...around, block.id] : around);
      if (found) return found;
    }
    return null;
  };
  return [...(visit(document.blocks, []) ?? [])];
}
