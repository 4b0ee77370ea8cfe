import { byHandOf, setLiveAvailable } from "#lib/client/live/engine-choice.ts";
import { getLiveTab, type LiveTab, setLiveTab } from "#lib/client/live/live-tab.ts";
import type { OwnedLiveTab } from "#lib/client/live/open-live-tab.ts";
import { browserStore, getPagePanel, updateSession, updateView } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { PHONE_QUERY } from "#lib/client/store/use-media-query.ts";
import { fitViewport } from "#lib/core/live/fit-viewport.ts";
import { setEngine, setMode } from "#lib/core/space/navigation.ts";

/**
 * Which panels have a live tab: those whose engine is `live` and that have been
 * looked at; the tab of a page that is being read rests until it is shown again.
 * Small enough for the first screen; what a tab is made of comes when the first one
 * opens.
 */
const owned = new Map<string, OwnedLiveTab>();
/** Tabs out of sight, while the reader shows what was made of their page. `url` is where the panel has to stay. */
const resting = new Map<string, { tab: OwnedLiveTab; url: string; stop: () => void }>();
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
  if (takeUp(panelId)) return;
  const tab = owned.get(panelId);
  if (tab) tab.follow(panel.state.url, options.typed ?? false);
  else void createTab(panelId, options);
}

/**
 * Takes the panel's tab out of sight without ending it, for as long as the panel stays at `url`: going live again
 * shows the same page as it was left. It is on no list meanwhile; called again, only the address changes.
 */
export function restLive(panelId: string, url: string): void {
  const rested = resting.get(panelId);
  if (rested) {
    rested.url = url;
    return;
  }
  const tab = owned.get(panelId);
  if (!tab) return;
  owned.delete(panelId);
  // Nobody is there to ask: a page that waits for an answer would stand still until it is shown again.
  const stop = tab.onMessage((message) => {
    if (message.type === "ask") tab.send({ type: "answer", id: message.id, answer: null });
  });
  resting.set(panelId, { tab, url, stop });
  setLiveTab(panelId, null);
}

/** The tab of a panel that shows what was made of its page. */
export function restingLive(panelId: string): LiveTab | undefined {
  return resting.get(panelId)?.tab;
}

/** Shows the resting tab of a panel again; false when it has none. */
function takeUp(panelId: string): boolean {
  const rested = resting.get(panelId);
  if (!rested) return false;
  const { tab, stop } = rested;
  stop();
  resting.delete(panelId);
  owned.set(panelId, tab);
  setLiveTab(panelId, tab);
  updateView(panelId, (view) => (view.view ? { ...view, view: null } : view));
  tab.takeUp();
  return true;
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
      if (status !== before.status && status.kind === "open" && owned.has(panelId))
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
  for (const [id, { tab, url, stop }] of resting) {
    if (getPagePanel(id)?.state.url === url) continue;
    resting.delete(id);
    stop();
    tab.close();
  }
}

/** The size of the panel's card where it is drawn; that of the window until it is. */
function guessViewport(panelId: string) {
  const card = document.getElementById(`panel-${panelId}`);
  const { clientWidth: width, clientHeight: height } = card ?? document.documentElement;
  return fitViewport({ width, height, dpr: window.devicePixelRatio });
}
