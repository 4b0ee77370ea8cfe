import { editingCommand } from "#lib/core/live/editing-command.ts";
import { modifierBits } from "#lib/core/live/modifier-bits.ts";
import { virtualKeyCode } from "#lib/core/live/virtual-key-code.ts";
import type { LiveModifiers } from "#lib/protocol/live.ts";

export interface KeyPress {
  kind: "down" | "up";
  key: string;
  code: string;
  location: number;
  repeat: boolean;
  modifiers: LiveModifiers;
}

/** What `Input.dispatchKeyEvent` of the DevTools protocol takes. */
export interface KeyEvent {
  type: "keyDown" | "rawKeyDown" | "keyUp";
  key: string;
  code: string;
  location: number;
  autoRepeat: boolean;
  isKeypad: boolean;
  windowsVirtualKeyCode: number;
  nativeVirtualKeyCode: number;
  modifiers: number;
  text?: string;
  unmodifiedText?: string;
  commands?: string[];
}

/**
 * A visitor's key as the remote page, which believes itself on Linux, is to see it:
 * ⌘ is Ctrl there, and a character typed with AltGr or ⌥ comes without modifiers.
 */
export function toKeyEvent(press: KeyPress): KeyEvent {
  const { kind, key, code, location, repeat } = press;
  const types = typesWithAlt(press);
  const modifiers = types
    ? { ...press.modifiers, alt: false, ctrl: false }
    : commandAsControl(key, press.modifiers);
  const text = kind === "down" ? typedText(key, modifiers) : null;
  const command = kind === "down" && !types ? editingCommand({ key, modifiers }) : null;
  const keyCode = virtualKeyCode({ key, code });
  return {
    type: kind === "up" ? "keyUp" : text ? "keyDown" : "rawKeyDown",
    key,
    code,
    location,
    autoRepeat: repeat,
    isKeypad: location === 3,
    windowsVirtualKeyCode: keyCode,
    nativeVirtualKeyCode: keyCode,
    modifiers: modifierBits(modifiers),
    ...(text ? { text, unmodifiedText: text } : {}),
    ...(command ? { commands: [command] } : {}),
  };
}

function typedText(key: string, { ctrl, alt, meta }: LiveModifiers): string | null {
  if (ctrl || alt || meta) return null;
  if (key === "Enter") return "\r";
  return isCharacter(key) ? key : null;
}

/** AltGr arrives as Ctrl and Alt on Windows; ⌥ as Alt, with another character than the key's own. */
function typesWithAlt({ key, code, modifiers }: KeyPress): boolean {
  if (!modifiers.alt || modifiers.meta || !isCharacter(key)) return false;
  const own = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  const isOwn = own === undefined ? key.charCodeAt(0) < 128 : own === key.toUpperCase();
  return !isOwn;
}

function commandAsControl(key: string, modifiers: LiveModifiers): LiveModifiers {
  const isShortcut = modifiers.meta && !modifiers.ctrl && key !== "Meta";
  return isShortcut ? { ...modifiers, meta: false, ctrl: true } : modifiers;
}

function isCharacter(key: string): boolean {
  return [...key].length === 1;
}
