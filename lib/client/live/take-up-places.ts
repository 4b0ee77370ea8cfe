import { keptPanels } from "#lib/client/live/kept-places.ts";
import { ensureLive } from "#lib/client/live/live-panels.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";

/** Brings the tabs back that wait for this window, also those out of sight: they would not wait until they are looked at. */
export function takeUpPlaces(): void {
  for (const panelId of keptPanels(Date.now()))
    if (getPagePanel(panelId)?.state.engine === "live") ensureLive(panelId);
}
