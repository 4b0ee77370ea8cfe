import { modifierBits } from "#lib/core/live/modifier-bits.ts";
import { createMoveGate } from "#lib/core/live/move-gate.ts";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import { createDrags } from "#services/live/input/drags.ts";
import { viewPoint } from "#services/live/input/view-point.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

type MouseMessage = Extract<LiveTabMessage, { type: "mouse" }>;
type TouchMessage = Extract<LiveTabMessage, { type: "touch" }>;

/** A pointer that hovers may skip places; one that draws or drags shows them all unless the page cannot keep up. */
const HOVERS_IN_FLIGHT_MAX = 2;
const DRAGS_IN_FLIGHT_MAX = 16;

const TOUCH_TYPES = {
  start: "touchStart",
  move: "touchMove",
  end: "touchEnd",
  cancel: "touchCancel",
} as const;
const MOUSE_TYPES = { move: "mouseMoved", down: "mousePressed", up: "mouseReleased" } as const;

/** Mouse, wheel and fingers, handed to the page as they come. No answer is awaited. */
export async function dispatchPointer({ cdp, getView }: TabHost): Promise<TabPart> {
  const drags = await createDrags(cdp);
  const mouseMoves = createMoveGate((message: MouseMessage) => sendMouse(message));
  const touchMoves = createMoveGate((message: TouchMessage) => sendTouch(message));

  function sendMouse(message: MouseMessage): Promise<unknown> {
    const { kind, button, buttons, clicks, modifiers } = message;
    const at = viewPoint(getView(), message);
    const bits = modifierBits(modifiers);
    if (drags.takes({ kind, ...at, modifiers: bits })) return Promise.resolve();
    return cdp.send("Input.dispatchMouseEvent", {
      type: MOUSE_TYPES[kind],
      ...at,
      // A move with a button held is a drag to Chromium only when it names that button.
      button: kind === "move" ? heldButton(buttons) : button,
      buttons,
      clickCount: clicks,
      modifiers: bits,
    });
  }

  let held: TouchMessage["points"] = [];

  function sendTouch({ kind, points, modifiers }: TouchMessage): Promise<unknown> {
    const left = held.filter(({ id }) => points.every((point) => point.id !== id));
    held = kind === "cancel" ? [] : points;
    // Chromium is told of the fingers that left, by name while others stay; nothing means all of them.
    const told = kind === "cancel" || points.length === 0 ? [] : kind === "end" ? left : points;
    if (kind === "end" && points.length > 0 && left.length === 0) return Promise.resolve();
    return cdp.send("Input.dispatchTouchEvent", {
      type: TOUCH_TYPES[kind],
      touchPoints: told.map((point) => ({ ...point, ...viewPoint(getView(), point) })),
      modifiers: modifierBits(modifiers),
    });
  }

  return {
    handle(message) {
      switch (message.type) {
        case "mouse":
          if (message.kind === "move") {
            mouseMoves.move(message, message.buttons ? DRAGS_IN_FLIGHT_MAX : HOVERS_IN_FLIGHT_MAX);
            return;
          }
          mouseMoves.flush();
          ignore(sendMouse(message));
          return;
        case "touch":
          if (message.kind === "move") {
            touchMoves.move(message, DRAGS_IN_FLIGHT_MAX);
            return;
          }
          touchMoves.flush();
          ignore(sendTouch(message));
          return;
        case "wheel":
          mouseMoves.flush();
          ignore(
            cdp.send("Input.dispatchMouseEvent", {
              type: "mouseWheel",
              ...viewPoint(getView(), message),
              deltaX: message.dx,
              deltaY: message.dy,
              modifiers: modifierBits(message.modifiers),
            }),
          );
      }
    },
    dispose: drags.dispose,
  };
}

function heldButton(buttons: number): "left" | "right" | "middle" | "none" {
  return buttons & 1 ? "left" : buttons & 2 ? "right" : buttons & 4 ? "middle" : "none";
}

function ignore(sent: Promise<unknown>): void {
  sent.catch(() => {
    // The page is gone; its own event ends the tab.
  });
}
