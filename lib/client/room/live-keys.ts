import { commands, getPlatform, isInstalled } from "#lib/client/commands/registry.ts";
import { copyFromPage } from "#lib/client/live/input/clipboard.ts";
import { getLiveTab, type LiveTab } from "#lib/client/live/live-tab.ts";
import { isTextEntryOpen } from "#lib/client/room/text-entry.ts";
import { getPagePanel, getSession } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { clipboardWish, isQuiShortcut, type RemoteKey, remoteKey } from "#lib/core/live/key-input.ts";

/** Where a key already means something: a field, a button, a menu, a dialog. */
const BUSY =
  'input, textarea, select, button, a[href], [contenteditable="true"], [role="dialog"], [role="menu"], [role="tab"]';

/**
 * In the room a physical keyboard types into the active panel when that is a live
 * page, on a screen and in a headset alike. Qui's own shortcuts stay Qui's, as a
 * browser keeps its own from pages; while no field of the page has the focus, Tab and
 * the keys that turn the view stay where they are. Returns how to stop.
 */
export function listenLiveKeys(): () => void {
  /** What the page believes to be held, by place on the keyboard. */
  const held = new Map<string, { tab: LiveTab; key: RemoteKey }>();

  const release = (code: string): boolean => {
    const pressed = held.get(code);
    if (!pressed) return false;
    held.delete(code);
    pressed.tab.send({ type: "key", kind: "up", ...pressed.key, repeat: false });
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const tab = typedTab(event);
    if (!tab || event.isComposing) return;
    const press = { ...readPress(event), altGraph: event.getModifierState("AltGraph") };
    const situation = { platform: getPlatform(), installed: isInstalled(), editing: false };
    const match = commands.match({ ...press, isComposing: false }, situation);
    if (match && isQuiShortcut(match.command)) return;
    if (tab.store.getState().field === null && isOfTheRoom(event)) return;
    const wish = clipboardWish(press, getPlatform());
    // The browser's own event brings what is pasted.
    if (wish === "paste") return;
    const key = wish === null ? remoteKey(press, getPlatform()) : null;
    event.preventDefault();
    event.stopPropagation();
    if (wish !== null) void copyFromPage(tab, wish === "cut");
    if (!key) return;
    held.set(event.code, { tab, key });
    tab.send({ type: "key", kind: "down", ...key, repeat: event.repeat });
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (release(event.code)) event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const tab = typedTab(event);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!tab || (text === "" && html === "")) return;
    event.preventDefault();
    tab.send({ type: "paste", text: text.slice(0, PASTE_MAX), html: html.length > PASTE_MAX ? "" : html });
  };
  const releaseAll = () => {
    for (const code of [...held.keys()]) release(code);
  };

  // Before the room's own keys hear of it: what is typed scrolls nothing and turns nothing.
  window.addEventListener("keydown", onKeyDown, true);
  window.addEventListener("keyup", onKeyUp, true);
  window.addEventListener("paste", onPaste);
  window.addEventListener("blur", releaseAll);
  return () => {
    releaseAll();
    window.removeEventListener("keydown", onKeyDown, true);
    window.removeEventListener("keyup", onKeyUp, true);
    window.removeEventListener("paste", onPaste);
    window.removeEventListener("blur", releaseAll);
  };
}

/** As the protocol bounds it. */
const PASTE_MAX = 500_000;

/** The tab that keys go to now, or null. */
function typedTab(event: Event): LiveTab | null {
  if (event.defaultPrevented || isTextEntryOpen() || uiStore.getState().dialog !== null) return null;
  if (event.target instanceof Element && event.target.closest(BUSY)) return null;
  const { activeId } = getSession();
  if (activeId === null || getPagePanel(activeId)?.state.engine !== "live") return null;
  const tab = getLiveTab(activeId);
  return tab?.store.getState().status.kind === "open" ? tab : null;
}

/** A way on for those who move by keyboard alone, and the keys that turn the view. */
function isOfTheRoom({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "Tab" || (shiftKey && key.startsWith("Arrow"));
}

function readPress({ key, code, location, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent) {
  return { key, code, location, altKey, ctrlKey, metaKey, shiftKey };
}
