import { type Object3D, Vector3 } from "three";
import { KEYBOARD_DISTANCE_M } from "#lib/client/xr/keyboard-core.ts";

/** Below the line of sight: in a headset where hands rest, on a screen where it is still in the picture. */
const ELEVATION_DEG = { headset: -33, screen: -11 } as const;
/** A panel further aside than this is not what the person is looking at: the keyboard stays in front. */
const ASIDE_MAX_DEG = 75;

const head = new Vector3();
const forward = new Vector3();
const towards = new Vector3();
const place = new Vector3();

export interface KeyboardStand {
  camera: Object3D;
  /** The panel that is typed for. */
  panel: Object3D | null;
  isHeadset: boolean;
}

/**
 * Puts the keyboard within reach, below the panel it is for, facing the eyes: every
 * key is then seen at the size it was measured for. It stays there until it is opened again.
 */
export function placeKeyboard(keyboard: Object3D, { camera, panel, isHeadset }: KeyboardStand): void {
  head.setFromMatrixPosition(camera.matrixWorld);
  camera.getWorldDirection(forward).setY(0);
  // Looking straight up or down says nothing of a direction.
  if (forward.lengthSq() < 1e-4) forward.set(0, 0, -1);
  forward.normalize();
  if (panel) {
    panel.getWorldPosition(towards).sub(head).setY(0);
    const isAhead = towards.lengthSq() > 1e-4 && towards.angleTo(forward) < (ASIDE_MAX_DEG * Math.PI) / 180;
    if (isAhead) forward.copy(towards).normalize();
  }
  const elevation = ((isHeadset ? ELEVATION_DEG.headset : ELEVATION_DEG.screen) * Math.PI) / 180;
  place
    .copy(forward)
    .multiplyScalar(Math.cos(elevation) * KEYBOARD_DISTANCE_M)
    .add(head);
  place.y += Math.sin(elevation) * KEYBOARD_DISTANCE_M;
  keyboard.parent?.updateWorldMatrix(true, false);
  keyboard.position.copy(place);
  keyboard.parent?.worldToLocal(keyboard.position);
  keyboard.lookAt(head);
}
