import { Euler, MathUtils, type PerspectiveCamera } from "three";

/** Radians of turning per CSS pixel dragged at a window 800 px high; less in a taller one. */
const RADIANS_PER_PX = 0.0022;
const PITCH_MAX = MathUtils.degToRad(75);
/** Share of the remaining way made in a second, as a rate: critically damped easing without overshoot. */
const EASE_RATE = 9;
const EYE_HEIGHT_M = 0;

const euler = new Euler(0, 0, 0, "YXZ");

/**
 * Looking around on a screen: the head stays in the middle of the layout and turns.
 * Angles are radians, yaw positive to the left as three has it, pitch positive up.
 */
export interface ScreenLook {
  yaw: number;
  pitch: number;
  targetYaw: number;
  targetPitch: number;
}

export function createScreenLook(): ScreenLook {
  return { yaw: 0, pitch: 0, targetYaw: 0, targetPitch: 0 };
}

/** Drags the world along with the pointer. */
export function dragLook(look: ScreenLook, dxPx: number, dyPx: number, heightPx: number): void {
  const scale = RADIANS_PER_PX * (800 / Math.max(300, heightPx));
  look.targetYaw = look.yaw += dxPx * scale;
  look.pitch = MathUtils.clamp(look.pitch + dyPx * scale, -PITCH_MAX, PITCH_MAX);
  look.targetPitch = look.pitch;
}

/** Turns towards a direction given in degrees, azimuth positive to the right. */
export function lookAt(look: ScreenLook, azimuthDeg: number, elevationDeg: number): void {
  const yaw = MathUtils.degToRad(-azimuthDeg);
  // The shorter way around.
  look.targetYaw = look.yaw + MathUtils.euclideanModulo(yaw - look.yaw + Math.PI, 2 * Math.PI) - Math.PI;
  look.targetPitch = MathUtils.degToRad(elevationDeg);
}

/** Turns by degrees from where it is going, to the right and upwards. */
export function turnLook(look: ScreenLook, azimuthDeg: number, elevationDeg: number): void {
  look.targetYaw -= MathUtils.degToRad(azimuthDeg);
  const pitch = look.targetPitch + MathUtils.degToRad(elevationDeg);
  look.targetPitch = MathUtils.clamp(pitch, -PITCH_MAX, PITCH_MAX);
}

/** Whether the next frame would look the same. */
export function isLookSettled(look: ScreenLook): boolean {
  return Math.abs(look.targetYaw - look.yaw) < 1e-4 && Math.abs(look.targetPitch - look.pitch) < 1e-4;
}

/** One frame; `still` jumps, for people who asked for less motion. */
export function stepLook(look: ScreenLook, camera: PerspectiveCamera, deltaS: number, still: boolean): void {
  const share = still ? 1 : 1 - Math.exp(-EASE_RATE * deltaS);
  look.yaw += (look.targetYaw - look.yaw) * share;
  look.pitch += (look.targetPitch - look.pitch) * share;
  camera.position.set(0, EYE_HEIGHT_M, 0);
  euler.set(look.pitch, look.yaw, 0);
  camera.quaternion.setFromEuler(euler);
  // Pointers are met between frames too.
  camera.updateMatrixWorld();
}
