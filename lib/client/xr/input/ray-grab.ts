import { type Object3D, Vector3 } from "three";
import { pulse } from "#lib/client/xr/input/haptics.ts";
import type { RayCore } from "#lib/client/xr/input/ray.ts";
import { pointedPanelId } from "#lib/client/xr/input/rays.ts";
import {
  getGrab,
  grabPanel,
  type PanelGrab,
  type PanelResize,
  resizePanel,
} from "#lib/client/xr/panel/panel-grab.ts";

/** Metres a second at full deflection of the stick, away from the person or towards them. */
const PUSH_SPEED_M_S = 1.6;

interface Pair {
  first: RayCore;
  second: RayCore;
  resize: PanelResize;
  startM: number;
}

const held = new Map<RayCore, PanelGrab>();
/** Two rays that hold one panel: how far apart they are is its size. */
let pair: Pair | null = null;

const origin = new Vector3();
const direction = new Vector3();
const other = new Vector3();

/** Takes hold of the panel a ray points at; of one that the other hand holds already, to resize it. */
export function beginGrab(ray: RayCore): void {
  const panelId = pointedPanelId(ray);
  if (panelId === null || !ray.space || held.has(ray) || pair) return;
  const first = holderOf(panelId);
  if (first?.space) {
    const resize = resizePanel(panelId);
    held.delete(first);
    if (!resize) return;
    pair = { first, second: ray, resize, startM: distance(first.space, ray.space) };
  } else {
    readRay(ray.space);
    const grab = grabPanel(panelId, { origin, direction });
    if (!grab) return;
    held.set(ray, grab);
  }
  if (ray.source) pulse(ray.source, "grab");
}

/** Puts down what a ray holds, where it is: also when the ray is lost or its controller switched off. */
export function endGrab(ray: RayCore): void {
  held.get(ray)?.end();
  held.delete(ray);
  if (pair && (pair.first === ray || pair.second === ray)) {
    pair.resize.end();
    pair = null;
  }
}

/** One frame of what a ray holds. `pushAxis` is the stick's, forwards negative. @returns whether it holds anything. */
export function stepGrab(ray: RayCore, pushAxis: number, deltaS: number): boolean {
  if (pair && (pair.first === ray || pair.second === ray)) {
    const { first, second, resize, startM } = pair;
    if (ray === second && first.space && second.space) {
      resize.spread(startM, distance(first.space, second.space));
    }
    return true;
  }
  const grab = held.get(ray);
  if (!grab || !ray.space) return false;
  readRay(ray.space);
  grab.move(origin, direction);
  if (Math.abs(pushAxis) > 0.15) grab.push(-pushAxis * PUSH_SPEED_M_S * deltaS);
  return true;
}

function holderOf(panelId: string): RayCore | null {
  if (!getGrab(panelId)) return null;
  for (const [ray, grab] of held) if (grab.panelId === panelId) return ray;
  return null;
}

function readRay(space: Object3D): void {
  origin.setFromMatrixPosition(space.matrixWorld);
  direction.set(0, 0, -1).transformDirection(space.matrixWorld);
}

function distance(a: Object3D, b: Object3D): number {
  origin.setFromMatrixPosition(a.matrixWorld);
  return Math.max(0.02, origin.distanceTo(other.setFromMatrixPosition(b.matrixWorld)));
}
