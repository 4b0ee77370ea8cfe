import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";

/** Keys stand this far off the plate, and go in when they are pressed. */
export const KEY_REST_M = 0.004;
const KEY_PRESSED_M = 0.001;

export interface KeyState {
  z: number;
  red: number;
  green: number;
  blue: number;
}

const state: KeyState = { z: KEY_REST_M, red: 1, green: 1, blue: 1 };

/** How a key looks now; one object, written anew with each call. Tints multiply linear colours. */
export function paintedState(isPressed: boolean, isHovered: boolean, theme: ChromeTheme): KeyState {
  // `#rrggbb`: the middle byte of the surface tells a dark theme from a light one.
  const isDark = Number.parseInt(theme.surface.slice(3, 5), 16) < 128;
  state.z = isPressed ? KEY_PRESSED_M : KEY_REST_M;
  if (isPressed) tint(isDark ? 2 : 0.4, isDark ? 7 : 0.75, isDark ? 8 : 0.8);
  else if (isHovered) tint(isDark ? 2.4 : 0.72, isDark ? 2.4 : 0.72, isDark ? 2.4 : 0.72);
  else tint(1, 1, 1);
  return state;
}

function tint(red: number, green: number, blue: number): void {
  state.red = red;
  state.green = green;
  state.blue = blue;
}
