import { byHandOf, setLiveAvailable } from "#lib/client/live/engine-choice.ts";
import { getLiveTab } from "#lib/client/live/live-tab.ts";
import type { OwnedLiveTab } from "#lib/client/live/open-live-tab.ts";
import { browserStore, getPagePanel, updateSession, updateView } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { PHONE_QUERY } from "#lib/client/store/use-media-query.ts";
import { fitViewport } from "#lib/core/live/fit-viewport.ts";
import { setEngine, setMode } from "#lib/core/space/navigation.ts";

/**
 * Which panels have a live tab: those whose engine is `live` and that have been
 * looked at. Small enough for the first screen; what a tab is made of comes when
 * the first one opens.
 */
const owned = new Map<string, OwnedLiveTab>();
const opening = new Set<string>();
let isWatching = false;

interface OpenOptions {
  typed?: boolean;
  invitation?: { ticket: string; socketUrl: string } | undefined;
}

/** Shows the panel's current address in its live tab, opening one where it has none. */
export function openLive(panelId: string, options: OpenOptions = {}): void {
  const panel = getPagePanel(panelId);
  if (!panel) return;
  if (panel.state.engine !== "live") {
    updateSession((session) => setEngine(session, panelId, "live"));
    // A narrow screen is what sites make their pages for phones for.
    if (matchMedia(PHONE_QUERY).matches) updateSession((session) => setMode(session, panelId, "mobile"));
  }
  const tab = owned.get(panelId);
  if (tab) tab.follow(panel.state.url, options.typed ?? false);
  else void createTab(panelId, options);
}

/** Brings the tab of a panel that is looked at, without moving one that is there; one asleep wakes by being seen. */
export function ensureLive(panelId: string): void {
  if (!owned.has(panelId)) void createTab(panelId, {});
}

/** The panel has gone to another entry of its history; its tab goes there too. */
export function traverseLive(panelId: string, panelIndex: number): void {
  const tab = owned.get(panelId);
  if (tab) tab.traverse(panelIndex);
  else void createTab(panelId, {});
}

/** Ends the panel's live tab; the reader shows its pages from now on. */
export function leaveLive(panelId: string): void {
  closeTab(panelId);
  if (getPagePanel(panelId)?.state.engine !== "live") return;
  updateSession((session) => setEngine(session, panelId, "reader"));
}

export function stopLive(panelId: string): void {
  owned.get(panelId)?.stop();
}

/** The node that holds the panel's tab; empty without one. */
export function socketUrlOf(panelId: string): string {
  return owned.get(panelId)?.socketUrl() ?? "";
}

async function createTab(panelId: string, { typed = false, invitation }: OpenOptions): Promise<void> {
  if (opening.has(panelId)) return;
  opening.add(panelId);
  if (!isWatching) {
    isWatching = true;
    browserStore.subscribe((now, before) => {
      if (now.session.space.panels !== before.session.space.panels) closeGone();
    });
  }
  try {
    const { openLiveTab } = await import("#lib/client/live/open-live-tab.ts");
    // It may have been closed or switched while the code was on its way.
    if (getPagePanel(panelId)?.state.engine !== "live" || getLiveTab(panelId)) return;
    const tab = openLiveTab({ panelId, viewport: guessViewport(panelId), invitation, typed });
    owned.set(panelId, tab);
    tab.store.subscribe(({ status }, before) => {
      if (status !== before.status && status.kind === "failed" && status.error.code === "live_unavailable")
        withdraw(panelId);
      // What the reader had shown is not what stands in the panel any more.
      if (status !== before.status && status.kind === "open")
        updateView(panelId, (view) => (view.view ? { ...view, view: null } : view));
    });
  } catch {
    // Without a connection the code itself cannot come.
    showToast("The live page could not be opened. Check your connection, then try again.");
    leaveLive(panelId);
  } finally {
    opening.delete(panelId);
  }
}

/** This server has no live pages: what the reader has shown already stands again, unless live was asked for. */
function withdraw(panelId: string): void {
  setLiveAvailable(false);
  const isRead = browserStore.getState().views[panelId]?.view?.status === "ready";
  if (isRead && byHandOf(panelId)?.engine !== "live") leaveLive(panelId);
}

function closeTab(panelId: string): void {
  owned.get(panelId)?.close();
  if (!owned.delete(panelId)) return;
  updateView(panelId, (view) => (view.load ? { ...view, load: null } : view));
}

function closeGone(): void {
  for (const id of owned.keys()) if (getPagePanel(id)?.state.engine !== "live") closeTab(id);
}

/** The size of the panel's card where it is drawn; that of the window until it is. */
function guessViewport(panelId: string) {
  const card = document.getElementById(`panel-${panelId}`);
  const { clientWidth: width, clientHeight: height } = card ?? document.documentElement;
  return fitViewport({ width, height, dpr: window.devicePixelRatio });
}
