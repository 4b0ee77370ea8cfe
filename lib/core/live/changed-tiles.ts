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

/** One plane of a captured picture, as it lies in its bytes. A tile takes `tileBytes` of each of `tileRows` rows. */
export interface PicturePlane {
  offset: number;
  /** Bytes from one row to the next, like all others here a multiple of four. */
  stride: number;
  rows: number;
  tileBytes: number;
  tileRows: number;
}

export interface PlaneLayout {
  planes: PicturePlane[];
  /** Of all planes with their quiet rows. */
  byteLength: number;
}

/** What is as large as its picture and has so many quiet rows below, which no page fills. Pixels. */
export interface PaddedSize {
  width: number;
  height: number;
  paddedHeight: number;
}

/**
 * Where the planes of a picture with halved colour go, each row a whole number of tiles long: I420 has three planes,
 * NV12 two (WebCodecs, "Pixel formats"). Uses nothing around it, as the capture page is handed its text.
 * @throws RangeError for another format.
 */
export function layPlanes(format: string | null, { width, height, paddedHeight }: PaddedSize): PlaneLayout {
  const tile = 16;
  const across = Math.ceil(width / tile);
  const half = { rows: Math.ceil(height / 2), tileRows: tile / 2 };
  const luma = { offset: 0, stride: across * tile, rows: height, tileBytes: tile, tileRows: tile };
  const lumaBytes = luma.stride * paddedHeight;
  const colourBytes = (luma.stride / 2) * (paddedHeight / 2);
  const byteLength = lumaBytes + 2 * colourBytes;
  if (format === "NV12") {
    const both = { ...half, offset: lumaBytes, stride: luma.stride, tileBytes: tile };
    return { planes: [luma, both], byteLength };
  }
  if (format !== "I420") throw new RangeError(`The tab is captured as ${format}.`);
  const blue = { ...half, offset: lumaBytes, stride: luma.stride / 2, tileBytes: tile / 2 };
  return { planes: [luma, blue, { ...blue, offset: lumaBytes + colourBytes }], byteLength };
}

export interface TileGrid {
  columns: number;
  rows: number;
  /** One for each tile, row by row; not 0 where it changed. */
  changed: Uint8Array;
  count: number;
}

/**
 * Which tiles of 16 × 16 pixels differ between two pictures of one layout, to the bit: an unchanged place is
 * captured alike each time. Uses nothing around it, as the capture page is handed its text.
 */
export function findChangedTiles(before: Uint8Array, after: Uint8Array, { planes }: PlaneLayout): TileGrid {
  const [luma] = planes;
  const columns = luma ? luma.stride / luma.tileBytes : 0;
  const rows = luma ? Math.ceil(luma.rows / luma.tileRows) : 0;
  const changed = new Uint8Array(columns * rows);
  const a = new Uint32Array(before.buffer, before.byteOffset, before.byteLength / 4);
  const b = new Uint32Array(after.buffer, after.byteOffset, after.byteLength / 4);
  let count = 0;
  for (const plane of planes) {
    const words = plane.tileBytes / 4;
    for (let y = 0; y < plane.rows; y += 1) {
      const first = Math.floor(y / plane.tileRows) * columns;
      let at = (plane.offset + y * plane.stride) / 4;
      for (let column = 0; column < columns; column += 1) {
        const end = at + words;
        if (changed[first + column] === 0) {
          let word = at;
          while (word < end && a[word] === b[word]) word += 1;
          if (word < end) {
            changed[first + column] = 1;
            count += 1;
          }
        }
        at = end;
      }
    }
  }
  return { columns, rows, changed, count };
}

/**
 * A mark that goes with a picture's pixels from one to the next, so that a picture that comes back has its mark
 * again: what the changed tiles' pixels add to it is taken out, and theirs that are new put in (FNV-1a, four bytes
 * at a time). Uses nothing around it, as the capture page is handed its text.
 */
export function carryMark(
  mark: number,
  {
    before,
    after,
    grid,
    layout,
  }: { before: Uint8Array; after: Uint8Array; grid: TileGrid; layout: PlaneLayout },
): number {
  const a = new Uint32Array(before.buffer, before.byteOffset, before.byteLength / 4);
  const b = new Uint32Array(after.buffer, after.byteOffset, after.byteLength / 4);
  let carried = mark;
  for (let tile = 0; tile < grid.changed.length; tile += 1) {
    if (grid.changed[tile] === 0) continue;
    const column = tile % grid.columns;
    const row = Math.floor(tile / grid.columns);
    let old = Math.imul(tile + 1, 0x9e3779b1);
    let young = old;
    for (const { offset, stride, rows, tileBytes, tileRows } of layout.planes) {
      const end = Math.min(rows, (row + 1) * tileRows);
      for (let y = row * tileRows; y < end; y += 1) {
        const first = (offset + y * stride + column * tileBytes) / 4;
        for (let word = first; word < first + tileBytes / 4; word += 1) {
          old = Math.imul(old ^ (a[word] ?? 0), 0x01000193);
          old ^= old >>> 15;
          young = Math.imul(young ^ (b[word] ?? 0), 0x01000193);
          young ^= young >>> 15;
        }
      }
    }
    carried ^= old ^ young;
  }
  return carried;
}

/**
 * Few rectangles that together cover every changed tile, inside the picture. They do not
 * overlap unless there were too many, in which case one holds all. Uses nothing around it, as the
 * capture page is handed its text.
 */
export function coverTiles(
  { columns, rows, changed }: Omit<TileGrid, "count">,
  { tile, width, height }: { tile: number; width: number; height: number },
): PixelRect[] {
  /** More rectangles than this cost more as messages than the pixels between them. */
  const rectsMax = 24;
  /** Runs beyond which pairs are not tried: their number is squared. */
  const pairsMax = 96;
  const area = (rect: PixelRect) => rect.width * rect.height;

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

  /** Runs of each row of tiles, joined with the run above when both span the same columns. */
  function stackRuns(): PixelRect[] {
    const stacked: PixelRect[] = [];
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
        if (!known) stacked.push(rect);
        here.set(key, rect);
      }
      above = here;
    }
    return stacked;
  }

  /** Joins two wherever the tiles between them cost no more than a message of their own would. */
  function joinCheap(rects: readonly PixelRect[]): PixelRect[] {
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

  let rects = stackRuns();
  if (rects.length > pairsMax) rects = [bound(rects)];
  rects = joinCheap(rects);
  if (rects.length > rectsMax) rects = [bound(rects)];
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
