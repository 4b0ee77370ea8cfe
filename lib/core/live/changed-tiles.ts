/** Pixels, from the upper left. */
export interface PixelRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface RawPicture {
  /** Rows without padding, three bytes a pixel. */
  data: Uint8Array;
  width: number;
  height: number;
}

export interface TileGrid {
  columns: number;
  rows: number;
  /** One for each tile, row by row; not 0 where it changed. */
  changed: Uint8Array;
  count: number;
}

/** More rectangles than this cost more as messages than the pixels between them. */
const RECTS_MAX = 24;
/** Runs beyond which pairs are not tried: their number is squared. */
const PAIRS_MAX = 96;

/**
 * Which tiles differ between two pictures of one size, to the byte: one encoder at one
 * quality gives equal pixels for an unchanged place.
 */
export function findChangedTiles(before: RawPicture, after: RawPicture, tile: number): TileGrid {
  const { width, height } = after;
  if (before.width !== width || before.height !== height)
    throw new RangeError("The pictures differ in size.");
  const columns = Math.ceil(width / tile);
  const rows = Math.ceil(height / tile);
  const changed = new Uint8Array(columns * rows);
  // Four bytes at once wherever rows and tiles begin on such a boundary.
  const byFour = [
    width * 3,
    tile * 3,
    before.data.byteOffset,
    after.data.byteOffset,
    before.data.byteLength,
  ].every((bytes) => bytes % 4 === 0);
  const a = byFour ? toWords(before.data) : before.data;
  const b = byFour ? toWords(after.data) : after.data;
  const unit = byFour ? 4 : 1;
  const rowLength = (width * 3) / unit;
  const tileLength = (tile * 3) / unit;
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    const base = y * rowLength;
    const first = Math.floor(y / tile) * columns;
    for (let column = 0; column < columns; column += 1) {
      if (changed[first + column]) continue;
      const from = base + column * tileLength;
      const to = Math.min(from + tileLength, base + rowLength);
      for (let at = from; at < to; at += 1) {
        if (a[at] === b[at]) continue;
        changed[first + column] = 1;
        count += 1;
        break;
      }
    }
  }
  return { columns, rows, changed, count };
}

function toWords(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/**
 * Few rectangles that together cover every changed tile, inside the picture. They do not
 * overlap unless there were too many, in which case one holds all.
 */
export function coverTiles(
  grid: TileGrid,
  { tile, width, height }: { tile: number; width: number; height: number },
): PixelRect[] {
  let rects = stackRuns(grid);
  if (rects.length > PAIRS_MAX) rects = [bound(rects)];
  rects = joinCheap(rects);
  if (rects.length > RECTS_MAX) rects = [bound(rects)];
  return rects.map((rect) => {
    const [x, y] = [rect.x * tile, rect.y * tile];
    return {
      x,
      y,
      width: Math.min(rect.width * tile, width - x),
      height: Math.min(rect.height * tile, height - y),
    };
  });
}

/** Runs of each row of tiles, joined with the run above when both span the same columns. */
function stackRuns({ columns, rows, changed }: TileGrid): PixelRect[] {
  const rects: PixelRect[] = [];
  let above = new Map<string, PixelRect>();
  for (let y = 0; y < rows; y += 1) {
    const here = new Map<string, PixelRect>();
    for (let x = 0; x < columns; x += 1) {
      if (!changed[y * columns + x]) continue;
      const start = x;
      while (x < columns && changed[y * columns + x]) x += 1;
      const key = `${start}:${x}`;
      const known = above.get(key);
      const rect = known ?? { x: start, y, width: x - start, height: 0 };
      rect.height += 1;
      if (!known) rects.push(rect);
      here.set(key, rect);
    }
    above = here;
  }
  return rects;
}

/** Joins two wherever the tiles between them cost no more than a message of their own would. */
function joinCheap(rects: PixelRect[]): PixelRect[] {
  const joined = [...rects];
  for (let i = 0; i < joined.length; i += 1) {
    for (let j = i + 1; j < joined.length; j += 1) {
      const [a, b] = [joined[i] as PixelRect, joined[j] as PixelRect];
      const union = bound([a, b]);
      if (area(union) > (area(a) + area(b)) * 1.25 + 3) continue;
      joined[i] = union;
      joined.splice(j, 1);
      // The larger one may now swallow what it passed over.
      j = i;
    }
  }
  return joined;
}

function area({ width, height }: PixelRect): number {
  return width * height;
}

function bound(rects: readonly PixelRect[]): PixelRect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  };
}
