import { turnDeg, wrapDeg } from "#lib/core/layout/angles.ts";
import { angularHeightDeg, angularWidthDeg } from "#lib/core/layout/panel-shape.ts";
import { Spring, stepSpring } from "#lib/core/layout/spring.ts";
import type { Pose } from "#lib/protocol/space.ts";

export const RECENTRE = {
  /** Farther than this to the side is turned away. */
  awayDeg: 60,
  /** Turned back to less than this, it was only a glance. */
  backDeg: 50,
  /** Away this long, with no panel in sight, is for good. */
  holdS: 3,
  /** A head that still moves this much is looking around, not settled. */
  steadyDeg: 25,
  smoothS: 0.6,
  settledDeg: 0.5,
} as const;

/** The layout frame's direction in the world, an azimuth: positive to the right. Changed in place by steps. */
export interface RecentreState {
  azimuth: Spring;
  phase: "resting" | "away" | "easing";
  goalDeg: number;
  /** Where the head was when it began to be steady. */
  heldDeg: number;
  heldS: number;
}

export function createRecentreState(azimuthDeg = 0): RecentreState {
  return {
    azimuth: new Spring(azimuthDeg),
    phase: "resting",
    goalDeg: azimuthDeg,
    heldDeg: azimuthDeg,
    heldS: 0,
  };
}

/** Brings the layout in front at once when asked; eased, or in one step where motion is reduced. */
export function requestRecentre(state: RecentreState, headDeg: number, reducedMotion = false): void {
  state.goalDeg = headDeg;
  state.phase = "easing";
  if (reducedMotion) settle(state);
}

/**
 * One frame. A person who has turned away for good, and looks at nothing there, gets
 * the whole layout brought round; one who reads a panel at the side, glances back or
 * looks around does not. `panelAhead` says whether a panel is where the head points
 * (see `isPanelAhead`); `dt` in seconds.
 */
export function stepRecentre(
  state: RecentreState,
  { headDeg, panelAhead, reducedMotion }: Readonly<RecentreInput>,
  dt: number,
): void {
  const step = Math.min(dt, 0.1);
  if (state.phase === "easing") {
    const turn = turnDeg(state.azimuth.value, state.goalDeg);
    stepSpring(state.azimuth, state.azimuth.value + turn, RECENTRE.smoothS, step);
    state.azimuth.value = wrapDeg(state.azimuth.value);
    const left = Math.abs(turnDeg(state.azimuth.value, state.goalDeg));
    if (reducedMotion || left < RECENTRE.settledDeg) settle(state);
    return;
  }
  const aside = Math.abs(turnDeg(state.azimuth.value, headDeg));
  const isAway = aside > (state.phase === "away" ? RECENTRE.backDeg : RECENTRE.awayDeg);
  if (!isAway || panelAhead) {
    state.phase = "resting";
    state.heldS = 0;
    return;
  }
  const isSteady = Math.abs(turnDeg(state.heldDeg, headDeg)) <= RECENTRE.steadyDeg;
  if (state.phase === "resting" || !isSteady) {
    state.phase = "away";
    state.heldDeg = headDeg;
    state.heldS = 0;
    return;
  }
  state.heldS += step;
  if (state.heldS >= RECENTRE.holdS) requestRecentre(state, headDeg, reducedMotion);
}

export interface RecentreInput {
  headDeg: number;
  panelAhead: boolean;
  reducedMotion: boolean;
}

function settle(state: RecentreState): void {
  state.azimuth.value = wrapDeg(state.goalDeg);
  state.azimuth.velocity = 0;
  state.phase = "resting";
  state.heldS = 0;
}

/** Whether the head points at one of the panels or at most `marginDeg` past it; directions in the layout frame. */
export function isPanelAhead(
  poses: readonly Pose[],
  head: Readonly<Pick<Pose, "azimuthDeg" | "elevationDeg">>,
  marginDeg = 15,
): boolean {
  for (const pose of poses) {
    // Degrees of azimuth are shorter away from the horizon.
    const aside =
      Math.abs(turnDeg(pose.azimuthDeg, head.azimuthDeg)) * Math.cos((head.elevationDeg * Math.PI) / 180);
    const above = Math.abs(pose.elevationDeg - head.elevationDeg);
    if (aside <= angularWidthDeg(pose) / 2 + marginDeg && above <= angularHeightDeg(pose) / 2 + marginDeg)
      return true;
  }
  return false;
}
