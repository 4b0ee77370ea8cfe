/**
 * Released before this, a press is a click; held still until it, a long press. One
 * number for both, so that nothing is ever both or neither. Longer than the 300 ms
 * that pointers use elsewhere: closing and opening two fingers takes its time.
 */
export const LONG_PRESS_MS = 600;

/** Beyond this a press has become a drag: degrees, as the pointer sees its way on the panel. */
export const DRAG_THRESHOLD_DEG = 1.2;

export interface PressState {
  isDown: boolean;
  heldMs: number;
  /** Moved too far for a long press. */
  isDrag: boolean;
  isSpent: boolean;
  startX: number;
  startY: number;
  startZ: number;
}

export function createPress(): PressState {
  return { isDown: false, heldMs: 0, isDrag: false, isSpent: false, startX: 0, startY: 0, startZ: 0 };
}

/** `point` is where the ray meets the panel, in metres. */
export function beginPress(state: PressState, point: { x: number; y: number; z: number }): void {
  state.isDown = true;
  state.heldMs = 0;
  state.isDrag = false;
  state.isSpent = false;
  state.startX = point.x;
  state.startY = point.y;
  state.startZ = point.z;
}

export function endPress(state: PressState): void {
  state.isDown = false;
}

/**
 * One frame of a press that is held. `distanceM` is from the pointer to the panel.
 * @returns whether it becomes a long press now, which it does once.
 */
export function stepPress(
  state: PressState,
  point: { x: number; y: number; z: number },
  distanceM: number,
  deltaMs: number,
): boolean {
  if (!state.isDown || state.isSpent || state.isDrag) return false;
  const moved = Math.hypot(point.x - state.startX, point.y - state.startY, point.z - state.startZ);
  const limit = Math.max(0.1, distanceM) * Math.tan((DRAG_THRESHOLD_DEG * Math.PI) / 180);
  if (moved > limit) {
    state.isDrag = true;
    return false;
  }
  state.heldMs += deltaMs;
  if (state.heldMs < LONG_PRESS_MS) return false;
  state.isSpent = true;
  return true;
}
