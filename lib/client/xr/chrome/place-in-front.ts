import { type Camera, Euler, MathUtils, type Object3D, Quaternion, Vector3 } from "three";

const position = new Vector3();
const direction = new Vector3();
const orientation = new Quaternion();
const target = new Vector3();
const euler = new Euler(0, 0, 0, "YXZ");
/** Higher or lower than this the way to the sides would turn over. */
const PITCH_MAX = MathUtils.degToRad(80);

export interface PlaceInFront {
  distanceM: number;
  /** Below the line of sight. */
  downDeg: number;
}

/**
 * Writes where something stands that is in front of a head, also of one that lies
 * down, upright and without the head's tilt. World coordinates; allocates nothing.
 */
export function pointInFront(camera: Camera, { distanceM, downDeg }: PlaceInFront, into: Vector3): Vector3 {
  position.setFromMatrixPosition(camera.matrixWorld);
  orientation.setFromRotationMatrix(camera.matrixWorld);
  euler.setFromQuaternion(orientation, "YXZ");
  const pitch = MathUtils.clamp(euler.x - MathUtils.degToRad(downDeg), -PITCH_MAX, PITCH_MAX);
  direction.set(-Math.sin(euler.y) * Math.cos(pitch), Math.sin(pitch), -Math.cos(euler.y) * Math.cos(pitch));
  return into.copy(position).addScaledVector(direction, distanceM);
}

/** Puts an object there, facing the head. Its parent is the world. */
export function placeInFront(object: Object3D, camera: Camera, place: PlaceInFront): void {
  camera.updateMatrixWorld();
  pointInFront(camera, place, object.position);
  faceHead(object, camera);
}

/** Turns an object's front to the head. */
export function faceHead(object: Object3D, camera: Camera): void {
  target.setFromMatrixPosition(camera.matrixWorld);
  object.lookAt(target);
}
