/**
 * Sizes of everything that is pressed in the room. Interfaces are laid out in
 * pixels of a fixed angle, so that they look the same from any distance: a
 * control of `TARGET_PX` covers 2.75°, above the 2.5° every target has to have.
 */
export const TARGET_PX = 48;
const TARGET_DEG = 2.75;
/** Below this a ray held by a hand misses too often (Qui's look, after Microsoft's and Meta's guidance). */
export const TARGET_DEG_MIN = 2.5;
/** Larger interfaces than this leave no room for what they are about. */
const SCALE_MAX = 1.5;

const METRES_PER_PX_AND_METRE = (2 * Math.tan((TARGET_DEG * Math.PI) / 360)) / TARGET_PX;

/** Metres of one interface pixel at a distance; larger for people who read larger, never smaller. */
export function pixelSizeM(distanceM: number, textScale = 1): number {
  return METRES_PER_PX_AND_METRE * distanceM * Math.min(SCALE_MAX, Math.max(1, textScale));
}

/** The angle a length covers when seen straight from a distance, in degrees. */
export function angleOfDeg(lengthM: number, distanceM: number): number {
  return (2 * Math.atan(lengthM / 2 / distanceM) * 180) / Math.PI;
}

export const BAR_HEIGHT_PX = 64;
export const BAR_PADDING_PX = 8;
/** Between the bar, or the move bar, and the panel. */
export const BAR_GAP_PX = 10;
const PART_GAP_PX = 4;
const BAR_MIN_PX = 400;
const BAR_MAX_PX = 960;
/** The title needs this much to say anything. */
const TITLE_MIN_PX = 140;

export type BarPart =
  | "back"
  | "forward"
  | "reload"
  | "address"
  | "tabs"
  | "zoomOut"
  | "zoomIn"
  | "curve"
  | "menu"
  | "close";

const ORDER: readonly BarPart[] = [
  "back",
  "forward",
  "reload",
  "address",
  "tabs",
  "zoomOut",
  "zoomIn",
  "curve",
  "menu",
  "close",
];

/** Left out on a narrow panel, first the last of these: the menu has them all. */
const OPTIONAL: readonly (readonly BarPart[])[] = [["forward"], ["tabs"], ["zoomOut", "zoomIn"], ["curve"]];

export interface BarLayout {
  widthPx: number;
  /** From left to right. */
  parts: readonly BarPart[];
  /** What is left for the title and address. */
  addressPx: number;
}

/** What the title bar of a panel so many interface pixels wide holds. */
export function barLayout(panelWidthPx: number): BarLayout {
  const widthPx = Math.round(Math.min(BAR_MAX_PX, Math.max(BAR_MIN_PX, panelWidthPx)));
  const shown = new Set<BarPart>(["back", "reload", "address", "menu", "close"]);
  for (const parts of OPTIONAL) {
    const next = new Set([...shown, ...parts]);
    if (addressWidth(widthPx, next.size) < TITLE_MIN_PX) break;
    for (const part of parts) shown.add(part);
  }
  return {
    widthPx,
    parts: ORDER.filter((part) => shown.has(part)),
    addressPx: addressWidth(widthPx, shown.size),
  };
}

function addressWidth(widthPx: number, partCount: number): number {
  const buttons = partCount - 1;
  return widthPx - 2 * BAR_PADDING_PX - buttons * TARGET_PX - buttons * PART_GAP_PX;
}
