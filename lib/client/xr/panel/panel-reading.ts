import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsFor, siteSettingsStore } from "#lib/client/store/site-settings-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { SurfaceTheme } from "#lib/client/surface/surface-options.ts";
import type { PanelReading } from "#lib/client/xr/panel/panel-core.ts";

/** What a panel is read with here and now. In a session the room's own theme stands in for the system's. */
export function getPanelReading(panelId: string): PanelReading {
  const { appearance } = settingsStore.getState();
  const { textScale, highContrast } = roomSettingsStore.getState();
  const images = siteSettingsFor(getPagePanel(panelId)?.state.url ?? "")?.images ?? appearance.images;
  return { appearance: { ...appearance, images }, theme: themeOf(), textScale, highContrast };
}

function themeOf(): SurfaceTheme {
  const { theme, appearance } = settingsStore.getState();
  if (appearance.theme !== "system") return appearance.theme;
  if (viewStore.getState().view === "immersive") return roomSettingsStore.getState().roomTheme;
  if (theme !== "system") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Tells whenever an answer of `getPanelReading` may be another. Returns how to stop. */
export function watchPanelReading(onChange: () => void): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", onChange);
  const stops = [settingsStore, roomSettingsStore, siteSettingsStore].map((store) =>
    store.subscribe(onChange),
  );
  const stopView = viewStore.subscribe(({ view }, previous) => {
    if ((view === "immersive") !== (previous.view === "immersive")) onChange();
  });
  return () => {
    scheme.removeEventListener("change", onChange);
    for (const stop of [...stops, stopView]) stop();
  };
}
