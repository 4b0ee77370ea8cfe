import type { XRHandState } from "@pmndrs/xr/internals";
import { type Matrix4, Quaternion, Vector3 } from "three";
import { HAND_JOINTS, type HandFrame, type HandSample } from "#lib/core/gestures/hand-joints.ts";

declare global {
  interface XRFrame {
    /** WebXR Hand Input Module §6; missing in @types/webxr. */
    fillJointRadii?(jointSpaces: Iterable<XRJointSpace>, radii: Float32Array): boolean;
  }
}

const position = new Vector3();
const orientation = new Quaternion();
const scale = new Vector3();

/** What reading the joints of one hand needs from frame to frame. */
export interface HandReader {
  source: XRInputSource | null;
  joints: XRJointSpace[];
  /** A matrix of 16 numbers for each joint, in the session's own space. */
  poses: Float32Array;
}

export function createHandReader(): HandReader {
  return { source: null, joints: [], poses: new Float32Array(HAND_JOINTS.length * 16) };
}

/** One frame of one hand, in world metres. Null: there is no such hand. */
export function readHand(
  reader: HandReader,
  sample: HandSample,
  hand: XRHandState | null,
  frame: XRFrame,
  space: XRReferenceSpace,
  originWorld: Matrix4,
): void {
  sample.tracked = false;
  if (!hand) return;
  if (reader.source !== hand.inputSource) {
    reader.source = hand.inputSource;
    reader.joints = Array.from(hand.inputSource.hand.values());
  }
  if (!frame.fillPoses?.(reader.joints, space, reader.poses)) return;
  sample.tracked = frame.fillJointRadii?.(reader.joints, sample.radii) ?? false;
  for (let joint = 0; joint < reader.joints.length; joint++) {
    const at = joint * 16 + 12;
    position
      .fromArray(reader.poses, at)
      .applyMatrix4(originWorld)
      .toArray(sample.positions, joint * 3);
  }
}

/** The head as it was drawn last, in world metres. */
export function readHead(target: HandFrame, headWorld: Matrix4): void {
  headWorld.decompose(position, orientation, scale);
  position.toArray(target.head, 0);
  orientation.toArray(target.head, 3);
}
