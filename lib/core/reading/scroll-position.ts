import { z } from "zod";

/**
 * Where in a page someone reads: a block and how much of it has scrolled past.
 * Holds when size, width or font change; `y` only helps when the block is gone.
 */
export const scrollPositionSchema = z.object({
  /** The outermost block at the top edge, or null above the first. */
  blockId: z.string().nullable(),
  /** Share of that block above the edge, 0 to 1. */
  offset: z.number().min(0).max(1),
  /** Pixels scrolled. */
  y: z.number().nonnegative(),
});
export type ScrollPosition = z.infer<typeof scrollPositionSchema>;

export const TOP: ScrollPosition = { blockId: null, offset: 0, y: 0 };
