import { angularHeightDeg } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Low panels still make rows: middles closer than this stand in one. */
const ROW_DEG_MIN = 6;

/**
 * Things in the order they are read: row by row from the top, each from left to
 * right. A row is what stands within half a panel's height of its highest one.
 * What stands at the same place keeps its order.
 */
export function inReadingOrder<T extends { pose: Pose }>(items: readonly T[]): T[] {
  const fromTop = items.toSorted((a, b) => b.pose.elevationDeg - a.pose.elevationDeg);
  const rows: T[][] = [];
  let end = Number.NaN;
  for (const item of fromTop) {
    const row = rows.at(-1);
    if (row && item.pose.elevationDeg >= end) {
      row.push(item);
      continue;
    }
    rows.push([item]);
    end = item.pose.elevationDeg - Math.max(ROW_DEG_MIN, angularHeightDeg(item.pose) / 2);
  }
  const place = new Map(items.map((item, index) => [item, index]));
  return rows.flatMap((row) =>
    row.toSorted(
      (a, b) => a.pose.azimuthDeg - b.pose.azimuthDeg || (place.get(a) ?? 0) - (place.get(b) ?? 0),
    ),
  );
}
