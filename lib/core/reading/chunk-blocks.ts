import { blockText } from "#lib/core/document/block-text.ts";
import type { Block } from "#lib/protocol/document.ts";

/** Neighbouring blocks that are mounted, and skipped by layout, together. */
export interface Chunk {
  /** Index of the first block. */
  start: number;
  blocks: readonly Block[];
  /** Characters of text, and room for pictures counted as text. */
  weight: number;
}

/** Divisible by 2, 3 and 4, so that a grid of cards is not broken between chunks. */
const BLOCKS_MAX = 48;
/** About eight screens of text. */
const WEIGHT_MAX = 16_000;
const MEDIA_WEIGHT = 1_600;

/** Splits a document so that no step of drawing it takes long, however long it is. */
export function chunkBlocks(blocks: readonly Block[]): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let weight = 0;
  const close = (end: number): void => {
    if (end > start) chunks.push({ start, blocks: blocks.slice(start, end), weight });
    start = end;
    weight = 0;
  };
  blocks.forEach((block, index) => {
    const own = blockWeight(block);
    const isFull = index - start === BLOCKS_MAX || (weight > 0 && weight + own > WEIGHT_MAX);
    // A row of cards goes on in its chunk unless the chunk is full by count.
    const isRow = block.type === "card" && blocks[index - 1]?.type === "card";
    if (isFull && !(isRow && index - start < BLOCKS_MAX)) close(index);
    weight += own;
  });
  close(blocks.length);
  return chunks;
}

function blockWeight(block: Block): number {
  const media = block.type === "image" || block.type === "video" ? MEDIA_WEIGHT : 0;
  return blockText(block).length + media + 60;
}

/**
 * The chunk's height in `em` at so many characters a line: good enough for a
 * scroll bar that does not jump before the chunk is laid out.
 */
export function estimateChunkHeight(chunk: Chunk, charactersPerLine: number, lineHeight: number): number {
  const lines = chunk.weight / Math.max(10, charactersPerLine) + chunk.blocks.length * 0.6;
  return Math.round((lines * lineHeight + chunk.blocks.length * 0.8) * 10) / 10;
}

/** Index of the chunk that holds the block at `blockIndex`. */
export function findChunk(chunks: readonly Chunk[], blockIndex: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.start ?? 0) <= blockIndex) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
