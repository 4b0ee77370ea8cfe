import { createStore } from "zustand/vanilla";

/** Windows of Qui's own about a live page; every view may show them. */
export const liveFeatureStore = createStore<{
  source: { panelId: string; text: string } | null;
  /** The panel whose connection and certificate are shown. */
  securityPanelId: string | null;
}>(() => ({ source: null, securityPanelId: null }));
