import { byHandOf, engineFor, isLiveAvailable } from "#lib/client/live/engine-choice.ts";
import {
  ensureLive,
  leaveLive,
  openLive,
  restingLive,
  restLive,
  stopLive,
  traverseLive,
} from "#lib/client/live/live-panels.ts";
import { isReadable } from "#lib/client/live/live-state.ts";
import { getLiveTab, type LiveTab } from "#lib/client/live/live-tab.ts";
import { fetchPage, type PageOutcome } from "#lib/client/pages/fetch-page.ts";
import { getCachedPage } from "#lib/client/pages/page-cache.ts";
import { addressOf, privateKey, showPage, showSavedCopy } from "#lib/client/pages/show-page.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore, getPagePanel, updateSession, updateView } from "#lib/client/store/browser-store.ts";
import { getLibrary } from "#lib/client/store/library-port.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsFor } from "#lib/client/store/site-settings-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { movesToLive } from "#lib/core/live/choose-engine.ts";
import { goToEntry, navigate, saveScroll, setEngine } from "#lib/core/space/navigation.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** The old page stays in sight this long before the skeleton takes its place: most answers are faster. */
const SKELETON_DELAY_MS = 350;

const running = new Map<string, AbortController>();

/** Opens an address in a panel as a new entry of its history. */
export function navigatePanel(panelId: string, url: string, { typed = false } = {}): void {
  keepScroll(panelId);
  const engine = engineFor(panelId, url);
  updateSession((session) => navigate(session, panelId, { url }));
  if (engine === "live") showLive(panelId, { typed });
  else {
    leaveLive(panelId);
    void loadPanel(panelId, { typed });
  }
}

/** Shows the panel's current address live, in place of what the reader shows of it. */
export function showLive(panelId: string, { typed = false } = {}): void {
  stopPanel(panelId);
  updateView(panelId, (view) => ({ ...view, stopped: false }));
  openLive(panelId, { typed });
}

/**
 * Shows in the reader what the panel's live page shows now, while its tab rests; where there is no page to ask, what
 * the reader makes of the address itself.
 */
export function showReader(panelId: string): void {
  const tab = getLiveTab(panelId);
  const state = tab?.store.getState();
  // Its address may be told a moment after its first picture: whether there is a page the node knows best.
  if (tab && state?.status.kind === "open" && state.loadFailure === null) {
    void readLive(panelId, tab);
    return;
  }
  leaveLive(panelId);
  showEntry(panelId);
}

async function readLive(panelId: string, tab: LiveTab): Promise<void> {
  stopPanel(panelId);
  const controller = new AbortController();
  running.set(panelId, controller);
  const url = getPagePanel(panelId)?.state.url ?? "";
  updateView(panelId, (view) => ({ ...view, load: { url, startedAt: Date.now(), stage: "receiving" } }));
  const reading = await import("#lib/client/live/read-live-page.ts").then(
    ({ readLivePage }) => readLivePage(tab, controller.signal),
    // Without a connection the code itself cannot come.
    () => ({ status: "failed", message: "The live page could not be read" }) as const,
  );
  if (running.get(panelId) !== controller) return;
  running.delete(panelId);
  updateView(panelId, (view) => ({ ...view, load: null }));
  const asked = getPagePanel(panelId)?.state.url;
  if (!asked || reading.status === "aborted") return;
  const isShown = getLiveTab(panelId) === tab;
  if (reading.status === "failed") {
    showToast(isShown ? `${reading.message}. This is what the site sends to anybody.` : reading.message);
    if (!isShown) return;
    restLive(panelId, asked);
    updateSession((session) => setEngine(session, panelId, "reader"));
    showEntry(panelId);
    return;
  }
  // An app may have gone elsewhere by itself, unseen.
  restLive(panelId, addressOf(asked, reading.page));
  showPage(panelId, asked, reading.page);
}

/** Back, forward or further. The page is shown at once, where it was left, when this window still has it. */
export function traversePanel(panelId: string, step: number): void {
  const index = (getPagePanel(panelId)?.state.index ?? 0) + step;
  if (getPagePanel(panelId)?.state.entries[index] === undefined) return;
  keepScroll(panelId);
  const engine = engineFor(panelId, getPagePanel(panelId)?.state.entries[index]?.url ?? "");
  const isLive = getPagePanel(panelId)?.state.engine === "live";
  updateSession((session) => goToEntry(session, panelId, index));
  if (engine === "live" && isLive) traverseLive(panelId, index);
  else if (engine === "live") showLive(panelId);
  else {
    leaveLive(panelId);
    showEntry(panelId);
  }
}

/** Shows the panel's current entry in the reader: at once when this window still has its page. */
function showEntry(panelId: string): void {
  const url = getPagePanel(panelId)?.state.url ?? "";
  const cached = getCachedPage(url, privateKey(panelId));
  stopPanel(panelId);
  if (cached) showPage(panelId, url, cached);
  else void loadPanel(panelId);
}

/** Fetches a restored panel that is looked at for the first time. */
export function ensureLoaded(panelId: string): void {
  const panel = getPagePanel(panelId);
  const view = browserStore.getState().views[panelId];
  if (panel && panel.state.engine === "live" && panel.state.index >= 0) {
    ensureLive(panelId);
    return;
  }
  if (!panel || panel.state.index < 0 || view?.view || view?.load || view?.stopped) return;
  const cached = getCachedPage(panel.state.url, privateKey(panelId));
  if (cached) showPage(panelId, panel.state.url, cached);
  else void loadPanel(panelId);
}

export function reloadPanel(panelId: string): void {
  const live = getLiveTab(panelId);
  if (live) {
    live.reload();
    return;
  }
  keepScroll(panelId);
  const resting = restingLive(panelId);
  if (resting && isFromLive(panelId) && isReadable(resting.store.getState())) void readLive(panelId, resting);
  else void loadPanel(panelId, { mode: "reload" });
}

function isFromLive(panelId: string): boolean {
  const view = browserStore.getState().views[panelId]?.view;
  return view?.status === "ready" && view.page.fromLive === true;
}

/** Stops what is on its way. What was shown before stays; with nothing to show, the panel says so. */
export function stopPanel(panelId: string): void {
  running.get(panelId)?.abort();
  running.delete(panelId);
  updateView(panelId, (view) => (view.load ? { ...view, load: null } : view));
}

/** Stops loading by the person's wish. A page still in sight stays; a panel with nothing to show says that it was stopped. */
export function cancelPanel(panelId: string): void {
  if (!browserStore.getState().views[panelId]?.load) return;
  if (getLiveTab(panelId) && !running.has(panelId)) {
    stopLive(panelId);
    return;
  }
  stopPanel(panelId);
  updateView(panelId, (view) =>
    view.view?.status === "loading" ? { ...view, view: null, stopped: true } : view,
  );
}

interface LoadOptions {
  mode?: "default" | "reload";
  typed?: boolean;
}

async function loadPanel(
  panelId: string,
  { mode = "default", typed = false }: LoadOptions = {},
): Promise<void> {
  const url = getPagePanel(panelId)?.state.url;
  if (!url) return;
  stopPanel(panelId);
  const controller = new AbortController();
  running.set(panelId, controller);
  const startedAt = Date.now();
  const isCurrent = () => running.get(panelId) === controller;
  updateView(panelId, (view) => ({
    ...view,
    stopped: false,
    load: { url, startedAt, stage: "contacting" },
    view: view.view ?? { status: "loading", url, startedAt },
  }));
  const skeleton = setTimeout(() => {
    if (isCurrent() && mode === "default")
      updateView(panelId, (view) => ({ ...view, view: { status: "loading", url, startedAt } }));
  }, SKELETON_DELAY_MS);
  const outcome = await fetchPage({
    url,
    mode,
    level: siteSettingsFor(url)?.trackerLevel ?? settingsStore.getState().trackerLevel,
    signal: controller.signal,
    onReceiving: () => {
      if (!isCurrent()) return;
      updateView(panelId, (view) => ({ ...view, load: view.load && { ...view.load, stage: "receiving" } }));
    },
  });
  clearTimeout(skeleton);
  if (!isCurrent()) return;
  running.delete(panelId);
  await settle(panelId, url, outcome, typed);
}

async function settle(panelId: string, url: string, outcome: PageOutcome, typed: boolean): Promise<void> {
  switch (outcome.status) {
    case "aborted":
      return;
    case "ready":
      showPage(panelId, url, outcome.page);
      if (wantsLive(panelId, url, outcome.page)) {
        openLive(panelId, { typed });
        return;
      }
      recordVisit(panelId, outcome.page, typed);
      return;
    case "failed":
      // Nobody at all answered: what is on this device is the best there is.
      if (isUnreachable(outcome) && (await showSavedCopy(panelId, url))) return;
      if (getPagePanel(panelId)?.state.url !== url) return;
      updateView(panelId, (view) => ({
        ...view,
        load: null,
        view: { status: "failed", url, error: outcome.error },
        shownCount: view.shownCount + 1,
      }));
      return;
    case "offline":
      if (await showSavedCopy(panelId, url)) return;
      if (getPagePanel(panelId)?.state.url !== url) return;
      updateView(panelId, (view) => ({
        ...view,
        load: null,
        view: { status: "offline", url, savedCopy: false },
        shownCount: view.shownCount + 1,
      }));
  }
}

function wantsLive(panelId: string, url: string, { needsLive }: Page): boolean {
  const site = siteSettingsFor(url)?.engine ?? null;
  const byHand = byHandOf(panelId);
  return movesToLive({ url, needsLive, site, byHand, available: isLiveAvailable() });
}

function isUnreachable({ error }: Extract<PageOutcome, { status: "failed" }>): boolean {
  return error.code === "unavailable" && error.requestId === "";
}

function recordVisit(panelId: string, page: Page, typed: boolean): void {
  const panel = getPagePanel(panelId);
  if (!panel || panel.private || page.document.kind === "search") return;
  const { url, icon } = panel.state;
  getLibrary().recordVisit({ url, title: panel.title, icon, typed });
}

/** Remembers how far the page in a panel was read, before it makes way for another. */
export function keepScroll(panelId: string): void {
  const scroll = getViewHandle(panelId)?.getScroll();
  const isShown = browserStore.getState().views[panelId]?.view?.status === "ready";
  if (scroll !== undefined && isShown) updateSession((session) => saveScroll(session, panelId, scroll));
}
