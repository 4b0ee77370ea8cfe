/**
 * On a screen the room is drawn only while something happens: a page that is read
 * for minutes costs no battery. Whoever moves something says so; frames go on for a
 * moment after, so that easings started by it come to their end.
 */
const AWAKE_MS = 700;

let awakeUntil = 0;
let wake: (() => void) | null = null;

/** Asks for frames from now on, for `ms` at least. Cheap: may be called with every event. */
export function stirRoom(ms = AWAKE_MS): void {
  awakeUntil = Math.max(awakeUntil, performance.now() + ms);
  wake?.();
}

export function isRoomAwake(): boolean {
  return performance.now() < awakeUntil;
}

/** The room's frame loop says how it is woken. Returns how to take that back. */
export function onStirRoom(run: () => void): () => void {
  wake = run;
  return () => {
    if (wake === run) wake = null;
  };
}
