import type { TextEdit } from "#lib/core/keyboard/text-edit.ts";

/** A key of a physical keyboard, as `KeyboardEvent` tells it. */
export interface PhysicalKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export type PhysicalAction = { type: "edit"; edit: TextEdit } | { type: "submit" } | { type: "close" };

/** What a physical key does to text being typed; null when it is none of its business, as with Ctrl-T. */
export function readPhysicalKey(press: PhysicalKey, platform: "mac" | "other"): PhysicalAction | null {
  const isMac = platform === "mac";
  const command = isMac ? press.metaKey : press.ctrlKey;
  const byWord = isMac ? press.altKey : press.ctrlKey;
  const edit = (edit: TextEdit): PhysicalAction => ({ type: "edit", edit });
  const extend = press.shiftKey;
  switch (press.key) {
    case "Enter":
      return { type: "submit" };
    case "Escape":
      return { type: "close" };
    case "Backspace":
      return edit({ type: byWord ? "deleteWordBackward" : "deleteBackward" });
    case "Delete":
      return edit({ type: "deleteForward" });
    case "Home":
      return edit({ type: "move", to: "start", extend });
    case "End":
      return edit({ type: "move", to: "end", extend });
    case "ArrowLeft":
      return edit({ type: "move", to: isMac && command ? "start" : byWord ? "wordLeft" : "left", extend });
    case "ArrowRight":
      return edit({ type: "move", to: isMac && command ? "end" : byWord ? "wordRight" : "right", extend });
    case " ":
      return command ? null : edit({ type: "space" });
  }
  if (command && !press.altKey) {
    const letter = press.key.toLowerCase();
    if (letter === "a") return edit({ type: "selectAll" });
    if (letter === "z") return edit({ type: press.shiftKey ? "redo" : "undo" });
    return letter === "y" && !isMac ? edit({ type: "redo" }) : null;
  }
  // AltGr arrives as Ctrl and Alt together; what it types is a character all the same.
  const isAltGr = press.ctrlKey && press.altKey;
  if ((press.ctrlKey || press.metaKey) && !isAltGr) return null;
  // Option types characters on a Mac; elsewhere Alt makes shortcuts of letters.
  if (press.altKey && !isMac && !isAltGr) return null;
  return isCharacter(press.key) ? edit({ type: "insert", text: press.key }) : null;
}

/** Names of keys (`F5`, `Tab`, `Dead`) are ASCII and longer than one character. */
function isCharacter(key: string): boolean {
  return [...key].length === 1 || (key !== "" && /^[^\x20-\x7e]+$/.test(key));
}
