import { clamp, DEG } from "#lib/core/layout/angles.ts";
import { edgeDepthM, edgeOffsetM, limitPose } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** The text every size is judged by, in CSS pixels. */
const TEXT_PX = 16;
/**
 * How high that text stands in the field of view, in degrees: comfortable at zoom 1,
 * and the least there may ever be (Microsoft, Mixed Reality typography: 0.6–0.75°
 * is comfortable at 2 m, 0.35–0.4° the limit).
 */
export const TEXT_DEG = { comfortable: 0.6, least: 0.4 } as const;

/** Pages are laid out for no less than a phone and no more than a wide window. */
export const CSS_WIDTH = { min: 320, max: 1600 } as const;
const ZOOM = { min: 0.3, max: 5 };
/** A panel this wide beside its distance holds the narrowest layout, whatever its height. */
const ENOUGH_WIDTH_PER_DISTANCE = 0.4;

export interface LegiblePanel {
  /** The page's viewport, in CSS pixels. */
  cssWidth: number;
  cssHeight: number;
  /** CSS pixels in one degree of the field of view, where there are most of them. */
  pxPerDegree: number;
  /** The pose given, unless text could only be read on a larger or nearer panel. */
  pose: Pose;
  /** The zoom given, unless text would have been too small. */
  zoom: number;
}

/**
 * Degrees that a metre of a panel's height takes where it looks smallest: seen from
 * the head, at the middle or the end of its upper edge.
 */
export function leastDegreesPerMetre(pose: Pose): number {
  const up = (pose.widthM * pose.aspect) / 2;
  const middle = degreesPerMetre(pose.distanceM, up);
  return Math.min(middle, degreesPerMetre(Math.hypot(edgeOffsetM(pose), edgeDepthM(pose)), up));
}

/** What stands upright `level` metres away and `up` above the eyes is farther, and seen at a slant. */
function degreesPerMetre(level: number, up: number): number {
  return (level / (level * level + up * up)) * DEG;
}

/**
 * The page's size on a panel such that 16 CSS pixels of text take 0.6° or more at
 * zoom 1 and the usual text size, and never, whatever pose, zoom and text size,
 * less than 0.4°, at any point of the panel that faces the head. A page too
 * narrow to lay out makes the panel grow; zoom rises when text would be too small.
 */
export function legiblePanel({
  pose: wanted,
  zoom: wantedZoom,
  textScale,
}: {
  pose: Pose;
  zoom: number;
  /** The person's own text size; 1 is the usual. */
  textScale: number;
}): LegiblePanel {
  const pose = growUntilLegible(limitPose(wanted));
  /** Degrees that one CSS pixel takes when the page is one pixel wide. */
  const reach = pose.widthM * leastDegreesPerMetre(pose);
  const comfortable = Math.floor((TEXT_PX * reach) / TEXT_DEG.comfortable);
  const scale = clamp(textScale, 0.1, 10);
  const readable = Math.floor((TEXT_PX * scale * ZOOM.max * reach) / TEXT_DEG.least);
  const cssWidth = Math.min(clamp(comfortable, CSS_WIDTH.min, CSS_WIDTH.max), readable);
  const leastZoom = (TEXT_DEG.least * cssWidth) / (TEXT_PX * scale * reach);
  return {
    cssWidth,
    cssHeight: Math.max(1, Math.round(cssWidth * pose.aspect)),
    pxPerDegree: cssWidth / reach,
    pose,
    zoom: clamp(Math.max(wantedZoom, leastZoom), ZOOM.min, ZOOM.max),
  };
}

function growUntilLegible(pose: Pose): Pose {
  const wanted = (TEXT_DEG.least * CSS_WIDTH.min) / TEXT_PX;
  const reach = (widthM: number) => widthM * leastDegreesPerMetre({ ...pose, widthM });
  if (reach(pose.widthM) >= wanted) return pose;
  let low = pose.widthM;
  let high = ENOUGH_WIDTH_PER_DISTANCE * pose.distanceM;
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (reach(middle) >= wanted) high = middle;
    else low = middle;
  }
  return { ...pose, widthM: high };
}
