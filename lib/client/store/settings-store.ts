import { createStore } from "zustand/vanilla";
import { type Appearance, DEFAULT_APPEARANCE, parseAppearance } from "#lib/core/reading/appearance.ts";
import { LIVE_ZONES, type LiveZone } from "#lib/protocol/live-zones.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

/** What a person sets once for all panels; kept on this device. */
export interface Settings {
  theme: "system" | "light" | "dark";
  trackerLevel: TrackerLevel;
  /** 1 is 100 %. */
  defaultZoom: number;
  appearance: Appearance;
  /** Whether sites opened live remember this browser from one time to the next. */
  liveProfile: boolean;
  /** The time zone that sites opened live are told. */
  liveZone: LiveZone;
}

export const DEFAULT_SETTINGS: Settings = {
  theme: "system",
  trackerLevel: "standard",
  defaultZoom: 1,
  appearance: DEFAULT_APPEARANCE,
  liveProfile: false,
  liveZone: "UTC",
};

const STORAGE_KEY = "qui-settings";

export const settingsStore = createStore<Settings>(() => DEFAULT_SETTINGS);

/** A setting that is missing or foreign takes its default. */
export function readSettings(text: string | null): Settings {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    // Damaged text is as good as none.
  }
  const fields = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<
    Record<keyof Settings, unknown>
  >;
  const { theme, trackerLevel, defaultZoom } = fields;
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    trackerLevel: trackerLevel === "off" || trackerLevel === "strict" ? trackerLevel : "standard",
    defaultZoom: typeof defaultZoom === "number" && defaultZoom >= 0.3 && defaultZoom <= 5 ? defaultZoom : 1,
    appearance: parseAppearance(fields.appearance),
    liveProfile: fields.liveProfile === true,
    liveZone: LIVE_ZONES.find((zone) => zone === fields.liveZone) ?? "UTC",
  };
}

export function updateSettings(change: Partial<Settings>): void {
  settingsStore.setState(change);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(settingsStore.getState()));
  } catch {
    // Storage is full or switched off: the setting holds for this window.
  }
}

/** Reads the settings and follows changes made in other windows. Returns how to stop. */
export function startSettings(): () => void {
  const read = () => {
    let text: string | null = null;
    try {
      text = localStorage.getItem(STORAGE_KEY);
    } catch {
      // Storage is switched off: defaults.
    }
    settingsStore.setState(readSettings(text));
  };
  const onStorage = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY || event.key === null) read();
  };
  read();
  applyTheme(settingsStore.getState().theme);
  const unsubscribe = settingsStore.subscribe((settings, previous) => {
    if (settings.theme !== previous.theme) applyTheme(settings.theme);
  });
  window.addEventListener("storage", onStorage);
  return () => {
    unsubscribe();
    window.removeEventListener("storage", onStorage);
  };
}

const YEAR_S = 365 * 24 * 3600;

/** The cookie lets the server draw the first paint in the chosen theme; `system` needs none. */
function applyTheme(theme: Settings["theme"]): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const cookie = theme === "system" ? "qui-theme=; Max-Age=0" : `qui-theme=${theme}; Max-Age=${YEAR_S}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http.
  document.cookie = `${cookie}; Path=/; SameSite=Lax`;
}
