export interface NodeLoad {
  id: string;
  /** Open, and promised to tickets on their way. */
  tabs: number;
  tabsMax: number;
  /** Takes no new tabs. */
  draining: boolean;
}

/**
 * The node a new tab goes to; null when none has room. An account stays where it is
 * while that node lives and has room, since its cookies and open pages are there.
 * Else the node with the smallest share of its places taken, of these the one with
 * more places free, of these the first by name, so that every process decides alike.
 */
export function placeSession<N extends NodeLoad>(nodes: readonly N[], home: string | null): N | null {
  const open = nodes.filter((node) => freePlaces(node) > 0);
  const stay = open.find(({ id }) => id === home);
  if (stay) return stay;
  const byLoad = (a: N, b: N) =>
    a.tabs / a.tabsMax - b.tabs / b.tabsMax ||
    freePlaces(b) - freePlaces(a) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return open.toSorted(byLoad)[0] ?? null;
}

export function freePlaces({ draining, tabs, tabsMax }: NodeLoad): number {
  return draining ? 0 : Math.max(0, tabsMax - tabs);
}
