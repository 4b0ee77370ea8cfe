import { runCommand } from "#lib/client/commands/registry.ts";
import { beginGrab, endGrab } from "#lib/client/xr/input/ray-grab.ts";
import { findHandRay, pointedPanelId } from "#lib/client/xr/input/rays.ts";
import { type PanelResize, resizePanel } from "#lib/client/xr/panel/panel-grab.ts";
import type { GestureEvent } from "#lib/core/gestures/gesture-events.ts";

/** A panel between two hands, or on one that moves up and down. */
let resize: PanelResize | null = null;

/** Ends what a gesture has begun; hands may be gone for good. */
export function dropGestures(): void {
  resize?.end();
  resize = null;
}

/**
 * Does what a gesture means: the same commands as menus and keys, the same grabbing
 * as a controller's squeeze. Pinches are not here: the system itself turns them into
 * presses of the hand's ray, with its own filter.
 */
export function actOnGesture(event: Readonly<GestureEvent>): void {
  const hand = event.hand === "both" ? "right" : event.hand;
  const ray = findHandRay(hand);
  const panelId = pointedPanelId(ray);
  const target = panelId === null ? {} : { panelId };
  switch (event.type) {
    case "swipe-back":
      runCommand("page.back", target);
      return;
    case "swipe-forward":
      runCommand("page.forward", target);
      return;
    case "menu-open":
      runCommand("room.menu");
      return;
    case "dismiss":
      // Only what is pointed at: a hand held out to nothing closes nothing.
      if (panelId !== null) runCommand("tab.close", target);
      return;
    case "grab-start":
      if (ray) beginGrab(ray);
      return;
    case "grab-end":
    case "grab-cancel":
      // A hand that is lost leaves the panel where it was carried to.
      if (ray) endGrab(ray);
      return;
    case "resize-start":
      beginResize(panelId ?? pointedPanelId(findHandRay("left")));
      return;
    case "resize-move":
      resize?.spread(1, event.value);
      return;
    case "resize-end":
    case "resize-cancel":
      dropGestures();
  }
}

function beginResize(panelId: string | null): void {
  dropGestures();
  if (panelId === null) return;
  // Both pinches have pressed the panel as well: what they press is not to scroll meanwhile.
  for (const hand of ["left", "right"] as const) {
    findHandRay(hand)?.pointer.cancel({ timeStamp: performance.now() });
  }
  resize = resizePanel(panelId);
}
