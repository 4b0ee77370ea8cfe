/** The 25 joints in the order of the WebXR Hand Input Module, level 1. */
export const HAND_JOINTS = [
  "wrist",
  "thumb-metacarpal",
  "thumb-phalanx-proximal",
  "thumb-phalanx-distal",
  "thumb-tip",
  "index-finger-metacarpal",
  "index-finger-phalanx-proximal",
  "index-finger-phalanx-intermediate",
  "index-finger-phalanx-distal",
  "index-finger-tip",
  "middle-finger-metacarpal",
  "middle-finger-phalanx-proximal",
  "middle-finger-phalanx-intermediate",
  "middle-finger-phalanx-distal",
  "middle-finger-tip",
  "ring-finger-metacarpal",
  "ring-finger-phalanx-proximal",
  "ring-finger-phalanx-intermediate",
  "ring-finger-phalanx-distal",
  "ring-finger-tip",
  "pinky-finger-metacarpal",
  "pinky-finger-phalanx-proximal",
  "pinky-finger-phalanx-intermediate",
  "pinky-finger-phalanx-distal",
  "pinky-finger-tip",
] as const;

export const WRIST = 0;
export const THUMB_TIP = 4;
export const INDEX_PROXIMAL = 6;
export const INDEX_TIP = 9;
export const MIDDLE_PROXIMAL = 11;
export const RING_PROXIMAL = 16;
export const PINKY_PROXIMAL = 21;

export type Handedness = "left" | "right";

/** One hand as one frame sees it. Written in place by whoever reads the joints. */
export interface HandSample {
  tracked: boolean;
  /** x, y, z of each joint in metres, y up; 75 values. */
  positions: Float32Array;
  /** Radius of each joint in metres; 25 values. */
  radii: Float32Array;
  /** Whether its ray met a panel in the frame before: grabbing, dismissing and resizing need something to act on. */
  aimsAtPanel: boolean;
}

/** Everything gestures are recognised from, in one frame. */
export interface HandFrame {
  /** Milliseconds, rising. */
  timeMs: number;
  /** Position x, y, z in metres and orientation x, y, z, w. */
  head: Float32Array;
  left: HandSample;
  right: HandSample;
}

export function createHandFrame(): HandFrame {
  const head = new Float32Array(7);
  head[6] = 1;
  return { timeMs: 0, head, left: createHandSample(), right: createHandSample() };
}

function createHandSample(): HandSample {
  return {
    tracked: false,
    positions: new Float32Array(HAND_JOINTS.length * 3),
    radii: new Float32Array(HAND_JOINTS.length),
    aimsAtPanel: false,
  };
}

export function jointDistance(positions: Float32Array, a: number, b: number): number {
  return Math.hypot(
    at(positions, a * 3) - at(positions, b * 3),
    at(positions, a * 3 + 1) - at(positions, b * 3 + 1),
    at(positions, a * 3 + 2) - at(positions, b * 3 + 2),
  );
}

export function at(values: Float32Array, index: number): number {
  return values[index] ?? Number.NaN;
}
