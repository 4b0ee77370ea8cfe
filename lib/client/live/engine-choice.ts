import { getPagePanel } from "#lib/client/store/browser-store.ts";
import { siteSettingsFor } from "#lib/client/store/site-settings-store.ts";
import { chooseEngine, type Engine } from "#lib/core/live/choose-engine.ts";

/** What was switched by hand, by panel: it holds on that site while the panel is open in this window. */
const chosen = new Map<string, { engine: Engine; url: string }>();
let available = true;

export function chooseByHand(panelId: string, engine: Engine): void {
  const url = getPagePanel(panelId)?.state.url;
  if (url) chosen.set(panelId, { engine, url });
}

export function byHandOf(panelId: string): { engine: Engine; url: string } | null {
  return chosen.get(panelId) ?? null;
}

/** The engine that shows an address in a panel. */
export function engineFor(panelId: string, url: string): Engine {
  return chooseEngine({
    url,
    current: getPagePanel(panelId)?.state ?? null,
    site: siteSettingsFor(url)?.engine ?? null,
    byHand: byHandOf(panelId),
  });
}

/** Whether this server has live pages, as far as it has said. */
export function isLiveAvailable(): boolean {
  return available;
}

export function setLiveAvailable(is: boolean): void {
  available = is;
}
