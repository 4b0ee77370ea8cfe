import type { LiveEnd } from "#lib/protocol/live-server-message.ts";

export interface NodeLoad {
  /** Tabs that hold a place. */
  tabs: number;
  tabsMax: number;
  waiting: number;
  /** Of this account, waiting ones included. */
  ownTabs: number;
  ownTabsMax: number;
  freeBytes: number;
  freeBytesMin: number;
  stopping: boolean;
}

export type Admission = { kind: "open" } | { kind: "wait" } | { kind: "refuse"; why: LiveEnd };

/** What becomes of a valid ticket. Nobody passes those who wait, and nobody waits who could not have a place anyway. */
export function decideAdmission(load: NodeLoad): Admission {
  if (load.stopping) return { kind: "refuse", why: "node-stopping" };
  if (load.ownTabs >= load.ownTabsMax) return { kind: "refuse", why: "too-many-tabs" };
  return load.waiting === 0 && hasPlace(load) ? { kind: "open" } : { kind: "wait" };
}

/** Which of an account's tabs makes room for one more of its own: the one that was out of sight longest; null where all may be seen. */
export function chooseUnseen<Tab extends { unseenSinceMs: number | null }>(tabs: readonly Tab[]): Tab | null {
  return tabs.reduce<Tab | null>((oldest, tab) => {
    if (tab.unseenSinceMs === null) return oldest;
    return tab.unseenSinceMs < (oldest?.unseenSinceMs ?? Number.POSITIVE_INFINITY) ? tab : oldest;
  }, null);
}

/** A node without tabs takes one whatever its memory: else a figure set too high would close it for good. */
export function hasPlace({
  tabs,
  tabsMax,
  freeBytes,
  freeBytesMin,
}: Pick<NodeLoad, "tabs" | "tabsMax" | "freeBytes" | "freeBytesMin">): boolean {
  return tabs < tabsMax && (tabs === 0 || freeBytes >= freeBytesMin);
}
