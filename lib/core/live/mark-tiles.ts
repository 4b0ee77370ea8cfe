import type { RawPicture } from "#lib/core/live/changed-tiles.ts";

/**
 * A checksum for each tile of a picture, row by row, never 0: FNV-1a over its pixels (Fowler, Noll, Vo),
 * four bytes at a time where rows allow. Two tiles with one mark are taken for equal.
 */
export function markTiles({ data, width, height }: RawPicture, tile: number): Uint32Array {
  const columns = Math.ceil(width / tile);
  const marks = new Uint32Array(columns * Math.ceil(height / tile)).fill(0x811c9dc5);
  const byFour = [width * 3, tile * 3, data.byteOffset, data.byteLength].every((bytes) => bytes % 4 === 0);
  const units = byFour ? new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4) : data;
  const rowLength = (width * 3) / (byFour ? 4 : 1);
  const tileLength = (tile * 3) / (byFour ? 4 : 1);
  for (let y = 0; y < height; y += 1) {
    const first = Math.floor(y / tile) * columns;
    for (let column = 0; column < columns; column += 1) {
      const from = y * rowLength + column * tileLength;
      const to = Math.min(from + tileLength, (y + 1) * rowLength);
      let mark = marks[first + column] ?? 0;
      for (let at = from; at < to; at += 1) {
        mark = Math.imul(mark ^ (units[at] ?? 0), 0x01000193);
        mark ^= mark >>> 15;
      }
      marks[first + column] = mark;
    }
  }
  return marks.map((mark) => mark || 1);
}
