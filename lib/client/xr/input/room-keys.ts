import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { getRoomPanel } from "#lib/client/room/panel-state.ts";
import { textEntryStore } from "#lib/client/room/text-entry.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { keyScroll, keyScrollPx } from "#lib/core/xr/room-keys.ts";

/** Where a key already means something: a field, a button, a menu, a dialog. */
const BUSY =
  'input, textarea, select, button, a[href], [contenteditable="true"], [role="dialog"], [role="menu"], [role="tab"]';

/**
 * A physical keyboard scrolls the active panel, on a screen and in a headset alike.
 * Shortcuts, typing and focused controls come first: it takes only what nobody took.
 * Returns how to stop.
 */
export function listenRoomKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (textEntryStore.getState().open || uiStore.getState().dialog !== null) return;
    if (event.target instanceof Element && event.target.closest(BUSY)) return;
    const scroll = keyScroll(event);
    const panel = getRoomPanel(getSession().activeId);
    if (!scroll || !panel) return;
    const { y } = keyScrollPx(scroll, panel.heightPx, panel.contentHeightPx);
    if (y === 0) return;
    event.preventDefault();
    panel.scrollBy(y);
    stirRoom();
  };
  // Where events end, so that whatever handles a key first can keep it.
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
