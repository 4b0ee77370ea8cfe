import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import { at, type Handedness, type HandFrame } from "#lib/core/gestures/hand-joints.ts";
import type { HandShape } from "#lib/core/gestures/hand-shape.ts";

/** One hand against the head, in one frame. Angles are told as cosines. */
export interface HandScene {
  hand: Handedness;
  timeMs: number;
  dtMs: number;
  aimsAtPanel: boolean;
  /** The palm is where the head looks, so what is drawn at it is seen. */
  inView: boolean;
  /** 1: the palm faces the head; −1: it faces away from it. */
  facing: number;
  /** 1: the palm faces left or right, as the head sees it. */
  sideways: number;
  reachM: number;
  /** The head's right, in the world. */
  rightX: number;
  rightY: number;
  rightZ: number;
}

export function createHandScene(hand: Handedness): HandScene {
  return {
    hand,
    timeMs: 0,
    dtMs: 0,
    aimsAtPanel: false,
    inView: false,
    facing: 0,
    sideways: 0,
    reachM: 0,
    rightX: 1,
    rightY: 0,
    rightZ: 0,
  };
}

/** Everything is measured in the head's own axes: lying down, sideways and away stay what they are. */
export function measureScene(
  scene: HandScene,
  frame: HandFrame,
  shape: HandShape,
  dtMs: number,
  settings: GestureSettings,
): void {
  const { head } = frame;
  scene.timeMs = frame.timeMs;
  scene.dtMs = dtMs;
  scene.aimsAtPanel = frame[scene.hand].aimsAtPanel;
  const toX = shape.palmX - at(head, 0);
  const toY = shape.palmY - at(head, 1);
  const toZ = shape.palmZ - at(head, 2);
  const reach = Math.max(Math.hypot(toX, toY, toZ), 1e-6);
  const qx = at(head, 3);
  const qy = at(head, 4);
  const qz = at(head, 5);
  const qw = at(head, 6);
  scene.rightX = 1 - 2 * (qy * qy + qz * qz);
  scene.rightY = 2 * (qx * qy + qw * qz);
  scene.rightZ = 2 * (qx * qz - qw * qy);
  const forwardX = -2 * (qx * qz + qw * qy);
  const forwardY = -2 * (qy * qz - qw * qx);
  const forwardZ = -(1 - 2 * (qx * qx + qy * qy));
  const ahead = (forwardX * toX + forwardY * toY + forwardZ * toZ) / reach;
  scene.reachM = reach;
  scene.inView = ahead >= cosDeg(settings.viewConeDeg);
  scene.facing = -(shape.normalX * toX + shape.normalY * toY + shape.normalZ * toZ) / reach;
  scene.sideways = Math.abs(
    shape.normalX * scene.rightX + shape.normalY * scene.rightY + shape.normalZ * scene.rightZ,
  );
}

export function cosDeg(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}
