import { turnDeg, wrapDeg } from "#lib/core/layout/angles.ts";
import { type AngularRect, angularRect, PANEL_GAP_DEG, rectsOverlap } from "#lib/core/layout/angular-rect.ts";
import { limitPose } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Where the first panel stands: eyes rest a little below the horizon. */
export const HOME_POSE: Pose = {
  azimuthDeg: 0,
  elevationDeg: -3,
  distanceM: 1.6,
  widthM: 1.2,
  curvature: 0,
  aspect: 0.8,
};

/** Content is comfortable between 1.25 and 2.5 m; nearer and farther places are a person's own choice. */
export const COMFORT_DISTANCE_M = { min: 1.25, max: 2.5 } as const;

/** What is looked at without turning the head is 60° wide; the sides are a turn of the head away. */
const PRIMARY_HALF_DEG = 30;
const SIDE_HALF_DEG = 90;
const ELEVATION_MAX_DEG = 75;

export interface PlaceOptions {
  /** Size, distance and bending wanted; absent, smaller the more panels there are. */
  like?: Pose;
  /** The direction the person faces, and what counts as the middle of the room. */
  home?: Pick<Pose, "azimuthDeg" | "elevationDeg">;
  /** Stand as near as possible to this one, as a page opened from a link. */
  near?: Pose;
}

/**
 * A place for a new panel that no panel there overlaps, with a gap around it.
 * Panels there never move, and the same panels give the same place. Looked for in
 * the primary zone, then beside it, in a row above and one below; there farther away
 * and smaller before behind the back or near the poles. Should everything be covered
 * by panels of any size, the new one stands in front of the others.
 */
export function placePanel(
  existing: readonly Pose[],
  { like = sizeAmong(existing.length), home = HOME_POSE, near }: PlaceOptions = {},
): Pose {
  const taken = existing.map(angularRect);
  const wanted = limitPose({ ...like, azimuthDeg: home.azimuthDeg, elevationDeg: home.elevationDeg });
  const sizes = sizesToTry(wanted);
  for (const zoneMax of [AT_HAND_ZONE, Number.POSITIVE_INFINITY])
    for (const size of sizes) {
      const place = firstFree(size, taken, { home, near, zoneMax });
      if (place) return place;
    }
  const nearest = Math.min(...existing.map((pose) => pose.distanceM));
  return limitPose({ ...wanted, distanceM: Math.min(wanted.distanceM, nearest * 0.9) });
}

/** Five large panels fill the row in front; forty still find room when those that come later are smaller. */
function sizeAmong(count: number): Pose {
  if (count < 5) return HOME_POSE;
  if (count < 9) return { ...HOME_POSE, distanceM: 2, widthM: 0.9 };
  if (count < 20) return { ...HOME_POSE, distanceM: 2.2, widthM: 0.8 };
  return { ...HOME_POSE, distanceM: COMFORT_DISTANCE_M.max, widthM: 0.7 };
}

/** As wanted; then farther, where the same width takes less room; then smaller and smaller. */
function sizesToTry(wanted: Pose): Pose[] {
  const sizes = [wanted];
  for (const distanceM of [2, COMFORT_DISTANCE_M.max])
    if (distanceM > wanted.distanceM) sizes.push({ ...wanted, distanceM });
  const farthest = sizes.at(-1) ?? wanted;
  for (const widthM of [0.9, 0.7, 0.55]) if (widthM < farthest.widthM) sizes.push({ ...farthest, widthM });
  return sizes;
}

interface Candidate {
  azimuthDeg: number;
  rect: AngularRect;
  elevationDeg: number;
  cost: number;
}

function firstFree(
  size: Pose,
  taken: readonly AngularRect[],
  {
    home,
    near,
    zoneMax,
  }: { home: Pick<Pose, "azimuthDeg" | "elevationDeg">; near: Pose | undefined; zoneMax: number },
): Pose | null {
  const candidates = rowElevations(size, taken, home.elevationDeg).flatMap((elevationDeg, row) => {
    const shape = angularRect({ ...size, elevationDeg });
    return columnAzimuths(shape, taken, home.azimuthDeg).flatMap((azimuthDeg): Candidate[] => {
      const aside = Math.abs(turnDeg(home.azimuthDeg, azimuthDeg));
      const away = near ? Math.abs(turnDeg(near.azimuthDeg, azimuthDeg)) : aside;
      const zone = zoneOf(aside, row);
      if (zone > zoneMax) return [];
      // Beside its opener a panel may be anywhere that a turn of the head reaches.
      const cost = (near && zone <= AT_HAND_ZONE ? 0 : zone) * 1000 + row * 10 + away + aside / 100;
      return [{ azimuthDeg, elevationDeg, rect: { ...shape, azimuthDeg }, cost }];
    });
  });
  // Of two places as good, the right one: a new panel follows in reading order.
  candidates.sort((a, b) => a.cost - b.cost || b.azimuthDeg - a.azimuthDeg);
  const free = candidates.find(
    ({ rect }) => !taken.some((other) => rectsOverlap(rect, other, PANEL_GAP_DEG - 1e-6)),
  );
  return free ? { ...size, azimuthDeg: free.azimuthDeg, elevationDeg: free.elevationDeg } : null;
}

/** Up to here a turn of the head is enough. */
const AT_HAND_ZONE = 3;

/** The home row, then the second, above, and the third, below, and so on. */
function zoneOf(aside: number, row: number): number {
  const ring = Math.ceil(row / 2);
  if (row === 0 && aside <= PRIMARY_HALF_DEG) return 0;
  if (row === 0 && aside <= SIDE_HALF_DEG) return 1;
  if (ring === 1 && aside <= SIDE_HALF_DEG) return row + 1;
  return 4 + ring;
}

/** Rows as high as this panel, one gap apart, around the home row; the last ones end before the poles. */
function rowElevations(size: Pose, taken: readonly AngularRect[], homeDeg: number): number[] {
  const rows = [homeDeg];
  const own = angularRect({ ...size, elevationDeg: homeDeg });
  const inRow = taken.filter((rect) => rect.lowDeg < own.highDeg && own.lowDeg < rect.highDeg);
  let above = Math.max(own.highDeg, ...inRow.map((rect) => rect.highDeg));
  let below = Math.min(own.lowDeg, ...inRow.map((rect) => rect.lowDeg));
  for (let ring = 1; ring <= 6; ring++) {
    const up = restingOn(size, above + PANEL_GAP_DEG, 1);
    const down = restingOn(size, below - PANEL_GAP_DEG, -1);
    // A row that has no room keeps its place in the count with the home row again, which is known to be full.
    rows.push(up ?? homeDeg, down ?? homeDeg);
    if (up !== null) above = angularRect({ ...size, elevationDeg: up }).highDeg;
    if (down !== null) below = angularRect({ ...size, elevationDeg: down }).lowDeg;
  }
  // Last, whatever is left between panels that stand in no rows.
  for (let aside = 6; aside <= ELEVATION_MAX_DEG; aside += 6)
    for (const elevationDeg of [homeDeg + aside, homeDeg - aside])
      if (Math.abs(elevationDeg) <= ELEVATION_MAX_DEG) rows.push(elevationDeg);
  return rows;
}

/** The elevation at which a panel's lower (side 1) or upper (side −1) end is at `edgeDeg`; null near a pole. */
function restingOn(size: Pose, edgeDeg: number, side: 1 | -1): number | null {
  let low = edgeDeg;
  let high = edgeDeg + side * 90;
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2;
    const rect = angularRect({ ...size, elevationDeg: middle });
    const isFree = side === 1 ? rect.lowDeg >= edgeDeg : rect.highDeg <= edgeDeg;
    if (isFree) high = middle;
    else low = middle;
  }
  return Math.abs(high) > ELEVATION_MAX_DEG ? null : high;
}

/** The middle of the room, places that touch a panel there, and a grid that finds what is left between. */
function columnAzimuths(shape: AngularRect, taken: readonly AngularRect[], homeDeg: number): number[] {
  const columns = [homeDeg];
  for (const rect of taken) {
    if (rect.lowDeg >= shape.highDeg + PANEL_GAP_DEG || shape.lowDeg >= rect.highDeg + PANEL_GAP_DEG)
      continue;
    const apart = rect.halfAzimuthDeg + shape.halfAzimuthDeg + PANEL_GAP_DEG;
    columns.push(wrapDeg(rect.azimuthDeg + apart), wrapDeg(rect.azimuthDeg - apart));
  }
  for (let aside = 10; aside <= 180; aside += 10)
    columns.push(wrapDeg(homeDeg + aside), wrapDeg(homeDeg - aside));
  return columns;
}
