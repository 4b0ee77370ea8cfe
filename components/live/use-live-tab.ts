import { useCallback, useSyncExternalStore } from "react";
import { getLiveTab, type LiveTab, type LiveTabState, watchLiveTabs } from "#lib/client/live/live-tab.ts";

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

/** A part of what is known about a panel's live tab; undefined without one. The part must be a value that stays the same object. */
export function useLiveState<T>(panelId: string, select: (state: LiveTabState) => T): T | undefined {
  const tab = useLiveTab(panelId);
  const subscribe = useCallback((changed: () => void) => tab?.store.subscribe(changed) ?? (() => {}), [tab]);
  return useSyncExternalStore(
    subscribe,
    () => tab && select(tab.store.getState()),
    () => undefined,
  );
}
