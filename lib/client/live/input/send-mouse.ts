import { pagePoint } from "#lib/client/live/input/page-point.ts";
import { perFrame } from "#lib/client/live/input/per-frame.ts";
import type { LiveTab, LiveTabInput } from "#lib/client/live/live-tab.ts";
import { type CountedPress, countClicks } from "#lib/core/live/count-clicks.ts";
import { wheelPixels } from "#lib/core/live/wheel.ts";

type MouseMessage = Extract<LiveTabInput, { type: "mouse" }>;
type WheelMessage = Extract<LiveTabInput, { type: "wheel" }>;

const BUTTONS = ["left", "middle", "right", "back", "forward"] as const;
/** The bit of each button in `buttons`, in the order of `button`. */
const BITS = [1, 4, 2, 8, 16] as const;

export function modifiersOf(event: {
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}) {
  return { alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey, shift: event.shiftKey };
}

/**
 * Mouse, pen and wheel over `element` go to the page: moves once a frame, presses
 * at once, held buttons captured so that a drag may leave the panel. Fingers are
 * left to others. Returns how to stop.
 */
export function sendMouse(tab: LiveTab, element: HTMLElement, { isMac }: { isMac: boolean }): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let lastPress: CountedPress | null = null;
  const moves = perFrame<MouseMessage>(tab.send);
  const wheels = perFrame<WheelMessage>(tab.send, (waiting, next) => ({
    ...next,
    dx: waiting.dx + next.dx,
    dy: waiting.dy + next.dy,
  }));

  const base = (event: PointerEvent) => ({
    type: "mouse" as const,
    ...pagePoint(tab, element, event),
    buttons: event.buttons & 31,
    modifiers: withoutCommand(modifiersOf(event), isMac),
  });

  function press(event: PointerEvent, button: number): void {
    // Control and a click is a Mac's right click; the page must not see the key.
    const isMacContext = isMac && event.ctrlKey && button === 0;
    const name = isMacContext ? "right" : (BUTTONS[button] ?? "left");
    const message = base(event);
    if (isMacContext)
      Object.assign(message, { buttons: 2, modifiers: { ...message.modifiers, ctrl: false } });
    moves.flush();
    lastPress = countClicks(
      { button: name, x: event.clientX, y: event.clientY, timeMs: event.timeStamp },
      lastPress,
    );
    tab.send({ ...message, kind: "down", button: name, clicks: lastPress.clicks });
  }

  function release(event: PointerEvent, button: number): void {
    moves.flush();
    const name =
      lastPress && lastPress.button === "right" && button === 0 ? "right" : (BUTTONS[button] ?? "left");
    tab.send({ ...base(event), kind: "up", button: name, clicks: lastPress?.clicks ?? 1 });
  }

  const options = { signal };
  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "touch") return;
      element.setPointerCapture(event.pointerId);
      press(event, event.button);
      // Middle clicks would scroll Qui, side buttons leave it.
      if (event.button !== 0) event.preventDefault();
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerType === "touch") return;
      // A further button while one is held is told by a move.
      if (event.button > -1) {
        const bit = BITS[event.button] ?? 0;
        if (event.buttons & bit) press(event, event.button);
        else release(event, event.button);
        return;
      }
      const held = BITS.findIndex((bit) => (event.buttons & bit) !== 0);
      moves.push({ ...base(event), kind: "move", button: BUTTONS[held] ?? "none", clicks: 0 });
    },
    options,
  );
  element.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerType !== "touch") release(event, event.button);
    },
    options,
  );
  element.addEventListener(
    "pointercancel",
    (event) => {
      if (event.pointerType !== "touch") release(event, 0);
    },
    options,
  );
  element.addEventListener(
    "wheel",
    (event) => {
      // The browser's own zoom by pinching or with Control is not the page's.
      event.preventDefault();
      const { dx, dy } = wheelPixels(event, tab.store.getState().viewport);
      if (dx === 0 && dy === 0) return;
      wheels.push({
        type: "wheel",
        ...pagePoint(tab, element, event),
        dx,
        dy,
        modifiers: withoutCommand(modifiersOf(event), isMac),
      });
    },
    { signal, passive: false },
  );
  // Side buttons go back and forward in the page, not in the browser around Qui.
  element.addEventListener("auxclick", (event) => event.preventDefault(), options);
  return () => {
    abort.abort();
    moves.stop();
    wheels.stop();
  };
}

/** Command and a click open a new tab on a Mac, as Control does where the page runs. */
function withoutCommand(modifiers: ReturnType<typeof modifiersOf>, isMac: boolean) {
  return isMac && modifiers.meta ? { ...modifiers, meta: false, ctrl: true } : modifiers;
}
