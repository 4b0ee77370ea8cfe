import { turnDeg, wrapDeg } from "#lib/core/layout/angles.ts";
import { Spring, stepSpring } from "#lib/core/layout/spring.ts";

/**
 * Follow-me: where the layout frame stands in the world. Steps change the state in
 * place and allocate nothing. Directions are azimuths: positive to the right,
 * 0 along the world's −z.
 */
export interface FollowState {
  azimuth: Spring;
  x: Spring;
  y: Spring;
  z: Spring;
  /** A movement that has begun goes on until the panels are in front again. */
  turning: boolean;
  walking: boolean;
}

export interface HeadInput {
  azimuthDeg: number;
  elevationDeg: number;
  x: number;
  y: number;
  z: number;
}

export const FOLLOW = {
  /** Looking around this far to either side moves nothing. */
  deadZoneDeg: 35,
  deadZoneM: 0.35,
  /** Close enough to rest again. */
  settledDeg: 1.5,
  settledM: 0.03,
  smoothS: 0.5,
  /** However fast the head turns, panels drift. */
  fastestDegPerS: 120,
  fastestMPerS: 1.5,
} as const;

export function createFollowState(): FollowState {
  return {
    azimuth: new Spring(),
    x: new Spring(),
    y: new Spring(),
    z: new Spring(),
    turning: false,
    walking: false,
  };
}

/**
 * Moves the layout frame after the body: not at all within the dead zone, then with
 * lag and easing until it is centred again, never as fast as the head turns.
 * `dt` in seconds; a long one, as after a pause, is treated as short.
 */
export function stepFollow(state: FollowState, head: Readonly<HeadInput>, dt: number): void {
  const step = Math.min(dt, 0.1);
  turnAfter(state, head, step);
  walkAfter(state, head, step);
}

function turnAfter(state: FollowState, head: Readonly<HeadInput>, step: number): void {
  const { azimuth } = state;
  const turn = turnDeg(azimuth.value, head.azimuthDeg);
  if (Math.abs(turn) > FOLLOW.deadZoneDeg) state.turning = true;
  if (!state.turning) return;
  approach(azimuth, azimuth.value + turn, FOLLOW.fastestDegPerS, step);
  azimuth.value = wrapDeg(azimuth.value);
  if (Math.abs(turnDeg(azimuth.value, head.azimuthDeg)) >= FOLLOW.settledDeg) return;
  state.turning = false;
  azimuth.velocity = 0;
}

function walkAfter(state: FollowState, head: Readonly<HeadInput>, step: number): void {
  if (distance(state, head) > FOLLOW.deadZoneM) state.walking = true;
  if (!state.walking) return;
  approach(state.x, head.x, FOLLOW.fastestMPerS, step);
  approach(state.y, head.y, FOLLOW.fastestMPerS, step);
  approach(state.z, head.z, FOLLOW.fastestMPerS, step);
  if (distance(state, head) >= FOLLOW.settledM) return;
  state.walking = false;
  rest(state.x);
  rest(state.y);
  rest(state.z);
}

/** Written out: `Math.hypot` allocates. */
function distance(state: FollowState, head: Readonly<HeadInput>): number {
  const x = state.x.value - head.x;
  const y = state.y.value - head.y;
  const z = state.z.value - head.z;
  return Math.sqrt(x * x + y * y + z * z);
}

function approach(spring: Spring, goal: number, fastest: number, dt: number): void {
  const from = spring.value;
  stepSpring(spring, goal, FOLLOW.smoothS, dt);
  const most = fastest * dt;
  if (Math.abs(spring.value - from) <= most) return;
  const way = Math.sign(spring.value - from);
  spring.value = from + way * most;
  spring.velocity = way * fastest;
}

function rest(spring: Spring): void {
  spring.velocity = 0;
}

/** Where the one panel locked to the head stands; the same for both its directions. */
export interface HeadLockState {
  azimuth: Spring;
  elevation: Spring;
  moving: boolean;
}

export const HEAD_LOCK = {
  /** Reading moves the head this much. */
  deadZoneDeg: 6,
  settledDeg: 0.5,
  smoothS: 0.3,
} as const;

export function createHeadLockState(): HeadLockState {
  return { azimuth: new Spring(), elevation: new Spring(), moving: false };
}

/** Keeps a panel in the field of view: still while the head only reads, then easing after it with a lag. */
export function stepHeadLock(
  state: HeadLockState,
  head: Readonly<Pick<HeadInput, "azimuthDeg" | "elevationDeg">>,
  dt: number,
): void {
  const step = Math.min(dt, 0.1);
  if (awayDeg(state, head) > HEAD_LOCK.deadZoneDeg) state.moving = true;
  if (!state.moving) return;
  const turn = turnDeg(state.azimuth.value, head.azimuthDeg);
  stepSpring(state.azimuth, state.azimuth.value + turn, HEAD_LOCK.smoothS, step);
  stepSpring(state.elevation, head.elevationDeg, HEAD_LOCK.smoothS, step);
  state.azimuth.value = wrapDeg(state.azimuth.value);
  if (awayDeg(state, head) >= HEAD_LOCK.settledDeg) return;
  state.moving = false;
  rest(state.azimuth);
  rest(state.elevation);
}

function awayDeg(
  state: HeadLockState,
  head: Readonly<Pick<HeadInput, "azimuthDeg" | "elevationDeg">>,
): number {
  const aside = turnDeg(state.azimuth.value, head.azimuthDeg);
  const above = state.elevation.value - head.elevationDeg;
  return Math.sqrt(aside * aside + above * above);
}
