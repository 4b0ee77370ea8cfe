import { HOME_POSE } from "#lib/core/layout/place-panel.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** More panels than this are not told apart around one person: the others wait in a stack behind. */
export const ROOM_PANELS_MAX = 40;

/** Like cards in a box, each a little farther away than the one before; `from` of them are there already. */
export function stackBehind(ids: readonly string[], from: number): [string, Pose][] {
  return ids.map((id, index) => [
    id,
    { ...HOME_POSE, azimuthDeg: 180, distanceM: Math.min(10, 3 + 0.01 * (from + index)) },
  ]);
}
