import { describeAddress, shortAddress } from "#lib/core/omnibox/describe-address.ts";
import type { PageViewState } from "#lib/core/reading/page-view-state.ts";
import type { Panel } from "#lib/protocol/space.ts";

/** What the bar of a panel says about it. */
export interface PanelDescription {
  title: string;
  /** Host and state, or what can be done with an empty panel: the bar's second line. */
  detail: string;
  state: "blank" | "loading" | "ready" | "stale" | "offline" | "failed" | "stopped";
  /** Trackers left out of the page; null while there is no page. */
  trackers: number | null;
  icon: string | null;
}

export interface PanelShown {
  view: PageViewState | null;
  load: { stage: "contacting" | "receiving" } | null;
  stopped: boolean;
}

const STATE_WORDS: Record<PanelDescription["state"], string> = {
  blank: "",
  loading: "Loading",
  ready: "",
  stale: "An older copy",
  offline: "Offline",
  failed: "Could not be opened",
  stopped: "Stopped",
};

export function describePanel(panel: Panel, shown: PanelShown | undefined): PanelDescription {
  const state = stateOf(panel, shown);
  const page = shown?.view?.status === "ready" ? shown.view.page : null;
  const trackers = page?.trackers.count ?? null;
  if (panel.kind !== "page") {
    return { title: panel.title || KIND_NAMES[panel.kind], detail: "", state: "ready", trackers, icon: null };
  }
  const { url, icon } = panel.state;
  const address = describeAddress(url);
  const host = address.kind === "search" ? "Search" : address.main;
  const blank = panel.private ? "New private tab" : "New tab";
  const kept = trackers ? `${trackers} ${trackers === 1 ? "tracker" : "trackers"} kept away` : "";
  const words = [panel.private ? "Private" : "", host, STATE_WORDS[state], state === "ready" ? kept : ""];
  return {
    title: panel.title || shortAddress(url) || blank,
    detail: state === "blank" ? "Type an address" : words.filter(Boolean).join(" · "),
    state,
    trackers,
    icon,
  };
}

const KIND_NAMES = { chat: "Chat", dashboard: "Dashboard", quiz: "Quiz" } as const;

function stateOf(panel: Panel, shown: PanelShown | undefined): PanelDescription["state"] {
  if (panel.kind === "page" && panel.state.index < 0) return "blank";
  if (shown?.load) return "loading";
  if (shown?.stopped) return "stopped";
  const view = shown?.view;
  if (!view) return "ready";
  if (view.status === "ready") return view.savedAt || view.page.cache === "stale" ? "stale" : "ready";
  return view.status;
}
