import { getPagePanel } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsFor } from "#lib/client/store/site-settings-store.ts";
import type { LiveDevice } from "#lib/protocol/live-session.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

const DARK = "(prefers-color-scheme: dark)";
const LESS_MOTION = "(prefers-reduced-motion: reduce)";

/** What a live page is told about the device it is seen on, and no more than this. */
export function describeDevice(panelId: string): LiveDevice {
  const { theme } = settingsStore.getState();
  return {
    mode: getPagePanel(panelId)?.state.mode ?? "desktop",
    dark: theme === "dark" || (theme === "system" && matchMedia(DARK).matches),
    reducedMotion: matchMedia(LESS_MOTION).matches,
    language: /^[a-z]{2,3}(-[A-Z]{2})?(?=$|-)/.exec(navigator.language)?.[0] ?? "en",
  };
}

export function trackerLevelFor(url: string): TrackerLevel {
  return siteSettingsFor(url)?.trackerLevel ?? settingsStore.getState().trackerLevel;
}

/** Told when the device's own wishes change. Returns how to stop. */
export function watchDevice(listener: () => void): () => void {
  const lists = [matchMedia(DARK), matchMedia(LESS_MOTION)];
  const unsubscribe = settingsStore.subscribe(listener);
  for (const list of lists) list.addEventListener("change", listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    unsubscribe();
    for (const list of lists) list.removeEventListener("change", listener);
    document.removeEventListener("visibilitychange", listener);
  };
}
