import { Group, MathUtils, type Object3D, Quaternion, Vector3 } from "three";
import { createFollowState, type FollowState, type HeadInput, stepFollow } from "#lib/core/layout/follow.ts";
import {
  createRecentreState,
  isPanelAhead,
  type RecentreInput,
  type RecentreState,
  stepRecentre,
} from "#lib/core/layout/recentre.ts";
import type { Spring } from "#lib/core/layout/spring.ts";
import type { Pose } from "#lib/protocol/space.ts";

/**
 * The frame that poses are given in: the head's place when it was last put in the
 * middle, looking along −z. Panels, notes and threads hang in it. There is one.
 */
export const layoutFrame = new Group();
layoutFrame.name = "layout";

export interface LayoutFrameState {
  follow: FollowState;
  recentre: RecentreState;
}

export interface LayoutFrameInput {
  /** The person asked for panels that come along. */
  follows: boolean;
  poses: readonly Pose[];
  reducedMotion: boolean;
}

const forward = new Vector3();
const turn = new Quaternion();
const position = new Vector3();
/** The head as of this frame, in the world. */
export const head: HeadInput = { azimuthDeg: 0, elevationDeg: 0, x: 0, y: 0, z: 0 };
const ahead = { azimuthDeg: 0, elevationDeg: 0 };
const recentreInput: RecentreInput = { headDeg: 0, panelAhead: false, reducedMotion: false };

export function createLayoutFrameState(): LayoutFrameState {
  return { follow: createFollowState(), recentre: createRecentreState() };
}

/** Back to where the session's origin put the person. */
export function resetLayoutFrame(state: LayoutFrameState): void {
  state.follow = createFollowState();
  state.recentre = createRecentreState();
  place(state.follow, state.follow.azimuth);
}

/** Reads where the head is and looks from a camera; allocates nothing. */
export function readHead(camera: Object3D): HeadInput {
  position.setFromMatrixPosition(camera.matrixWorld);
  turn.setFromRotationMatrix(camera.matrixWorld);
  forward.set(0, 0, -1).applyQuaternion(turn);
  head.x = position.x;
  head.y = position.y;
  head.z = position.z;
  head.elevationDeg = MathUtils.radToDeg(Math.asin(MathUtils.clamp(forward.y, -1, 1)));
  head.azimuthDeg = MathUtils.radToDeg(Math.atan2(forward.x, -forward.z));
  return head;
}

/**
 * One frame of a session: follows, or comes round when someone has turned away for good. The seconds are no part
 * of `input`: read from a field, a number may become an object of its own in each frame.
 */
export function stepLayoutFrame(state: LayoutFrameState, input: LayoutFrameInput, deltaS: number): void {
  if (input.follows) {
    const { follow } = state;
    stepFollow(follow, head, deltaS);
    state.recentre.azimuth.value = follow.azimuth.value;
    state.recentre.azimuth.velocity = 0;
    state.recentre.phase = "resting";
    place(follow, follow.azimuth);
    return;
  }
  const { recentre } = state;
  ahead.azimuthDeg = head.azimuthDeg - recentre.azimuth.value;
  ahead.elevationDeg = head.elevationDeg;
  recentreInput.headDeg = head.azimuthDeg;
  recentreInput.panelAhead = isPanelAhead(input.poses, ahead);
  recentreInput.reducedMotion = input.reducedMotion;
  stepRecentre(recentre, recentreInput, deltaS);
  state.follow.azimuth.value = recentre.azimuth.value;
  place(state.follow, recentre.azimuth);
}

/** Takes springs rather than their values: a number that is handed over may be an object of its own in each frame. */
function place({ x, y, z }: FollowState, azimuth: Spring): void {
  const { position: at, rotation } = layoutFrame;
  const yaw = MathUtils.degToRad(-azimuth.value);
  if (at.x === x.value && at.y === y.value && at.z === z.value && rotation.y === yaw) return;
  at.x = x.value;
  at.y = y.value;
  at.z = z.value;
  rotation.y = yaw;
}
