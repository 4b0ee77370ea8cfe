import type { Pointer } from "@pmndrs/pointer-events";
import { type Mesh, type Object3D, RingGeometry, Vector3 } from "three";
import { createRayCore, type RayCore, scrollBy } from "#lib/client/xr/input/ray.ts";
import { panelIdOf } from "#lib/client/xr/input/rays.ts";
import { createDwell, type DwellOptions, type DwellState, stepDwell } from "#lib/core/xr/dwell.ts";
import { stickSpeed } from "#lib/core/xr/stick-scroll.ts";

const SEGMENTS = 48;
/** Of the ring, as an angle: it looks the same at any distance. */
const RING_RADIUS_RAD = 0.018;
/** The upper and lower share of a panel, where resting scrolls instead of pressing. */
const EDGE_SHARE = 0.1;
/** CSS px a second while the gaze rests at an edge: a calm reading speed. */
const EDGE_SPEED_PX_S = 260;

/** A pointer that goes where the head looks, pressed by resting there or by a button. */
export interface HeadPointer {
  readonly ray: RayCore;
  readonly dwell: DwellState;
  isPressed: boolean;
}

export function createHeadPointer(pointer: Pointer): HeadPointer {
  return { ray: createRayCore(pointer, null), dwell: createDwell(), isPressed: false };
}

/** A ring of unit radius; how much of it is drawn is the progress. */
export function createDwellRing(): RingGeometry {
  return new RingGeometry(0.78, 1, SEGMENTS, 1, Math.PI / 2, -2 * Math.PI);
}

const direction = new Vector3();
const eye = new Vector3();

/** One frame of pressing by looking; `options` null turns it off. */
export function stepHeadDwell(
  head: HeadPointer,
  scene: Object3D,
  space: Object3D,
  deltaS: number,
  options: DwellOptions | null,
): void {
  const { ray, dwell } = head;
  const hit = ray.pointer.getIntersection();
  const object = hit && !("isVoidObject" in hit.object && hit.object.isVoidObject) ? hit.object : null;
  direction.set(0, 0, -1).transformDirection(space.matrixWorld);
  if (!options || !object) {
    stepDwell(dwell, null, direction, deltaS * 1000, options ?? OFF);
    return;
  }
  const edge = panelIdOf(object) === object.userData.panelId ? edgeOf(hit?.uv?.y) : 0;
  if (edge !== 0 && dwell.elapsedMs > options.settleMs)
    scrollBy(ray, scene, 0, edge * EDGE_SPEED_PX_S * deltaS);
  if (!stepDwell(dwell, object.uuid, direction, deltaS * 1000, options) || edge !== 0) return;
  const timeStamp = performance.now();
  ray.pointer.down({ button: 0, timeStamp });
  ray.pointer.up({ button: 0, timeStamp: timeStamp + 1 });
}

const OFF: DwellOptions = { dwellMs: 1, settleMs: 0, strayDeg: 180 };

/** −1 at the upper edge of a panel's page, 1 at its lower one, 0 in between. `v` grows upwards. */
function edgeOf(v: number | undefined): -1 | 0 | 1 {
  if (v === undefined) return 0;
  return v > 1 - EDGE_SHARE ? -1 : v < EDGE_SHARE ? 1 : 0;
}

/** One frame of a gamepad's button and stick, on what the middle of the screen points at. */
export function stepHeadPad(
  head: HeadPointer,
  scene: Object3D,
  pad: { isPressed: boolean; scrollX: number; scrollY: number },
  deltaS: number,
): void {
  const { ray } = head;
  scrollBy(ray, scene, stickSpeed(pad.scrollX) * deltaS, stickSpeed(pad.scrollY) * deltaS);
  if (pad.isPressed === head.isPressed) return;
  head.isPressed = pad.isPressed;
  const press = { button: 0, timeStamp: performance.now() };
  if (pad.isPressed) ray.pointer.down(press);
  else ray.pointer.up(press);
}

/** Draws the progress where the gaze meets the panel. */
export function updateDwellRing(head: HeadPointer, ring: Mesh, space: Object3D): void {
  const hit = head.ray.pointer.getIntersection();
  ring.visible = head.dwell.progress > 0 && hit !== undefined;
  if (!ring.visible || !hit) return;
  eye.setFromMatrixPosition(space.matrixWorld);
  ring.position.copy(hit.point).lerp(eye, 0.02);
  ring.lookAt(eye);
  ring.scale.setScalar(hit.point.distanceTo(eye) * RING_RADIUS_RAD);
  ring.geometry.setDrawRange(0, Math.round(head.dwell.progress * SEGMENTS) * 6);
}
