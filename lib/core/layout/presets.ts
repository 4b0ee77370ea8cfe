import { rowOfPanels } from "#lib/core/layout/grid.ts";
import { HOME_POSE, placePanel } from "#lib/core/layout/place-panel.ts";
import { inReadingOrder } from "#lib/core/layout/reading-order.ts";
import { ROOM_PANELS_MAX, stackBehind } from "#lib/core/layout/stack.ts";
import type { Pose } from "#lib/protocol/space.ts";

export const PRESETS = ["single", "trio", "theatre", "desk", "wall", "lyingDown"] as const;
export type PresetName = (typeof PRESETS)[number];

interface Preset {
  /** Seats by importance: the first is for the panel in front. */
  seats: readonly Pose[];
  /** Size of those that find no seat. */
  rest: Pose;
}

const BESIDE: Pose = { ...HOME_POSE, distanceM: 1.8, widthM: 0.9 };
const LYING: Pose = { ...HOME_POSE, elevationDeg: 60, distanceM: 1.5, widthM: 1 };

function middleFirst(row: readonly Pose[]): Pose[] {
  return row.toSorted((a, b) => Math.abs(a.azimuthDeg) - Math.abs(b.azimuthDeg));
}

const SEATS: Readonly<Record<PresetName, Preset>> = {
  single: { seats: [{ ...HOME_POSE, distanceM: 1.5, widthM: 1.4, aspect: 0.75 }], rest: BESIDE },
  trio: {
    seats: middleFirst(rowOfPanels({ ...HOME_POSE, widthM: 1.15, curvature: 0.25 }, 3)),
    rest: BESIDE,
  },
  theatre: {
    seats: [{ ...HOME_POSE, elevationDeg: 4, distanceM: 2.5, widthM: 3.2, curvature: 0.5, aspect: 0.5625 }],
    rest: { ...BESIDE, distanceM: 2.2 },
  },
  // A sheet in front of one and two beside it, lower than the eyes, as on a table; screens above.
  desk: {
    seats: [
      ...middleFirst(rowOfPanels({ ...HOME_POSE, elevationDeg: -18, distanceM: 1.25, widthM: 0.8 }, 3)),
      ...middleFirst(
        rowOfPanels({ ...HOME_POSE, elevationDeg: 15, distanceM: 1.6, widthM: 0.9, aspect: 0.6 }, 3),
      ),
    ],
    rest: BESIDE,
  },
  // Two rows of four.
  wall: {
    seats: [8.6, -11.6].flatMap((elevationDeg) =>
      middleFirst(
        rowOfPanels(
          { ...HOME_POSE, elevationDeg, distanceM: 2.2, widthM: 0.95, aspect: 0.7, curvature: 0.2 },
          4,
        ),
      ),
    ),
    rest: { ...BESIDE, distanceM: 2.2 },
  },
  lyingDown: { seats: middleFirst(rowOfPanels(LYING, 3)), rest: { ...LYING, distanceM: 1.8, widthM: 0.9 } },
};

/**
 * Poses for `count` panels, the most important first; no two overlap. Panels
 * beyond the preset's seats stand around them, where there is room.
 */
export function presetSeats(name: PresetName, count: number): Pose[] {
  const { seats, rest } = SEATS[name];
  const poses = seats.slice(0, count);
  while (poses.length < count) poses.push(placePanel(poses, { like: rest, home: rest }));
  return poses;
}

/**
 * Which panel gets which pose. The seat in front is for the active panel, the other
 * seats for its neighbours in the strip, half of them before it where there are as
 * many; within seats, and within the rest, panels stand in the strip's order.
 */
export function arrangePreset(
  name: PresetName,
  ids: readonly string[],
  activeId: string | null,
): Record<string, Pose> {
  const seated = Math.min(SEATS[name].seats.length, ids.length);
  const active = Math.max(0, ids.indexOf(activeId ?? ""));
  const first = Math.min(ids.length - seated, Math.max(0, active - Math.floor((seated - 1) / 2)));
  const chosen = ids.slice(first, first + seated);
  const others = ids.toSpliced(first, seated);
  const poses = presetSeats(name, Math.min(ids.length, ROOM_PANELS_MAX));
  const shown = poses.length - seated;
  return Object.fromEntries([
    ...deal(chosen, poses.slice(0, seated)),
    ...deal(others.slice(0, shown), poses.slice(seated)),
    ...stackBehind(others.slice(shown), 0),
  ]);
}

/** Hands poses out so that reading them gives the order of the ids. */
export function deal(ids: readonly string[], poses: readonly Pose[]): [string, Pose][] {
  const ordered = inReadingOrder(poses.map((pose) => ({ pose })));
  return ids.flatMap((id, place): [string, Pose][] => {
    const seat = ordered[place];
    return seat ? [[id, seat.pose]] : [];
  });
}
