/** Why the room is not there: WebGL was never given, its context was taken away, memory ran out, or anything else. */
export type RoomFaultKind = "no-webgl" | "lost" | "memory" | "other";

export interface RoomFaultSigns {
  /** What was thrown; null where nothing was, because the room was not begun. */
  error: unknown;
  /** Whether this browser gives a WebGL 2 context now, and whether it ever did. */
  hasWebGl: boolean;
  hadWebGl: boolean;
  /** The room's own context was lost and has not come back. */
  isLost: boolean;
}

/** As V8, JavaScriptCore and SpiderMonkey say it, and WebAssembly in each. */
const MEMORY = /out of memory|allocation failed|allocation size overflow|could not allocate/i;
const LOST = /context[ _](was |is )?lost|lost (its|the) webgl context/i;

/**
 * What a fault of the room comes from. Memory first: a device that is short of it
 * takes contexts away as well, and what helps is the same.
 */
export function roomFaultKind({ error, hasWebGl, hadWebGl, isLost }: RoomFaultSigns): RoomFaultKind {
  const message = error instanceof Error ? error.message : "";
  if (MEMORY.test(message)) return "memory";
  if (!hasWebGl) return hadWebGl ? "lost" : "no-webgl";
  return isLost || LOST.test(message) ? "lost" : "other";
}

export interface RoomFaultWords {
  title: string;
  /** Why, and what a person can do about it. */
  text: string;
}

export const ROOM_FAULT_WORDS: Readonly<Record<RoomFaultKind, RoomFaultWords>> = {
  "no-webgl": {
    title: "The room cannot be drawn here",
    text: "It needs WebGL 2, which this browser has switched off or does not have. Look for graphics or hardware acceleration in its settings, or open Qui in another browser.",
  },
  lost: {
    title: "The room lost its picture",
    text: "This device took the graphics away: its driver restarted, or other windows need it more. Close other pages with 3D or films, wait a moment and try again.",
  },
  memory: {
    title: "There is too little memory for the room",
    text: "Close some panels in the flat view, or other windows and apps, and try again. Fewer panels need less.",
  },
  other: {
    title: "Something in the room went wrong",
    text: "Nothing is the matter with your device. Try again; if it happens once more, load Qui anew or stay in the flat view, which has everything the room has.",
  },
};
