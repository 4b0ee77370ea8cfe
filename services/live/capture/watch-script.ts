/**
 * What runs in the watcher's page, written to be handed over as text: it may use nothing but the
 * browser. Messages to the node are JSON through the binding `quiSounds`.
 */
export interface WatchScope {
  /** Chromium's own number of a tab, by the id of its target; null when there is no such tab. */
  quiFind(targetId: string): Promise<number | null>;
  /** Reports whether a tab sounds now, in its place among the reports of changes. */
  quiTell(tabId: number): Promise<void>;
}

export interface WatchReport {
  tabId: number;
  audible: boolean;
}

export function installWatch(): void {
  interface Tab {
    id?: number;
    audible?: boolean;
  }
  const scope = globalThis as unknown as WatchScope & {
    quiSounds(text: string): void;
    chrome: {
      tabs: {
        query(wanted: { audible: boolean }): Promise<Tab[]>;
        onUpdated: { addListener(listener: (tabId: number, change: Tab) => void): void };
      };
      debugger: { getTargets(): Promise<{ id: string; tabId?: number }[]> };
    };
  };
  const { tabs, debugger: targets } = scope.chrome;
  const report = (message: WatchReport) => scope.quiSounds(JSON.stringify(message));
  tabs.onUpdated.addListener((tabId, { audible }) => {
    if (audible !== undefined) report({ tabId, audible });
  });
  scope.quiFind = async (targetId) =>
    (await targets.getTargets()).find(({ id }) => id === targetId)?.tabId ?? null;
  scope.quiTell = async (tabId) => {
    // `tabs.get` knows no tab of a context made by its driver; lists and events do.
    const audible = await tabs.query({ audible: true });
    report({ tabId, audible: audible.some(({ id }) => id === tabId) });
  };
}
