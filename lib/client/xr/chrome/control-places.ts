import type { Object3D, Vector3 } from "three";

/** Where controls stand in the world, for whoever has to aim at one: gaze with dwell, and tests. */
const controls = new Map<string, Object3D>();

export function setControl(id: string, control: Object3D | null): void {
  if (control) controls.set(id, control);
  else controls.delete(id);
}

export function listControls(): string[] {
  return [...controls.keys()];
}

/** The middle of a control in world coordinates, written into `target`; null when it is not shown. */
export function controlCentre(id: string, target: Vector3): Vector3 | null {
  const control = controls.get(id);
  if (!control) return null;
  control.updateWorldMatrix(true, false);
  return target.setFromMatrixPosition(control.matrixWorld);
}
