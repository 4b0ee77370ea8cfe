import { CapsuleGeometry, IcosahedronGeometry, MeshBasicMaterial } from "three";

/** Shared by all inputs that have no model, for the life of the window. */
export const STAND_IN_MATERIAL = new MeshBasicMaterial({ color: "#8fa3a8" });

/** About a controller's grip, pointing ahead. */
export const CONTROLLER_SHAPE = new CapsuleGeometry(0.018, 0.09, 4, 12).rotateX(-Math.PI / 2.6);

/** A finger's joint. */
export const JOINT_SHAPE = new IcosahedronGeometry(0.008, 1);

/** For `raycast`: what is only looked at never stops a ray. */
export function ignoreRays(): void {}
