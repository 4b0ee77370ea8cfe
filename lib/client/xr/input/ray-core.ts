import type { Pointer } from "@pmndrs/pointer-events";
import type { Object3D } from "three";
import { pulse } from "#lib/client/xr/input/haptics.ts";
import { endGrab, stepGrab } from "#lib/client/xr/input/ray-grab.ts";
import { stickSpeed } from "#lib/core/xr/stick-scroll.ts";

/**
 * A ray that leaves its panel for less than this is not lost: cameras lose sight of a
 * controller for a few frames at a time.
 */
const TRACKING_GRACE_MS = 250;

/** What pointers need of a native wheel event; one object for the life of a ray. */
interface WheelData {
  timeStamp: number;
  deltaX: number;
  deltaY: number;
  deltaZ: number;
  deltaMode: 0;
}

/** One ray of a controller, hand, gaze or finger: what it does besides pointing and pressing. */
export interface RayCore {
  readonly pointer: Pointer;
  readonly source: XRInputSource | null;
  readonly wheel: WheelData;
  /** Where it starts, looking along its own −z; null while it is not drawn. */
  space: Object3D | null;
  hovered: Object3D | null;
  wasDown: boolean;
  lostMs: number;
}

export function createRayCore(pointer: Pointer, source: XRInputSource | null): RayCore {
  return {
    pointer,
    source,
    wheel: { timeStamp: 0, deltaX: 0, deltaY: 0, deltaZ: 0, deltaMode: 0 },
    space: null,
    hovered: null,
    wasDown: false,
    lostMs: 0,
  };
}

/**
 * One frame, after the pointers have moved. `space` is visible while the device knows
 * where the ray is: one that is lost lets go of what it held, which then stays where
 * it was.
 */
export function stepRay(ray: RayCore, scene: Object3D, space: Object3D, deltaS: number): void {
  const isTracked = space.visible;
  ray.space = space;
  followTracking(ray, isTracked, deltaS * 1000);
  if (!isTracked || !ray.pointer.getEnabled()) return;
  feel(ray);
  const axes = ray.source?.gamepad?.axes;
  if (stepGrab(ray, axes?.[3] ?? 0, deltaS) || !axes) return;
  // xr-standard: the thumbstick is on axes 2 and 3 (WebXR Gamepads Module §3.3).
  scrollBy(ray, scene, stickSpeed(axes[2] ?? 0) * deltaS, stickSpeed(axes[3] ?? 0) * deltaS);
}

/** Scrolls what the ray points at, or moves what it holds, by CSS pixels. Nothing where there is neither. */
export function scrollBy(ray: RayCore, scene: Object3D, dxPx: number, dyPx: number): void {
  if (dxPx === 0 && dyPx === 0) return;
  const { wheel } = ray;
  wheel.timeStamp = performance.now();
  wheel.deltaX = dxPx;
  wheel.deltaY = dyPx;
  ray.pointer.wheel(scene, wheel, true);
}

function followTracking(ray: RayCore, isTracked: boolean, deltaMs: number): void {
  if (isTracked) {
    ray.lostMs = 0;
    return;
  }
  const before = ray.lostMs;
  ray.lostMs += deltaMs;
  if (before >= TRACKING_GRACE_MS || ray.lostMs < TRACKING_GRACE_MS) return;
  dropRay(ray);
}

/** Lets go of everything: its device is gone, out of sight, or the session is not in front. */
export function dropRay(ray: RayCore): void {
  endGrab(ray);
  ray.pointer.exit({ timeStamp: performance.now() });
}

/** A tick when something comes under the ray, a knock when it is pressed. */
function feel(ray: RayCore): void {
  const { pointer, source } = ray;
  if (!source) return;
  const object = pointer.getIntersection()?.object ?? null;
  const target = object && !("isVoidObject" in object && object.isVoidObject) ? object : null;
  const isDown = pointer.getButtonsDown().size > 0;
  if (isDown && !ray.wasDown && target) pulse(source, "press");
  else if (target && target !== ray.hovered && !isDown) pulse(source, "hover");
  ray.wasDown = isDown;
  ray.hovered = target;
}
