import { pagePoint } from "#lib/client/live/input/page-point.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { type CountedPress, countClicks } from "#lib/core/live/count-clicks.ts";

const LONG_PRESS_MS = 500;
/** A finger that moved further than this, in CSS pixels, scrolls. */
const SLOP_PX = 8;
/** What is left of the speed after one millisecond of gliding. */
const GLIDE_PER_MS = 0.996;
const GLIDE_LEAST = 0.03;
const NO_KEYS = { alt: false, ctrl: false, meta: false, shift: false };

interface Finger {
  id: number;
  startX: number;
  startY: number;
  clientX: number;
  clientY: number;
  timeMs: number;
}

export interface TouchGestureOptions {
  /** Called as the finger leaves after a tap: the only moment in which a phone lets its keyboard open. */
  onTap: () => void;
  onLongPress: (at: { clientX: number; clientY: number }) => void;
  onPinch: (scale: number, phase: "move" | "end") => void;
}

export interface TouchGestures {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(event: PointerEvent): void;
  cancel(): void;
}

/** What fingers mean to a page made for a mouse: a tap clicks, a drag scrolls and glides on, a long press is the right button, two fingers zoom. */
export function createTouchGestures(
  tab: LiveTab,
  element: HTMLElement,
  { onTap, onLongPress, onPinch }: TouchGestureOptions,
): TouchGestures {
  let fingers: Finger[] = [];
  let mode: "idle" | "pressing" | "scrolling" | "pinching" | "done" = "idle";
  let spread = 0;
  let speed = { x: 0, y: 0 };
  let glide = 0;
  let press: ReturnType<typeof setTimeout> | undefined;
  let lastTap: CountedPress | null = null;

  const distance = () => {
    const [a, b] = fingers;
    return a && b ? Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) : 1;
  };
  const scroll = (at: Finger, dx: number, dy: number) =>
    tab.send({ type: "wheel", ...pagePoint(tab, element, at), dx, dy, modifiers: NO_KEYS });

  function click(at: Finger, button: "left" | "right", timeMs: number): void {
    lastTap = countClicks({ button, x: at.clientX, y: at.clientY, timeMs }, lastTap, "touch");
    const { clicks } = lastTap;
    const shared = { type: "mouse", ...pagePoint(tab, element, at), modifiers: NO_KEYS } as const;
    tab.send({ ...shared, kind: "move", button: "none", buttons: 0, clicks: 0 });
    tab.send({ ...shared, kind: "down", button, buttons: button === "left" ? 1 : 2, clicks });
    tab.send({ ...shared, kind: "up", button, buttons: 0, clicks });
  }

  function startGlide(at: Finger): void {
    let last = performance.now();
    const step = (now: number) => {
      const elapsed = now - last;
      last = now;
      const kept = GLIDE_PER_MS ** elapsed;
      scroll(at, -speed.x * elapsed, -speed.y * elapsed);
      speed = { x: speed.x * kept, y: speed.y * kept };
      glide = Math.hypot(speed.x, speed.y) > GLIDE_LEAST ? requestAnimationFrame(step) : 0;
    };
    if (Math.hypot(speed.x, speed.y) > 0.2) glide = requestAnimationFrame(step);
  }

  return {
    down(event) {
      // A finger on a gliding page holds it and does nothing else.
      const held = glide !== 0;
      cancelAnimationFrame(glide);
      glide = 0;
      const { clientX, clientY, pointerId: id, timeStamp: timeMs } = event;
      fingers.push({ id, startX: clientX, startY: clientY, clientX, clientY, timeMs });
      clearTimeout(press);
      if (fingers.length === 2) {
        mode = "pinching";
        spread = distance();
      } else if (fingers.length === 1) {
        mode = held ? "scrolling" : "pressing";
        speed = { x: 0, y: 0 };
        const [finger] = fingers;
        press = setTimeout(() => {
          if (mode !== "pressing" || !finger) return;
          mode = "done";
          click(finger, "right", finger.timeMs);
          onLongPress(finger);
        }, LONG_PRESS_MS);
      }
    },
    move(event) {
      const finger = fingers.find(({ id }) => id === event.pointerId);
      if (!finger) return;
      const dx = event.clientX - finger.clientX;
      const dy = event.clientY - finger.clientY;
      const far = Math.hypot(event.clientX - finger.startX, event.clientY - finger.startY);
      if (mode === "pressing" && far <= SLOP_PX) return;
      const elapsed = Math.max(1, event.timeStamp - finger.timeMs);
      Object.assign(finger, { clientX: event.clientX, clientY: event.clientY, timeMs: event.timeStamp });
      if (mode === "pressing") {
        mode = "scrolling";
        clearTimeout(press);
      }
      if (mode === "pinching") onPinch(distance() / spread, "move");
      if (mode !== "scrolling") return;
      speed = { x: speed.x * 0.6 + (dx / elapsed) * 0.4, y: speed.y * 0.6 + (dy / elapsed) * 0.4 };
      scroll(finger, -dx, -dy);
    },
    up(event) {
      const finger = fingers.find(({ id }) => id === event.pointerId);
      clearTimeout(press);
      if (mode === "pinching" && fingers.length === 2) onPinch(distance() / spread, "end");
      fingers = fingers.filter(({ id }) => id !== event.pointerId);
      if (mode === "pressing" && finger) {
        click(finger, "left", event.timeStamp);
        onTap();
      } else if (mode === "scrolling" && finger && event.timeStamp - finger.timeMs < 60) startGlide(finger);
      if (fingers.length === 0) mode = "idle";
      else if (mode === "pinching") mode = "done";
    },
    cancel() {
      clearTimeout(press);
      cancelAnimationFrame(glide);
      glide = 0;
      if (mode === "pinching") onPinch(1, "end");
      fingers = [];
      mode = "idle";
    },
  };
}
