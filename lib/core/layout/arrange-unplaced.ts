import { rowOfPanels } from "#lib/core/layout/grid.ts";
import { HOME_POSE, placePanel } from "#lib/core/layout/place-panel.ts";
import { deal } from "#lib/core/layout/presets.ts";
import { ROOM_PANELS_MAX, stackBehind } from "#lib/core/layout/stack.ts";
import { findPanel, isPlaced, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Panel, Pose } from "#lib/protocol/space.ts";

/**
 * Gives every panel that has none a place of its own; the same session when all
 * have one. Panels never seen in the room are set out together in the strip's
 * order; one added to others goes where there is room, near the page whose link
 * opened it; of several at one place the first stays.
 */
export function arrangeUnplaced(session: Session): Session {
  const { panels, layout } = session.space;
  const free = panels.filter((panel) => panel.id !== layout.headLockedId);
  const settled = settledPanels(free);
  const waiting = free.filter((panel) => !settled.includes(panel));
  if (waiting.length === 0) return session;
  const poses = new Map(
    settled.length === 0
      ? setOut(waiting)
      : placeEach(
          session,
          waiting,
          settled.map((panel) => panel.pose),
        ),
  );
  return withSpace(session, {
    panels: panels.map((panel) => ({ ...panel, pose: poses.get(panel.id) ?? panel.pose })),
  });
}

function settledPanels(panels: readonly Panel[]): Panel[] {
  const places = new Set<string>();
  return panels.filter((panel) => {
    const { azimuthDeg, elevationDeg, distanceM } = panel.pose;
    const place = `${azimuthDeg} ${elevationDeg} ${distanceM}`;
    if (!isPlaced(panel) || places.has(place)) return false;
    places.add(place);
    return true;
  });
}

/** A first view of a flat session: up to five in a row in front, more in two or three rows, all in order. */
function setOut(panels: readonly Panel[]): [string, Pose][] {
  const shown = panels.slice(0, ROOM_PANELS_MAX);
  const poses = shown.length <= 10 ? nearRows(shown.length) : farRows(shown.length);
  return [...deal(idsOf(shown), poses), ...stackBehind(idsOf(panels.slice(ROOM_PANELS_MAX)), 0)];
}

function nearRows(count: number): Pose[] {
  const bottom = Math.min(count, Math.max(5, Math.ceil(count / 2)));
  return [
    ...rowOfPanels(HOME_POSE, bottom),
    ...rowOfPanels({ ...HOME_POSE, elevationDeg: 35 }, count - bottom).slice(0, count - bottom),
  ];
}

function farRows(count: number): Pose[] {
  const size = { ...HOME_POSE, distanceM: 2.5, widthM: count <= 21 ? 1 : 0.85 };
  const third = Math.ceil(count / 3);
  const counts = [count - 2 * third + (count - 2 * third < 0 ? third : 0), third, third];
  return [22, HOME_POSE.elevationDeg, -28].flatMap((elevationDeg, row) =>
    rowOfPanels({ ...size, elevationDeg }, counts[row] ?? 0),
  );
}

function placeEach(session: Session, panels: readonly Panel[], taken: readonly Pose[]): [string, Pose][] {
  const poses = [...taken];
  const room = ROOM_PANELS_MAX - taken.length;
  // What the person has just opened is shown, however many there are.
  const isShown = (panel: Panel, place: number) => place < room || panel.id === session.activeId;
  const { returnTo } = session;
  const home = homeAmong(taken);
  const placed = panels.filter(isShown).map((panel): [string, Pose] => {
    const opener = returnTo?.from === panel.id ? findPanel(session, returnTo.to) : undefined;
    const near = opener && isPlaced(opener) ? opener.pose : undefined;
    const pose = placePanel(poses, near ? { home, near } : { home });
    poses.push(pose);
    return [panel.id, pose];
  });
  const unshown = panels.filter((panel, place) => !isShown(panel, place));
  return [...placed, ...stackBehind(idsOf(unshown), taken.length)];
}

/** Every panel this high means that the person lies down: the middle of the room is above them. */
const LYING_DEG = 30;

function homeAmong(poses: readonly Pose[]): Pick<Pose, "azimuthDeg" | "elevationDeg"> {
  const elevations = poses.map((pose) => pose.elevationDeg).toSorted((a, b) => a - b);
  if ((elevations[0] ?? 0) < LYING_DEG) return HOME_POSE;
  const middle = elevations[Math.floor(elevations.length / 2)] ?? HOME_POSE.elevationDeg;
  return { azimuthDeg: 0, elevationDeg: Math.min(60, middle) };
}

function idsOf(panels: readonly Panel[]): string[] {
  return panels.map((panel) => panel.id);
}
