import type { LiveTabInput } from "#lib/client/live/live-tab.ts";
import { type CountedPress, countClicks } from "#lib/core/live/count-clicks.ts";
import type { LiveModifiers } from "#lib/protocol/live.ts";

/** CSS pixels of the page. */
export interface PagePlace {
  x: number;
  y: number;
}

export const MOUSE_BUTTONS = ["left", "middle", "right", "back", "forward"] as const;
export type MouseButton = (typeof MOUSE_BUTTONS)[number];

export const NO_KEYS: LiveModifiers = { alt: false, ctrl: false, meta: false, shift: false };
/** What `MouseEvent.buttons` calls them. */
const HELD = { left: 1, right: 2, middle: 4, back: 8, forward: 16 } as const;
/** The protocol's bound of one turn. */
const TURN_MAX_PX = 20_000;

/** What a page's one mouse does: presses at once, moves and turns of the wheel gathered until a frame asks. */
export interface PointerOutbox {
  move(at: PagePlace, buttons: number, modifiers: LiveModifiers): void;
  turn(at: PagePlace, dx: number, dy: number, modifiers: LiveModifiers): void;
  /** Turns on where it was turned last. */
  glide(dy: number): void;
  down(at: PagePlace, button: MouseButton, modifiers: LiveModifiers, timeMs: number): void;
  up(at: PagePlace, button: MouseButton, modifiers: LiveModifiers): void;
  /** Tells what was gathered. Allocates nothing when that is nothing. */
  flush(): void;
}

export function createPointerOutbox(send: (message: LiveTabInput) => void): PointerOutbox {
  const pending = { isPending: false, x: 0, y: 0, buttons: 0, modifiers: NO_KEYS };
  const told = { x: Number.NaN, y: Number.NaN, buttons: 0, modifiers: NO_KEYS };
  const wheel = { isPending: false, x: 0, y: 0, dx: 0, dy: 0, modifiers: NO_KEYS };
  let counted: CountedPress | null = null;

  const move = ({ x, y }: PagePlace, buttons: number, modifiers: LiveModifiers): void => {
    pending.isPending = true;
    pending.x = x;
    pending.y = y;
    pending.buttons = buttons;
    pending.modifiers = modifiers;
  };
  const flushMove = (): void => {
    if (!pending.isPending) return;
    pending.isPending = false;
    const { x, y, buttons, modifiers } = pending;
    // A ray tells of every frame, also of those in which it rests.
    if (x === told.x && y === told.y && buttons === told.buttons && modifiers === told.modifiers) return;
    told.x = x;
    told.y = y;
    told.buttons = buttons;
    told.modifiers = modifiers;
    send({ type: "mouse", kind: "move", x, y, button: "none", buttons, clicks: 0, modifiers });
  };
  const flushWheel = (): void => {
    if (!wheel.isPending) return;
    wheel.isPending = false;
    const { x, y, dx, dy, modifiers } = wheel;
    wheel.dx = 0;
    wheel.dy = 0;
    send({ type: "wheel", x, y, dx: bound(dx), dy: bound(dy), modifiers });
  };

  return {
    move,
    turn({ x, y }, dx, dy, modifiers) {
      wheel.isPending = true;
      wheel.x = x;
      wheel.y = y;
      wheel.dx += dx;
      wheel.dy += dy;
      wheel.modifiers = modifiers;
    },
    glide(dy) {
      wheel.isPending = true;
      wheel.dy += dy;
    },
    down(at, button, modifiers, timeMs) {
      counted = countClicks({ button, ...at, timeMs }, counted);
      // What is under the pointer must know of it before it is pressed.
      move(at, 0, modifiers);
      flushMove();
      const { clicks } = counted;
      send({ type: "mouse", kind: "down", ...at, button, buttons: HELD[button], clicks, modifiers });
    },
    up(at, button, modifiers) {
      flushMove();
      const clicks = counted?.clicks ?? 1;
      send({ type: "mouse", kind: "up", ...at, button, buttons: 0, clicks, modifiers });
    },
    flush() {
      flushMove();
      flushWheel();
    },
  };
}

function bound(deltaPx: number): number {
  return Math.min(TURN_MAX_PX, Math.max(-TURN_MAX_PX, deltaPx));
}
