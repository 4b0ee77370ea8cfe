import { type SurfaceOptions, tileScale } from "#lib/client/surface/surface-options.ts";

/** CSS pixels of a tile's row: some are painted in a few milliseconds each, and few go unseen. */
export const TILE_HEIGHT_PX = 256;
/** Rows kept ready beyond the view, ahead of the direction of travel and behind it. */
const AHEAD = 1;
const BEHIND = 1;

export interface TileSize {
  cssHeight: number;
  /** Device pixels. */
  width: number;
  height: number;
}

export function tileSize({ widthPx, scale }: Pick<SurfaceOptions, "widthPx" | "scale">): TileSize {
  const exact = tileScale(scale);
  return {
    cssHeight: TILE_HEIGHT_PX,
    width: Math.max(1, Math.round(widthPx * exact)),
    height: Math.round(TILE_HEIGHT_PX * exact),
  };
}

/** The most rows that can be alive at once under these options: those in view, even cut in two, and the margins. */
export function tileRowsMax(heightPx: number): number {
  return Math.ceil(heightPx / TILE_HEIGHT_PX) + 1 + AHEAD + BEHIND;
}

export interface TileWindow {
  /** First and last row in view. */
  view: [number, number];
  /** First and last row that may live. */
  reach: [number, number];
  /** Every row in reach, the most urgent first: the view from its top, then ahead, then behind. */
  order: number[];
}

/** `direction`: 1 down the document, −1 up. An empty document has one row. */
export function tileWindow(place: {
  scrollPx: number;
  heightPx: number;
  contentHeightPx: number;
  direction: 1 | -1;
}): TileWindow {
  const { scrollPx, heightPx, contentHeightPx, direction } = place;
  const last = Math.max(0, Math.ceil(contentHeightPx / TILE_HEIGHT_PX) - 1);
  const clamp = (row: number) => Math.min(last, Math.max(0, row));
  const from = clamp(Math.floor(scrollPx / TILE_HEIGHT_PX));
  const to = clamp(Math.ceil((scrollPx + heightPx) / TILE_HEIGHT_PX) - 1);
  const [above, below] = direction === 1 ? [BEHIND, AHEAD] : [AHEAD, BEHIND];
  const reach: [number, number] = [clamp(from - above), clamp(to + below)];
  const rows = (first: number, end: number) =>
    Array.from({ length: Math.max(0, end - first + 1) }, (_, i) => first + i);
  const before = rows(reach[0], from - 1).reverse();
  const after = rows(to + 1, reach[1]);
  const order = [...rows(from, to), ...(direction === 1 ? [...after, ...before] : [...before, ...after])];
  return { view: [from, to], reach, order };
}
