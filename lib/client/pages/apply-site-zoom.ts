import { getPagePanel, updateSession } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsFor } from "#lib/client/store/site-settings-store.ts";
import { siteOf } from "#lib/core/library/site-settings.ts";
import { setZoom } from "#lib/core/space/navigation.ts";

/** Gives a panel the zoom chosen for the site it shows, and takes it back on the way to another site. */
export function applySiteZoom(panelId: string, url: string): void {
  const panel = getPagePanel(panelId);
  if (!panel) return;
  const own = siteSettingsFor(url)?.zoom ?? null;
  const { entries, index, zoom } = panel.state;
  const neighbours = [entries[index - 1], entries[index + 1]].flatMap((entry) => (entry ? [entry.url] : []));
  const borrowed = neighbours.some(
    (other) => siteOf(other) !== siteOf(url) && siteSettingsFor(other)?.zoom === zoom,
  );
  const next = own ?? (borrowed ? settingsStore.getState().defaultZoom : zoom);
  if (next !== zoom) updateSession((session) => setZoom(session, panelId, next));
}
