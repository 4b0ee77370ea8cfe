import type { Object3D } from "three";
import { createTransform, poseToTransform } from "#lib/core/layout/pose-transform.ts";
import type { Pose } from "#lib/protocol/space.ts";

const transform = createTransform();

/** Puts an object of the layout frame where a pose says, facing the head. Allocates nothing. */
export function applyPose(object: Object3D, pose: Pose): void {
  const { position, orientation } = poseToTransform(pose, transform);
  object.position.fromArray(position);
  object.quaternion.fromArray(orientation);
  object.updateMatrixWorld();
}
