import { getPlatform } from "#lib/client/commands/registry.ts";
import { isDictationOffered, stopDictation, toggleDictation } from "#lib/client/room/dictation.ts";
import {
  applyTextEdit,
  closeTextEntry,
  isTextEntryOpen,
  pressEntryKey,
  submitTextEntry,
  textEntryStore,
} from "#lib/client/room/text-entry.ts";
import type { Key } from "#lib/core/keyboard/keys.ts";
import { readPhysicalKey } from "#lib/core/keyboard/physical-key.ts";

/** Any key of the keyboard in 3D. */
export function pressKeyboardKey(key: Key): void {
  if (key.action.type === "dictate") {
    toggleDictation();
    return;
  }
  stopDictation();
  pressEntryKey(key);
}

/** Where the browser keeps the keys: a field in the DOM, the device's own keyboard among them. */
const FIELDS = 'input, textarea, select, [contenteditable="true"]';

/**
 * While the room's keyboard is open, a physical keyboard and pasting write into the
 * same text. Keys it has no use for go on to shortcuts. Returns how to stop.
 */
export function startTextEntryInput(): () => void {
  textEntryStore.setState({ dictation: isDictationOffered() ? "idle" : "unavailable" });
  const isOurs = (event: Event) =>
    isTextEntryOpen() &&
    !event.defaultPrevented &&
    !(event.target instanceof Element && event.target.closest(FIELDS));

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOurs(event) || event.isComposing) return;
    const action = readPhysicalKey(event, getPlatform());
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if (action.type === "edit") applyTextEdit(action.edit);
    else if (action.type === "submit") submitTextEntry();
    else closeTextEntry();
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain");
    if (!isOurs(event) || !text) return;
    event.preventDefault();
    applyTextEdit({ type: "insert", text });
  };
  // Before anything else hears of it: while a text is typed, letters are no shortcuts.
  window.addEventListener("keydown", onKeyDown, true);
  window.addEventListener("paste", onPaste);
  const unsubscribe = textEntryStore.subscribe(({ open }, previous) => {
    if (!open && previous.open) stopDictation();
  });
  return () => {
    window.removeEventListener("keydown", onKeyDown, true);
    window.removeEventListener("paste", onPaste);
    unsubscribe();
    stopDictation();
    if (isTextEntryOpen()) closeTextEntry();
  };
}
