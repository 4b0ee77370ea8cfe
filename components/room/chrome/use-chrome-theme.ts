import { useStore } from "zustand";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { type ChromeTheme, chromeTheme } from "#lib/core/room-ui/chrome-theme.ts";

export function useChromeTheme(): ChromeTheme {
  return useStore(roomSettingsStore, ({ roomTheme, highContrast }) => chromeTheme(roomTheme, highContrast));
}
