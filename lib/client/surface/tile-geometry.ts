import { nearestStop } from "#lib/client/surface/engine/caret-stops.ts";
import type { HitBox, HitFragment } from "#lib/client/surface/surface-messages.ts";

/** What can be pressed or selected in one tile, in CSS pixels of the document. */
export interface TileGeometry {
  fragments: readonly HitFragment[];
  boxes: readonly HitBox[];
}

/** A press counts for a link this near to it: lines of links lie closer than fingers and rays can point. */
const SLACK_PX = 6;

export interface TextPlace {
  blockId: string;
  offset: number;
}

/** What lies under a point: a link before what it stands in, the innermost box before those around it. */
export function findHit(
  { fragments, boxes }: TileGeometry,
  x: number,
  y: number,
): { fragment: HitFragment | null; box: HitBox | null } {
  const exact = fragments.find((fragment) => contains(fragment, x, y, 0)) ?? null;
  const near = exact?.href ? exact : fragments.find((each) => each.href && contains(each, x, y, SLACK_PX));
  const box = boxes.findLast((each) => contains(each, x, y, 0)) ?? null;
  const isNearWanted = near && (!exact || exact === near) && !box;
  return { fragment: isNearWanted ? near : exact, box };
}

/** Text nearest to a point: first by line, then along it. */
export function nearestText(tiles: Iterable<TileGeometry>, x: number, y: number): TextPlace | null {
  let best: HitFragment | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const { fragments } of tiles) {
    for (const fragment of fragments) {
      if (fragment.blockId === null) continue;
      const dy = Math.max(fragment.y - y, 0, y - fragment.y - fragment.height);
      const dx = Math.max(fragment.x - x, 0, x - fragment.x - fragment.width);
      const distance = dy * 1000 + dx;
      if (distance >= bestDistance) continue;
      best = fragment;
      bestDistance = distance;
    }
  }
  if (!best || best.blockId === null) return null;
  return { blockId: best.blockId, offset: offsetAt(best, x) };
}

/** The caret of a fragment nearest to `x`, in UTF-16 units of its block's text. */
export function offsetAt(fragment: HitFragment, x: number): number {
  const from = fragment.isRtl ? fragment.x + fragment.width - x : x - fragment.x;
  return Math.min(fragment.end, fragment.start + nearestStop(fragment.stops, from));
}

function contains(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  pointX: number,
  pointY: number,
  slack: number,
): boolean {
  return (
    pointX >= x - slack && pointX <= x + width + slack && pointY >= y - slack && pointY <= y + height + slack
  );
}
