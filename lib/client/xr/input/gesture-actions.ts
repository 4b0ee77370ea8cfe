import { runCommand } from "#lib/client/commands/registry.ts";
import { beginGrab, cancelGrab, endGrab, findHandRay, pointedPanelId } from "#lib/client/xr/input/rays.ts";
import type { GestureEvent } from "#lib/core/gestures/gesture-events.ts";

/** What is changed in size by two hands, from when they begin until they end. */
export interface ResizeTarget {
  begin(panelId: string): void;
  /** A factor of the size it had at the beginning. */
  move(factor: number): void;
  end(): void;
  cancel(): void;
}

/**
 * Does what a gesture means: the same commands as menus and keys, the same grabbing
 * as a controller's squeeze. Pinches are not here: the system itself turns them into
 * presses of the hand's ray, with its own filter.
 */
export function actOnGesture(event: Readonly<GestureEvent>, resize: ResizeTarget): void {
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
      if (ray && panelId !== null) beginGrab(ray);
      return;
    case "grab-end":
      if (ray) endGrab(ray);
      return;
    case "grab-cancel":
      if (ray) cancelGrab(ray);
      return;
    case "resize-start": {
      const resized = panelId ?? pointedPanelId(findHandRay("left"));
      if (resized !== null) resize.begin(resized);
      return;
    }
    case "resize-move":
      resize.move(event.value);
      return;
    case "resize-end":
      resize.end();
      return;
    case "resize-cancel":
      resize.cancel();
  }
}
