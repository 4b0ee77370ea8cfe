import { useSyncExternalStore } from "react";
import { getLiveTab, type LiveTab, watchLiveTabs } from "#lib/client/live/live-tab.ts";

/** The live tab of a panel, while it has one. */
export function useLiveTab(panelId: string): LiveTab | null {
  return useSyncExternalStore(
    watchLiveTabs,
    () => getLiveTab(panelId) ?? null,
    () => null,
  );
}
