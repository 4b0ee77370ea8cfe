import type { CDPSession } from "playwright-core";
import { coverTiles, type PixelRect } from "#lib/core/live/changed-tiles.ts";
import { markTiles } from "#lib/core/live/mark-tiles.ts";
import { encodeSharpTile, type TileCodecs } from "#services/live/stream/encode-tile.ts";
import type { Outlet, PictureTile } from "#services/live/stream/outlet.ts";
import { decode } from "#services/live/stream/raw-picture.ts";
import { takeScreenshot } from "#services/live/stream/take-screenshot.ts";

/** Device pixels of a tile that is either sharp or not. */
const TILE = 64;
/** Rows of one message: how long a new frame may have to wait behind it. */
const BAND = 4 * TILE;

/** Which places of the client's picture are sharp, and with what. */
export interface Refinement {
  /** A place was drawn coarsely; without one, all of it. Device pixels. */
  blur(size: { width: number; height: number }, rects?: readonly PixelRect[]): void;
  /** Known sharp tiles were drawn. */
  restore(marks: readonly [number, number][]): void;
  /**
   * Sends what is not sharp, from one screenshot at the panel's density. Resolves with what was sent,
   * or null when it was cancelled or the page moved meanwhile, which leaves the rest for the next time.
   */
  run(signal: AbortSignal): Promise<RefinedPart[] | null>;
}

export interface RefinedPart {
  tile: PictureTile;
  marks: [number, number][];
}

export interface RefinementOptions {
  cdp: CDPSession;
  outlet: Outlet;
  codecs: TileCodecs;
  isNarrow(): boolean;
  /** Resolves when one more frame can leave. */
  whenFree(signal: AbortSignal): Promise<void>;
}

export function createRefinement(options: RefinementOptions): Refinement {
  const { cdp, outlet, codecs, isNarrow, whenFree } = options;
  let width = 0;
  let height = 0;
  /** A checksum for each sharp tile; 0 where it is not. */
  let marks = new Uint32Array(0);
  /** When each tile was last drawn coarsely, counted in drawings: a screenshot from before then is stale there. */
  let blurredAt = new Uint32Array(0);
  let drawings = 0;
  const columns = () => Math.ceil(width / TILE);

  function blur(size: { width: number; height: number }, rects?: readonly PixelRect[]): void {
    drawings += 1;
    if (!rects || size.width !== width || size.height !== height) {
      ({ width, height } = size);
      marks = new Uint32Array(columns() * Math.ceil(height / TILE));
      blurredAt = new Uint32Array(marks.length).fill(drawings);
      return;
    }
    for (const rect of rects) {
      for (const tile of tilesOf(rect)) {
        marks[tile] = 0;
        blurredAt[tile] = drawings;
      }
    }
  }

  function* tilesOf({ x, y, width, height }: PixelRect): Generator<number> {
    for (let row = Math.floor(y / TILE); row * TILE < y + height; row += 1)
      for (let column = Math.floor(x / TILE); column * TILE < x + width; column += 1)
        yield row * columns() + column;
  }

  return {
    blur,
    restore(known) {
      for (const [tile, mark] of known) marks[tile] = mark;
    },
    async run(signal) {
      const capturedAtMs = Date.now();
      const begun = drawings;
      const shot = await takeScreenshot(cdp);
      if (signal.aborted) return null;
      const picture = await decode(shot);
      if (signal.aborted || picture.width !== width || picture.height !== height) return null;
      const seen = markTiles(picture, TILE);
      const changed = Uint8Array.from(seen, (mark, tile) => (mark === marks[tile] ? 0 : 1));
      const grid = { columns: columns(), rows: Math.ceil(height / TILE), changed, count: 0 };
      const sent: RefinedPart[] = [];
      let isComplete = true;
      for (const rect of coverTiles(grid, { tile: TILE, width, height }).flatMap(toBands)) {
        await whenFree(signal);
        const isStale = () => [...tilesOf(rect)].some((tile) => (blurredAt[tile] ?? 0) > begun);
        if (signal.aborted) return null;
        const encoded = await encodeSharpTile(picture, rect, { codecs, narrow: isNarrow() });
        if (signal.aborted) return null;
        if (isStale()) {
          isComplete = false;
          continue;
        }
        const tile = { ...encoded, place: rect };
        outlet.send({ tiles: [tile], width, height, key: false, sharp: true, capturedAtMs });
        const fresh = [...tilesOf(rect)].map((index): [number, number] => [index, seen[index] ?? 0]);
        for (const [index, mark] of fresh) marks[index] = mark;
        sent.push({ tile, marks: fresh });
      }
      return isComplete ? sent : null;
    },
  };
}

function toBands(rect: PixelRect): PixelRect[] {
  return Array.from({ length: Math.ceil(rect.height / BAND) }, (_, band) => ({
    ...rect,
    y: rect.y + band * BAND,
    height: Math.min(BAND, rect.height - band * BAND),
  }));
}
