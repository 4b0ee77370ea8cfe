import type { LiveTabInput } from "#lib/client/live/live-tab.ts";
import { browserStore, getPagePanel, updateSession, updateView } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { getLibrary } from "#lib/client/store/library-port.ts";
import { type HistoryLink, readMove, stepTo } from "#lib/core/live/remote-history.ts";
import { commitPage, goToEntry, navigate } from "#lib/core/space/navigation.ts";
import { addTrailLink } from "#lib/core/space/trail.ts";
import type { LivePageState } from "#lib/protocol/live-server-message.ts";
import type { PagePanel } from "#lib/protocol/space.ts";

/** A step that the page prevented is given up after this long; the panel goes back to where its tab is. */
const STEP_MAX_MS = 6_000;
/** The longest icon that is kept with a panel; others are seen while the tab is open. */
const ICON_MAX = 8_192;

export interface FollowedNavigation {
  /** Takes in what the tab says about its page. */
  update(page: LivePageState): void;
  /** The tab was opened anew: its history begins with the panel's current entry. */
  restart(): void;
  /** The panel has just gone to an address of its own choice. */
  expectAddress(url: string, typed: boolean): void;
  /** Goes to one of the panel's entries, which is its current one by now. */
  goTo(panelIndex: number): LiveTabInput;
  dispose(): void;
}

/** Keeps a panel's history, title, icon and loading in step with its live tab, as for pages of the reader. */
export function followNavigation(panelId: string): FollowedNavigation {
  let link: HistoryLink | null = null;
  /** An address that the panel has gone to and the tab has not reached. */
  let awaitedAddress: string | null = null;
  /** The tab's index that a step back or forward leads to. */
  let awaitedIndex: number | null = null;
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  let typed = false;
  let visited = "";
  let last: LivePageState | null = null;

  function meet(page: LivePageState, panel: PagePanel): void {
    const { index, length } = page.history;
    const offset = panel.state.index - index;
    link = {
      offset,
      lowest: link && link.offset === offset ? Math.min(link.lowest, index) : index,
      index,
      length,
    };
  }

  function commit(page: LivePageState): void {
    const asked = getPagePanel(panelId)?.state.url;
    if (asked === undefined) return;
    const title = page.title || (URL.parse(page.url)?.hostname ?? page.url);
    const icon = page.icon && page.icon.length <= ICON_MAX ? page.icon : null;
    updateSession((session) => commitPage(session, panelId, { asked, url: page.url, title, icon }));
  }

  function moved(page: LivePageState, panel: PagePanel): void {
    const { index, length } = page.history;
    if (!link || awaitedAddress !== null) {
      // The first word of a new tab, or the answer to an address: the panel is there already.
      const isSame =
        link !== null && link.index === index && link.length === length && last?.url === page.url;
      if (!isSame) {
        awaitedAddress = null;
        meet(page, panel);
        commit(page);
      }
      return;
    }
    if (awaitedIndex !== null) {
      if (awaitedIndex !== index) return;
      awaitedIndex = null;
      clearTimeout(giveUp);
      link = { ...link, index, length };
      commit(page);
      return;
    }
    const move = readMove(link, { index, length, url: page.url }, panel.state.entries);
    if (move.kind === "go") updateSession((session) => goToEntry(session, panelId, move.panelIndex));
    else if (move.kind === "push" && page.url !== panel.state.url) {
      typed = false;
      updateSession((session) => navigate(session, panelId, { url: page.url, title: page.title }));
      recordTrail(panel, page);
    }
    const now = getPagePanel(panelId);
    if (now) meet(page, now);
    commit(page);
  }

  function recordVisit(page: LivePageState): void {
    const panel = getPagePanel(panelId);
    if (!panel || panel.private || page.loading || visited === page.url) return;
    visited = page.url;
    const { url, icon } = panel.state;
    getLibrary().recordVisit({ url, title: panel.title, icon, typed });
    typed = false;
  }

  return {
    update(page) {
      const panel = getPagePanel(panelId);
      if (panel?.state.engine !== "live") return;
      showLoading(panelId, page);
      // Chromium's own pages stand in for what could not be loaded.
      if (!/^https?:/.test(page.url) || page.history.length === 0) return;
      moved(page, panel);
      last = page;
      recordVisit(page);
    },
    restart() {
      link = null;
      awaitedAddress = null;
      awaitedIndex = null;
      last = null;
    },
    expectAddress(url, byHand) {
      typed = byHand;
      visited = "";
      if (url !== last?.url) awaitedAddress = url;
    },
    goTo(panelIndex) {
      const url = getPagePanel(panelId)?.state.entries[panelIndex]?.url ?? "";
      const step = stepTo(link, panelIndex);
      visited = "";
      if (step === "address" || !link) {
        awaitedAddress = url;
        return { type: "navigate", to: { url } };
      }
      link = { ...link, index: panelIndex - link.offset };
      awaitedIndex = link.index;
      clearTimeout(giveUp);
      giveUp = setTimeout(() => {
        const panel = getPagePanel(panelId);
        if (awaitedIndex === null || !link || !last || !panel) return;
        awaitedIndex = null;
        const { offset } = link;
        link = { ...link, index: last.history.index, length: last.history.length };
        updateSession((session) =>
          goToEntry(session, panelId, link ? link.index + offset : panel.state.index),
        );
      }, STEP_MAX_MS);
      return { type: "navigate", to: { action: step } };
    },
    dispose: () => clearTimeout(giveUp),
  };
}

/** Tabs, the reload button and the line above the panel read one field for either engine. */
function showLoading(panelId: string, { loading, progress, url }: LivePageState): void {
  const view = browserStore.getState().views[panelId];
  const stage = progress >= 0.5 ? "receiving" : "contacting";
  if (!loading) {
    if (view?.load) updateView(panelId, (now) => ({ ...now, load: null }));
  } else if (view?.load?.stage !== stage || !view.load) {
    const startedAt = view?.load?.startedAt ?? Date.now();
    const address = getPagePanel(panelId)?.state.url || url;
    updateView(panelId, (now) => ({ ...now, stopped: false, load: { url: address, startedAt, stage } }));
  }
}

function recordTrail(from: PagePanel, page: LivePageState): void {
  if (from.private || !from.state.url) return;
  const link = {
    id: createId(),
    from: { url: from.state.url, title: from.title, panelId: from.id },
    to: { url: page.url, title: page.title, panelId: from.id },
    at: new Date().toISOString(),
  };
  updateSession((session) => addTrailLink(session, link));
}
