/** How a held key goes on: after a pause, then steadily, faster once it is plain that much is meant. */
export interface KeyRepeat {
  heldMs: number;
  /** How often it has acted since it was pressed, the press itself not counted. */
  count: number;
}

const DELAY_MS = 450;
const PERIOD_MS = 90;
const FAST_AFTER = 12;
const FAST_PERIOD_MS = 45;
/** A stalled frame must not delete a sentence. */
const PER_STEP_MAX = 2;

export function createKeyRepeat(): KeyRepeat {
  return { heldMs: 0, count: 0 };
}

/** How many times the held key acts in this frame. Writes to `repeat`; allocates nothing. */
export function stepKeyRepeat(repeat: KeyRepeat, dtMs: number): number {
  repeat.heldMs += dtMs;
  let acts = 0;
  while (repeat.heldMs >= dueMs(repeat.count) && acts < PER_STEP_MAX) {
    repeat.count += 1;
    acts += 1;
  }
  if (repeat.heldMs >= dueMs(repeat.count)) repeat.heldMs = dueMs(repeat.count) - 1;
  return acts;
}

/** When a long press offers accents; the same pause for the same patience. */
export const LONG_PRESS_MS = DELAY_MS;

function dueMs(count: number): number {
  const slow = Math.min(count, FAST_AFTER);
  return DELAY_MS + slow * PERIOD_MS + (count - slow) * FAST_PERIOD_MS;
}
