import { createStore } from "zustand/vanilla";
import { getLiveTab, type LiveTab } from "#lib/client/live/live-tab.ts";
import { askFindWords } from "#lib/client/room/room-ui-text.ts";
import type { RoomPage } from "#lib/core/room-ui/room-page.ts";

interface LiveFind {
  tab: LiveTab | null;
  query: string;
  found: { count: number; active: number } | null;
}

/** The search in a live page that the room's menu shows: the page's own browser searches and marks. */
export const liveFindStore = createStore<LiveFind>(() => ({ tab: null, query: "", found: null }));

let stopTab = (): void => {};

/** Starts searching a panel's live page. False when it has none. */
export function startLiveFind(panelId: string): boolean {
  const tab = getLiveTab(panelId);
  if (!tab) return false;
  stopLiveFind();
  liveFindStore.setState({ tab, query: "", found: null });
  stopTab = tab.store.subscribe(({ found }, before) => {
    if (found !== before.found) liveFindStore.setState({ found });
  });
  typeWords(tab);
  return true;
}

export function stopLiveFind(): void {
  stopTab();
  stopTab = () => {};
  liveFindStore.getState().tab?.send({ type: "find", query: "", step: "clear" });
  liveFindStore.setState({ tab: null, query: "", found: null });
}

function typeWords(tab: LiveTab): void {
  askFindWords(tab.panelId, liveFindStore.getState().query, {
    onChange(query) {
      liveFindStore.setState({ query });
      tab.send({ type: "find", query, step: query === "" ? "clear" : "first" });
    },
    onEnter: () => step(tab, "next"),
  });
}

function step(tab: LiveTab, to: "next" | "previous"): void {
  const { query } = liveFindStore.getState();
  if (query !== "") tab.send({ type: "find", query, step: to });
}

/** The search as a page of the menu; null while no live page is searched. */
export function liveFindPage(): RoomPage | null {
  const { tab, query, found } = liveFindStore.getState();
  if (!tab) return null;
  const disabled = !found || found.count === 0;
  const go = (to: "next" | "previous") => ({
    type: "call" as const,
    stays: true,
    run: () => step(tab, to),
  });
  return {
    title: "Find in page",
    note: query === "" || !found ? "" : disabled ? "Not found." : `${found.active} of ${found.count}`,
    rows: [
      {
        id: "words",
        label: query || "Type words to find",
        icon: "search",
        action: { type: "call", run: () => typeWords(tab), stays: true },
      },
      { id: "next", label: "Next match", icon: "next", disabled, action: go("next") },
      { id: "previous", label: "Match before", icon: "previous", disabled, action: go("previous") },
    ],
  };
}
