import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";
import { Matrix4, Ray, Vector3 } from "three";
import { grabPanel, resizePanel } from "#lib/client/xr/panel/panel-grab.ts";
import { findRoomPanel } from "#lib/client/xr/panel/panel-registry.ts";

/** A grip in someone's hand, until it is let go. */
export interface GripDrag {
  readonly pointerId: number;
  move(event: ScenePointerEvent): void;
  /** Wheel travel while it is held, in CSS pixels: up is farther. */
  wheel(deltaPx: number): void;
  end(): void;
  /** The panel goes back to where it was. */
  cancel(): void;
}

const WHEEL_M_PER_PX = 0.0012;
const direction = new Vector3();

/** Nearer than this a pointer touches rather than points. */
const TOUCH_M = 0.02;

/**
 * From where and in which direction a pointer points, in the world. A mouse's own
 * orientation is that of the camera, so what counts is the way to what it points at.
 */
function rayOf({ point, pointerPosition, pointerQuaternion }: ScenePointerEvent): {
  origin: Vector3;
  direction: Vector3;
} {
  direction.subVectors(point, pointerPosition);
  if (direction.length() < TOUCH_M) direction.set(0, 0, -1).applyQuaternion(pointerQuaternion);
  return { origin: pointerPosition, direction: direction.normalize() };
}

/** Takes a panel by its move bar. Null when it is held already. */
export function startMoveDrag(panelId: string, event: ScenePointerEvent): GripDrag | null {
  const grab = grabPanel(panelId, rayOf(event));
  if (!grab) return null;
  return {
    pointerId: event.pointerId,
    move(next) {
      const ray = rayOf(next);
      grab.move(ray.origin, ray.direction);
    },
    wheel: (deltaPx) => grab.push(-deltaPx * WHEEL_M_PER_PX),
    end: () => grab.end(),
    cancel: () => grab.cancel(),
  };
}

/** Takes a panel by one of its lower corners; `x` is -1 for the left one. The page's shape is free. */
export function startResizeDrag(panelId: string, x: -1 | 1, event: ScenePointerEvent): GripDrag | null {
  const panel = findRoomPanel(panelId);
  const resize = resizePanel(panelId);
  if (!panel || !resize) return null;
  panel.object.updateWorldMatrix(true, false);
  // The panel moves while it grows, so what is drawn is measured where it stood.
  const toPanel = new Matrix4().copy(panel.object.matrixWorld).invert();
  const from = pointOnPlane(event, toPanel, new Vector3());
  const now = new Vector3();
  return {
    pointerId: event.pointerId,
    move(next) {
      if (!from || !pointOnPlane(next, toPanel, now)) return;
      resize.drag({ corner: { x, y: -1 }, dragM: { x: now.x - from.x, y: now.y - from.y } });
    },
    wheel: () => {},
    end: () => resize.end(),
    cancel: () => resize.cancel(),
  };
}

const ray = new Ray();

/** Where a pointer meets the panel's plane, in metres from its middle; null when it points away from it. */
function pointOnPlane(event: ScenePointerEvent, toPanel: Matrix4, into: Vector3): Vector3 | null {
  const from = rayOf(event);
  ray.set(from.origin, from.direction).applyMatrix4(toPanel);
  if (Math.abs(ray.direction.z) < 1e-6) return null;
  const distance = -ray.origin.z / ray.direction.z;
  return distance > 0 ? ray.at(distance, into) : null;
}
