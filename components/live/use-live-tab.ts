import { useCallback, useSyncExternalStore } from "react";
import { getLiveTab, type LiveTab, watchLiveTabs } from "#lib/client/live/live-tab.ts";

/** The live tab of a panel; undefined until it has one. */
export function useLiveTab(panelId: string): LiveTab | undefined {
  const subscribe = useCallback(
    (changed: () => void) => watchLiveTabs((id) => id === panelId && changed()),
    [panelId],
  );
  return useSyncExternalStore(
    subscribe,
    () => getLiveTab(panelId),
    () => undefined,
  );
}
