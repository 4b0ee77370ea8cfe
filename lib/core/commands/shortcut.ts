export type Platform = "mac" | "other";

/**
 * A key combination, such as `Mod+Shift+T`. `Mod` is Command on a Mac and Control
 * elsewhere. A real browser keeps some keys from the pages in it (its own new tab,
 * close tab); `installed` marks a combination that reaches us only in an installed
 * app's window.
 */
export interface Shortcut {
  keys: string;
  on?: Platform;
  installed?: boolean;
  /** Passed to the command. */
  args?: { index?: number };
}

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr is held: the person is typing a character, not pressing Control and Alt. */
  altGraph: boolean;
  isComposing: boolean;
}

export interface KeySurroundings {
  platform: Platform;
  installed: boolean;
  /** The focus is where text is typed. */
  editing: boolean;
}

interface Parsed {
  key: string;
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

const parsed = new Map<string, Parsed>();

function parse(keys: string): Parsed {
  const known = parsed.get(keys);
  if (known) return known;
  // A key that is itself a plus sign stands last: `Mod++`.
  const key = keys.endsWith("+") ? "+" : (keys.split("+").at(-1) ?? "");
  const modifiers = new Set(keys.slice(0, keys.length - key.length).split("+"));
  const result = {
    key: key.length === 1 ? key.toLowerCase() : key,
    mod: modifiers.has("Mod"),
    ctrl: modifiers.has("Ctrl"),
    alt: modifiers.has("Alt"),
    shift: modifiers.has("Shift"),
  };
  parsed.set(keys, result);
  return result;
}

const CODE_OF_SYMBOL: Readonly<Record<string, string>> = {
  "\\": "Backslash",
  ",": "Comma",
  ".": "Period",
  "[": "BracketLeft",
  "]": "BracketRight",
};

/** Whether a shortcut exists on this platform and in this kind of window. */
export function isAvailable(
  shortcut: Shortcut,
  { platform, installed }: Pick<KeySurroundings, "platform" | "installed">,
) {
  return (shortcut.on ?? platform) === platform && (!shortcut.installed || installed);
}

/** Whether a key press means this shortcut here. Text being typed keeps every key that could be part of it. */
export function matchesShortcut(shortcut: Shortcut, press: KeyPress, surroundings: KeySurroundings): boolean {
  if (press.isComposing || press.altGraph || !isAvailable(shortcut, surroundings)) return false;
  const mac = surroundings.platform === "mac";
  const want = parse(shortcut.keys);
  const isSymbol = want.key.length === 1 && !/[a-z0-9]/.test(want.key);
  if (press.ctrlKey !== (want.ctrl || (want.mod && !mac))) return false;
  if (press.metaKey !== (want.mod && mac)) return false;
  if (press.altKey !== want.alt) return false;
  // Whether a symbol needs Shift depends on the keyboard: its character says enough.
  if (!(isSymbol && press.key === want.key) && press.shiftKey !== want.shift) return false;
  if (!matchesKey(want, press)) return false;
  const isCommand = want.mod || want.ctrl || (want.alt && !mac) || /^F\d/.test(want.key);
  return isCommand || !surroundings.editing;
}

/** By character; by place on the keyboard where the layout has no such character or Option has changed it. */
function matchesKey(want: Parsed, press: KeyPress): boolean {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (key === want.key) return true;
  if (want.key.length !== 1) return false;
  if (/[0-9]/.test(want.key)) return press.code === `Digit${want.key}`;
  if (/[a-z]/.test(want.key)) return press.code === `Key${want.key.toUpperCase()}` && !/^[a-z]$/.test(key);
  return want.alt && press.code === CODE_OF_SYMBOL[want.key];
}

const MAC_NAMES: Readonly<Record<string, string>> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page Up",
  PageDown: "Page Down",
  Escape: "Esc",
};

/** How the platform writes it, one string a key: `["⇧", "⌘", "T"]`, `["Ctrl", "Shift", "T"]`. */
export function shortcutKeys(shortcut: Shortcut, platform: Platform): string[] {
  const want = parse(shortcut.keys);
  const key = KEY_NAMES[want.key] ?? (want.key.length === 1 ? want.key.toUpperCase() : want.key);
  if (platform === "mac") {
    const order = [want.ctrl && "Ctrl", want.alt && "Alt", want.shift && "Shift", want.mod && "Mod"];
    return [...order.flatMap((name) => (name ? (MAC_NAMES[name] ?? []) : [])), key];
  }
  const order = [(want.ctrl || want.mod) && "Ctrl", want.alt && "Alt", want.shift && "Shift"];
  return [...order.flatMap((name) => name || []), key];
}

export function shortcutLabel(shortcut: Shortcut, platform: Platform): string {
  return shortcutKeys(shortcut, platform).join(platform === "mac" ? "" : "+");
}

/** For `aria-keyshortcuts`, which has names of its own. */
export function ariaShortcut(shortcut: Shortcut, platform: Platform): string {
  const want = parse(shortcut.keys);
  const names = [
    want.mod && (platform === "mac" ? "Meta" : "Control"),
    want.ctrl && "Control",
    want.alt && "Alt",
    want.shift && "Shift",
    want.key === "+" ? "Plus" : want.key.length === 1 ? want.key.toUpperCase() : want.key,
  ];
  return names.filter(Boolean).join("+");
}
