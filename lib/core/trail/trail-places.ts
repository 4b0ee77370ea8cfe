import type { TrailMap, TrailPage } from "#lib/core/trail/trail-map.ts";

/** Where a page of the map stands: on a cylinder around the person, metres and degrees, azimuth to the right. */
export interface TrailPlace {
  page: TrailPage;
  azimuthDeg: number;
  /** Above eye level. */
  heightM: number;
}

export interface TrailPlaces {
  places: readonly TrailPlace[];
  /** Labels are made smaller where rows come close to each other: 1 is full size. */
  scale: number;
}

/** Before the panels: while the map is open it is what one looks at. */
export const MAP_RADIUS_M = 1.25;
/** More than these cannot be told apart in space; the list has them all. */
export const MAP_PAGES_MAX = 60;
const COLUMN_DEG = 15;
/** The gap behind the person tells where the map begins and ends. */
const SPAN_DEG = 300;
const ROW_M = 0.125;
const HEIGHT_M = 1.04;

/**
 * Sets the newest pages of a map around the person, its middle straight ahead: columns
 * side by side from left to right, closer together when there are many, so that it
 * never closes on itself.
 */
export function placeTrailMap(map: TrailMap): TrailPlaces {
  const shown = map.pages
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, MAP_PAGES_MAX);
  const kept = new Set(shown);
  const pages = map.pages.filter((page) => kept.has(page));
  const columns = range(pages.map(({ column }) => column));
  const rows = range(pages.map(({ row }) => row));
  const columnDeg = columns.size > 0 ? Math.min(COLUMN_DEG, SPAN_DEG / columns.size) : COLUMN_DEG;
  const rowM = rows.size > 0 ? Math.min(ROW_M, HEIGHT_M / rows.size) : ROW_M;
  return {
    scale: Math.max(0.4, Math.min(columnDeg / COLUMN_DEG, rowM / ROW_M)),
    places: pages.map((page) => ({
      page,
      azimuthDeg: (page.column - columns.middle) * columnDeg,
      heightM: (rows.middle - page.row) * rowM,
    })),
  };
}

function range(values: readonly number[]): { size: number; middle: number } {
  if (values.length === 0) return { size: 0, middle: 0 };
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { size: high - low, middle: (low + high) / 2 };
}
