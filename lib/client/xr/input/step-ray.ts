import type { Object3D } from "three";
import { pulse } from "#lib/client/xr/input/haptics.ts";
import { type RayCore, scrollBy } from "#lib/client/xr/input/ray.ts";
import { endGrab, stepGrab } from "#lib/client/xr/input/ray-grab.ts";
import { stickSpeed } from "#lib/core/xr/stick-scroll.ts";

/** Not seen for less than this, a ray goes on: cameras lose a controller for a few frames at a time. */
const TRACKING_GRACE_MS = 250;

/**
 * One frame, after the pointers have moved. `space` is visible while the device knows
 * where the ray is: one that is lost lets go of what it held, which then stays where
 * it was.
 */
export function stepRay(ray: RayCore, scene: Object3D, space: Object3D, deltaS: number): void {
  const isTracked = space.visible;
  ray.space = space;
  followTracking(ray, isTracked, deltaS * 1000);
  if (!isTracked) return;
  const isEnabled = ray.pointer.getEnabled();
  if (isEnabled) feel(ray);
  const axes = ray.source?.gamepad?.axes;
  // A hand's ray is off while it meets nothing; a panel it holds comes after it all the same.
  if (stepGrab(ray, axes?.[3] ?? 0, deltaS) || !isEnabled || !axes) return;
  // xr-standard: the thumbstick is on axes 2 and 3 (WebXR Gamepads Module §3.3).
  scrollBy(ray, scene, stickSpeed(axes[2] ?? 0) * deltaS, stickSpeed(axes[3] ?? 0) * deltaS);
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
