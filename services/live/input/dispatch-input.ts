import type { LiveModifiers } from "#lib/protocol/live.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** Hands input to the page as it comes. No answer is awaited, so nothing waits behind a busy page or a frame. */
export function dispatchInput({ cdp }: TabHost): TabPart {
  const ignore = (sent: Promise<unknown>) =>
    void sent.catch(() => {
      // The page is gone; its own event ends the tab.
    });

  return {
    handle(message) {
      switch (message.type) {
        case "mouse":
          ignore(
            cdp.send("Input.dispatchMouseEvent", {
              type: ({ move: "mouseMoved", down: "mousePressed", up: "mouseReleased" } as const)[
                message.kind
              ],
              x: message.x,
              y: message.y,
              button: message.button,
              buttons: message.buttons,
              clickCount: message.clicks,
              modifiers: modifierBits(message.modifiers),
            }),
          );
          return;
        case "wheel":
          ignore(
            cdp.send("Input.dispatchMouseEvent", {
              type: "mouseWheel",
              x: message.x,
              y: message.y,
              deltaX: message.dx,
              deltaY: message.dy,
              modifiers: modifierBits(message.modifiers),
            }),
          );
          return;
        case "text":
          ignore(cdp.send("Input.insertText", { text: message.text }));
          return;
        case "key": {
          const { kind, key, code, location, repeat } = message;
          const text =
            key.length === 1 && !message.modifiers.ctrl && !message.modifiers.meta ? key : undefined;
          ignore(
            cdp.send("Input.dispatchKeyEvent", {
              type: kind === "up" ? "keyUp" : text ? "keyDown" : "rawKeyDown",
              key,
              code,
              location,
              autoRepeat: repeat,
              modifiers: modifierBits(message.modifiers),
              ...(text && kind === "down" ? { text } : {}),
            }),
          );
        }
      }
    },
  };
}

/** As the DevTools protocol counts them. */
function modifierBits({ alt, ctrl, meta, shift }: LiveModifiers): number {
  return (alt ? 1 : 0) | (ctrl ? 2 : 0) | (meta ? 4 : 0) | (shift ? 8 : 0);
}
