import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";
import { type Ray, Vector3 } from "three";

const forward = new Vector3();

/**
 * From where and in which direction a pointer points, in the world. A pointer on a
 * screen has its own direction in the details of its event: the orientation it
 * reports is none (@pmndrs/pointer-events 6.6.31 never sets it).
 */
export function readPointerRay(
  {
    intersection,
    pointerPosition,
    pointerQuaternion,
  }: Pick<ScenePointerEvent, "intersection" | "pointerPosition" | "pointerQuaternion">,
  out: Ray,
): Ray {
  const { details } = intersection;
  const direction =
    details.type === "screen-ray"
      ? details.direction
      : forward.set(0, 0, -1).applyQuaternion(pointerQuaternion);
  return out.set(pointerPosition, direction);
}
