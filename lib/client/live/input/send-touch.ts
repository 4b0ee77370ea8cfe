import { pagePoint } from "#lib/client/live/input/page-point.ts";
import { perFrame } from "#lib/client/live/input/per-frame.ts";
import { createTouchGestures, type TouchGestureOptions } from "#lib/client/live/input/touch-gestures.ts";
import type { LiveTab, LiveTabInput } from "#lib/client/live/live-tab.ts";

type TouchMessage = Extract<LiveTabInput, { type: "touch" }>;
const NO_KEYS = { alt: false, ctrl: false, meta: false, shift: false };
const FINGERS_MAX = 10;
/** When the page's own Chromium takes a finger that rests for a long press. */
const HOLD_MS = 550;

/** A finger that moved less than this, in CSS pixels, has only pressed. */
const SLOP_PX = 8;

interface Finger {
  slot: number;
  startX: number;
  startY: number;
  clientX: number;
  clientY: number;
  force: number;
}

export interface SendTouchOptions extends TouchGestureOptions {
  /** Whether the page is laid out for a phone, and so takes fingers itself. */
  isMobile: () => boolean;
}

/** Fingers on `element` go to the page: as they are in mobile mode, as what a mouse would do in desktop mode. Returns how to stop. */
export function sendTouch(tab: LiveTab, element: HTMLElement, options: SendTouchOptions): () => void {
  const abort = new AbortController();
  const fingers = new Map<number, Finger>();
  const moves = perFrame<TouchMessage>(tab.send);
  const gestures = createTouchGestures(tab, element, options);
  let moved = false;
  let hold: ReturnType<typeof setTimeout> | undefined;

  const points = () =>
    [...fingers.values()].map((finger) => ({
      id: finger.slot,
      ...pagePoint(tab, element, finger),
      force: Math.min(1, Math.max(0, finger.force)),
    }));
  const send = (kind: TouchMessage["kind"]) => {
    moves.flush();
    tab.send({ type: "touch", kind, points: points(), modifiers: NO_KEYS });
  };

  function down(event: PointerEvent): void {
    if (event.pointerType !== "touch" || fingers.size >= FINGERS_MAX) return;
    element.setPointerCapture(event.pointerId);
    const taken = new Set([...fingers.values()].map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    if (fingers.size === 0) moved = false;
    fingers.set(event.pointerId, {
      slot,
      startX: event.clientX,
      startY: event.clientY,
      clientX: event.clientX,
      clientY: event.clientY,
      force: event.pressure,
    });
    clearTimeout(hold);
    if (!options.isMobile()) {
      gestures.down(event);
      return;
    }
    send("start");
    const { clientX, clientY } = event;
    if (fingers.size === 1)
      hold = setTimeout(
        () => !moved && fingers.size === 1 && options.onLongPress({ clientX, clientY }),
        HOLD_MS,
      );
  }

  function move(event: PointerEvent): void {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    moved ||= Math.hypot(event.clientX - finger.startX, event.clientY - finger.startY) > SLOP_PX;
    Object.assign(finger, { clientX: event.clientX, clientY: event.clientY, force: event.pressure });
    if (options.isMobile()) moves.push({ type: "touch", kind: "move", points: points(), modifiers: NO_KEYS });
    else gestures.move(event);
  }

  function up(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return;
    clearTimeout(hold);
    if (!options.isMobile()) {
      gestures.up(event);
      return;
    }
    send("end");
    if (fingers.size === 0 && !moved) options.onTap();
  }

  function cancel(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return;
    if (options.isMobile()) send("cancel");
    else gestures.cancel();
  }

  const { signal } = abort;
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", cancel, { signal });
  // Else the phone selects Qui's own text, and sends a mouse's events after the finger's.
  element.addEventListener("touchstart", (event) => event.preventDefault(), { signal, passive: false });
  return () => {
    abort.abort();
    clearTimeout(hold);
    moves.stop();
    gestures.cancel();
  };
}
