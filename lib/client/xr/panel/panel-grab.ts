import { Quaternion, Vector3 } from "three";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { movePanels } from "#lib/client/room/panel-move.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { layoutFrame } from "#lib/client/xr/panel/layout-frame.ts";
import { findRoomPanel, roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { type CornerDrag, resizePose } from "#lib/core/layout/adjust-pose.ts";
import { moveWithGroup } from "#lib/core/layout/arrange-panels.ts";
import { createSnapState, snapPose } from "#lib/core/layout/snap.ts";
import { type DragRay, dragPose, spreadPose, startDrag } from "#lib/core/surfaces/drag-pose.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** A panel in someone's hand. It moves at once; the space changes when it is let go, in one step. */
export interface PanelGrab {
  readonly panelId: string;
  /** Where the pointer is now, in the world. */
  move(origin: Vector3, direction: Vector3): void;
  /** Farther (positive) or nearer, in metres: a thumbstick or a wheel while it is held. */
  push(metres: number): void;
  /** Puts it down. Idempotent, like `cancel`. */
  end(): void;
  /** Lets it return to where it was. */
  cancel(): void;
}

export interface GrabStart {
  origin: Vector3;
  direction: Vector3;
  /** Free of neighbours' edges, as with a modifier key. */
  free?: boolean;
}

const grabs = new Map<string, PanelGrab>();
const localOrigin = new Vector3();
const localDirection = new Vector3();
const inverse = new Quaternion();
const ray: DragRay = { ox: 0, oy: 0, oz: 0, dx: 0, dy: 0, dz: -1 };

/** The panel's grab, if it is held: a second hand then resizes instead of moving. */
export function getGrab(panelId: string): PanelGrab | undefined {
  return grabs.get(panelId);
}

/** Takes hold of a panel with any pointer. Null: there is no such panel, or it is held already. */
export function grabPanel(panelId: string, { origin, direction, free = false }: GrabStart): PanelGrab | null {
  const panel = findRoomPanel(panelId);
  if (!panel || grabs.has(panelId)) return null;
  const start = startDrag(panel.pose, toLayout(origin, direction));
  const snap = createSnapState();
  const neighbours = roomPanels.filter(({ id }) => id !== panelId).map(({ pose }) => pose);
  const dragged: Pose = { ...panel.pose };
  const snapped: Pose = { ...panel.pose };
  let pushedM = 0;
  const show = (): void => {
    dragPose(start, ray, pushedM, dragged);
    const next = free ? dragged : snapPose(snap, { pose: dragged, neighbours, out: snapped });
    panel.preview({ ...next });
    stirRoom();
  };
  const finish = (): boolean => {
    if (grabs.get(panelId) !== grab) return false;
    grabs.delete(panelId);
    return true;
  };
  const grab: PanelGrab = {
    panelId,
    move(nextOrigin, nextDirection) {
      toLayout(nextOrigin, nextDirection);
      if (grabs.get(panelId) === grab) show();
    },
    push(metres) {
      pushedM += metres;
      if (grabs.get(panelId) === grab) show();
    },
    end() {
      if (!finish()) return;
      const { pose } = panel;
      commit(panelId, pose);
      panel.preview(null);
    },
    cancel() {
      if (finish()) panel.preview(null);
    },
  };
  grabs.set(panelId, grab);
  return grab;
}

export interface PanelResize {
  /** A corner drawn along the panel's own right and up, in metres since the start. */
  drag(corner: CornerDrag): void;
  /** Two hands, so far apart as at the start and now. */
  spread(startM: number, nowM: number): void;
  end(): void;
  cancel(): void;
}

export function resizePanel(panelId: string): PanelResize | null {
  const panel = findRoomPanel(panelId);
  if (!panel) return null;
  grabs.get(panelId)?.end();
  const before = panel.pose;
  const spreaded: Pose = { ...before };
  let isDone = false;
  const show = (pose: Pose): void => {
    if (!isDone) panel.preview(pose);
    stirRoom();
  };
  return {
    drag: (corner) => show(resizePose(before, corner)),
    spread: (startM, nowM) => show({ ...spreadPose(before, startM, nowM, spreaded) }),
    end() {
      if (isDone) return;
      isDone = true;
      commit(panelId, panel.pose);
      panel.preview(null);
    },
    cancel() {
      isDone = true;
      panel.preview(null);
    },
  };
}

function commit(panelId: string, pose: Pose): void {
  const { panels } = getSession().space;
  movePanels(moveWithGroup(panels, panelId, pose));
}

function toLayout(origin: Vector3, direction: Vector3): DragRay {
  layoutFrame.worldToLocal(localOrigin.copy(origin));
  inverse.copy(layoutFrame.quaternion).invert();
  localDirection.copy(direction).applyQuaternion(inverse);
  ray.ox = localOrigin.x;
  ray.oy = localOrigin.y;
  ray.oz = localOrigin.z;
  ray.dx = localDirection.x;
  ray.dy = localDirection.y;
  ray.dz = localDirection.z;
  return ray;
}
