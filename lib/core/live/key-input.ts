import type { Platform } from "#lib/core/commands/shortcut.ts";
import type { LiveModifiers } from "#lib/protocol/live.ts";

/** The part of a KeyboardEvent that a page can see. */
export interface PressedKey {
  key: string;
  code: string;
  location: number;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  /** AltGr is held: the key is the character it makes. */
  altGraph: boolean;
}

/** A key as the page's own computer, which runs Linux, would have it. */
export interface RemoteKey {
  key: string;
  code: string;
  location: number;
  modifiers: LiveModifiers;
}

/** Keys that mean nothing by themselves: what they become arrives as text. */
const UNFINISHED = new Set(["Dead", "Process", "Unidentified", "Compose"]);

const NONE: LiveModifiers = { alt: false, ctrl: false, meta: false, shift: false };

/** On a Mac these move through text; elsewhere other keys do. */
const MAC_WITH_COMMAND: Readonly<Record<string, { key: string; ctrl: boolean }>> = {
  ArrowLeft: { key: "Home", ctrl: false },
  ArrowRight: { key: "End", ctrl: false },
  ArrowUp: { key: "Home", ctrl: true },
  ArrowDown: { key: "End", ctrl: true },
};

const MAC_WITH_OPTION = new Set(["ArrowLeft", "ArrowRight", "Backspace", "Delete"]);

/**
 * What is pressed on the page's computer when a key is pressed here. Null: not yet
 * a key, text will follow. Command becomes Control, Option with a letter the
 * character it makes, and the ways through text their counterparts.
 */
export function remoteKey(press: PressedKey, platform: Platform): RemoteKey | null {
  const { key, code, location } = press;
  if (UNFINISHED.has(key)) return null;
  const modifiers: LiveModifiers = {
    alt: press.altKey,
    ctrl: press.ctrlKey,
    meta: press.metaKey,
    shift: press.shiftKey,
  };
  const isCharacter = [...key].length === 1;
  // AltGr is told as Control and Alt on Windows: the page would take the character for a shortcut.
  if (press.altGraph && isCharacter)
    return { key, code, location, modifiers: { ...NONE, shift: press.shiftKey } };
  if (platform !== "mac") return { key, code, location, modifiers };
  if (key === "Meta") {
    const side = code === "MetaRight" ? "ControlRight" : "ControlLeft";
    return {
      key: "Control",
      code: side,
      location,
      modifiers: { ...modifiers, meta: false, ctrl: modifiers.meta },
    };
  }
  if (press.metaKey) {
    const way = MAC_WITH_COMMAND[key];
    const ctrl = way ? way.ctrl : true;
    const named = way ? { key: way.key, code: way.key } : { key, code };
    return { ...named, location, modifiers: { ...modifiers, meta: false, ctrl } };
  }
  if (press.altKey && MAC_WITH_OPTION.has(key))
    return { key, code, location, modifiers: { ...modifiers, alt: false, ctrl: true } };
  // Option changes the character; with Control it stays a shortcut.
  if (press.altKey && isCharacter && !press.ctrlKey)
    return { key, code, location, modifiers: { ...modifiers, alt: false } };
  return { key, code, location, modifiers };
}

export type ClipboardWish = "copy" | "cut" | "paste";

/** What the keys mean to the clipboard of the person's own device, or null. */
export function clipboardWish(press: PressedKey, platform: Platform): ClipboardWish | null {
  const { altKey, ctrlKey, metaKey, shiftKey } = press;
  if (altKey) return null;
  const mod = platform === "mac" ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (mod) {
    const letter = press.key.toLowerCase();
    if (letter === "v") return "paste";
    if (shiftKey) return null;
    return letter === "c" ? "copy" : letter === "x" ? "cut" : press.key === "Insert" ? "copy" : null;
  }
  if (!shiftKey || ctrlKey || metaKey) return null;
  return press.key === "Insert" ? "paste" : press.key === "Delete" ? "cut" : null;
}

const QUI_GROUPS = new Set(["Tabs", "Split", "Space", "Room", "Qui"]);
const QUI_COMMANDS = new Set([
  "omnibox.focus",
  "page.back",
  "page.forward",
  "page.reload",
  "page.find",
  "page.print",
  "page.zoomIn",
  "page.zoomOut",
  "page.zoomReset",
  "page.site",
  "page.engine.live",
  "page.engine.reader",
  "page.deviceMode",
  "find.next",
  "find.previous",
  "library.bookmark",
  "library.history",
]);

/** Whether a shortcut stays with Qui while a live page has the keys, as a browser keeps its own from pages. */
export function isQuiShortcut(command: { id: string; group: string }): boolean {
  return QUI_GROUPS.has(command.group) || QUI_COMMANDS.has(command.id);
}
