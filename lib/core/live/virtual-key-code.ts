/**
 * The Windows virtual-key code of a key, which pages read as `keyCode`: by its place
 * on the keyboard where that decides, by what it types elsewhere. 0 when it has none.
 * Source: UI Events, "Legacy key attributes"; letters are the upper-case codes.
 */
export function virtualKeyCode({ key, code }: { key: string; code: string }): number {
  const letter = /^[a-z]$/i.test(key) ? key : /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return letter.toUpperCase().charCodeAt(0);
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit) return digit.charCodeAt(0);
  const named = BY_CODE[code] ?? BY_KEY[key];
  if (named) return named;
  const numpad = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpad) return 96 + Number(numpad);
  const f = /^F(\d{1,2})$/.exec(key)?.[1];
  if (f) return 111 + Number(f);
  return /^\d$/.test(key) ? key.charCodeAt(0) : 0;
}

const BY_CODE: Record<string, number> = {
  Semicolon: 186,
  Equal: 187,
  Comma: 188,
  Minus: 189,
  Period: 190,
  Slash: 191,
  Backquote: 192,
  BracketLeft: 219,
  Backslash: 220,
  BracketRight: 221,
  Quote: 222,
  IntlBackslash: 226,
  NumpadMultiply: 106,
  NumpadAdd: 107,
  NumpadSubtract: 109,
  NumpadDecimal: 110,
  NumpadDivide: 111,
};

const BY_KEY: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Clear: 12,
  Enter: 13,
  Shift: 16,
  Control: 17,
  Alt: 18,
  AltGraph: 18,
  Pause: 19,
  CapsLock: 20,
  Process: 229,
  Unidentified: 229,
  Escape: 27,
  " ": 32,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  PrintScreen: 44,
  Insert: 45,
  Delete: 46,
  Meta: 91,
  ContextMenu: 93,
  NumLock: 144,
  ScrollLock: 145,
};
