import type { Object3D, WebXRManager } from "three";
import { Matrix4, Quaternion, Vector3 } from "three";
import { headYaw, originForHead, type Stance } from "#lib/core/xr/origin.ts";

const head: Stance = { x: 0, y: 0, z: 0, yaw: 0 };
const stance: Stance = { x: 0, y: 0, z: 0, yaw: 0 };
const position = new Vector3();
const orientation = new Quaternion();
const scale = new Vector3();
const matrix = new Matrix4();

/** How long after its start a session may still answer with a made-up pose, in frames that have one. */
const SETTLE_FRAMES = 3;

/**
 * Puts the person into the middle of the layout: at the start of a session, when the
 * system sets its own centre anew, and when asked to. In between nothing moves, so
 * walking and leaning stay what they are.
 */
export interface SessionOrigin {
  /** True until the next frame with a pose. */
  isDue: boolean;
  settling: number;
}

export function createSessionOrigin(): SessionOrigin {
  return { isDue: true, settling: SETTLE_FRAMES };
}

export function recentre(origin: SessionOrigin): void {
  origin.isDue = true;
  origin.settling = 0;
}

export function restartOrigin(origin: SessionOrigin): void {
  origin.isDue = true;
  origin.settling = SETTLE_FRAMES;
}

/** One frame of a session: moves `group`, the parent of the session's camera, when that is due. */
export function stepSessionOrigin(
  origin: SessionOrigin,
  group: Object3D,
  xr: WebXRManager,
  frame: XRFrame | undefined,
): void {
  if (!origin.isDue || !frame) return;
  const space = xr.getReferenceSpace();
  const pose = space ? frame.getViewerPose(space) : undefined;
  // Before the headset knows where it is, it answers with the point zero.
  if (!pose || pose.emulatedPosition) return;
  if (origin.settling > 0) {
    origin.settling -= 1;
    return;
  }
  matrix.fromArray(pose.transform.matrix).decompose(position, orientation, scale);
  head.x = position.x;
  head.y = position.y;
  head.z = position.z;
  head.yaw = headYaw(orientation);
  originForHead(head, stance);
  group.position.set(stance.x, stance.y, stance.z);
  group.rotation.set(0, stance.yaw, 0);
  group.updateMatrixWorld(true);
  origin.isDue = false;
}
