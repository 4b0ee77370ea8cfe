export interface DwellOptions {
  /** Looking at one thing for this long presses it. */
  dwellMs: number;
  /** Nothing counts for this long after something new is looked at: eyes wander over things on their way. */
  settleMs: number;
  /** How far the gaze may stray on its target, in degrees, before it starts again. */
  strayDeg: number;
}

export const DEFAULT_DWELL: DwellOptions = { dwellMs: 900, settleMs: 250, strayDeg: 2.5 };

/**
 * Pressing by looking. `progress` runs from 0 to 1 while the gaze rests; after a
 * press nothing happens until the gaze has moved away, so that a page that changes
 * under it is not pressed again and again.
 */
export interface DwellState {
  target: string | null;
  elapsedMs: number;
  isSpent: boolean;
  progress: number;
  originX: number;
  originY: number;
  originZ: number;
}

export function createDwell(): DwellState {
  return { target: null, elapsedMs: 0, isSpent: false, progress: 0, originX: 0, originY: 0, originZ: -1 };
}

/** A unit direction. */
export interface Direction {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * One frame. `target` names what is looked at, null for nothing that can be pressed.
 * @returns whether it is pressed now.
 */
export function stepDwell(
  state: DwellState,
  target: string | null,
  gaze: Direction,
  deltaMs: number,
  options: DwellOptions,
): boolean {
  const cosine = gaze.x * state.originX + gaze.y * state.originY + gaze.z * state.originZ;
  const strayed = cosine < Math.cos((options.strayDeg * Math.PI) / 180);
  if (target !== state.target || strayed) {
    state.target = target;
    state.elapsedMs = 0;
    state.isSpent = false;
    state.progress = 0;
    state.originX = gaze.x;
    state.originY = gaze.y;
    state.originZ = gaze.z;
    return false;
  }
  if (target === null || state.isSpent) {
    state.progress = 0;
    return false;
  }
  state.elapsedMs += deltaMs;
  state.progress = Math.min(1, Math.max(0, (state.elapsedMs - options.settleMs) / options.dwellMs));
  if (state.progress < 1) return false;
  state.isSpent = true;
  state.progress = 0;
  return true;
}
