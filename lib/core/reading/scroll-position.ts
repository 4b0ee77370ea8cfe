/**
 * Where in a page someone reads: a block and how much of it has scrolled past.
 * Holds when size, width or font change; `y` only helps when the block is gone.
 */
export interface ScrollPosition {
  /** The innermost block at the top edge, or null above the first. */
  blockId: string | null;
  /** Share of that block above the edge, 0 to 1. */
  offset: number;
  /** CSS pixels scrolled. */
  y: number;
}

export const TOP: ScrollPosition = { blockId: null, offset: 0, y: 0 };
