import type { BlockMap } from "#lib/client/surface/block-map.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";

/** Air above a block that was jumped to, in pixels: that of the flat view. */
export const TOP_AIR_PX = 16;

/** A place to go to that may not be laid out yet. */
export type Goal =
  | { kind: "position"; position: ScrollPosition }
  /** The block's top stays so far below the top of the view. */
  | { kind: "held"; blockId: string; belowTopPx: number; y: number }
  | { kind: "block"; blockId: string; share: number | null };

export interface Laid {
  blocks: BlockMap;
  heightPx: number;
  isDone: boolean;
}

/** Where someone reads: the block at the top edge, and how much of it is above. */
export function readPlace(blocks: BlockMap, scrollPx: number): ScrollPosition {
  const block = blocks.at(scrollPx + TOP_AIR_PX);
  if (!block) return { blockId: null, offset: 0, y: scrollPx };
  const above = block.height > 0 ? (scrollPx - block.y) / block.height : 0;
  return { blockId: block.id, offset: Math.min(1, Math.max(0, above)), y: scrollPx };
}

/** The scroll that brings a goal about, unclamped, or null while its block is not laid out. */
export function resolveGoal(goal: Goal, { blocks, heightPx, isDone }: Laid, viewPx: number): number | null {
  const fallback = (y: number) => (isDone || heightPx >= y + viewPx ? y : null);
  switch (goal.kind) {
    case "position": {
      const { blockId, offset, y } = goal.position;
      if (blockId === null) return fallback(y);
      const block = blocks.get(blockId);
      if (!block) return isDone ? y : null;
      return enough(block.y + offset * block.height - (offset === 0 ? TOP_AIR_PX : 0));
    }
    case "held": {
      const block = blocks.get(goal.blockId);
      if (!block) return isDone ? goal.y : null;
      return enough(block.y - goal.belowTopPx);
    }
    case "block": {
      const block = blocks.get(goal.blockId);
      if (!block) return isDone ? Number.NaN : null;
      if (goal.share === null) return enough(block.y - TOP_AIR_PX);
      // In the middle, as search results stand.
      return enough(block.y + goal.share * block.height - viewPx / 2);
    }
  }
  function enough(y: number): number | null {
    return isDone || heightPx >= y + viewPx ? y : null;
  }
}
