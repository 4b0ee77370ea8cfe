/**
 * A panel's history and that of its tab on the node are two lists. A tab that was
 * opened in the middle of a panel's history, or opened anew, knows only the end of
 * it. `offset` is the panel's index less the tab's; entries of the tab below
 * `lowest` were there before the two lists met.
 */
export interface HistoryLink {
  offset: number;
  lowest: number;
  /** The tab's current index and its number of entries. */
  index: number;
  length: number;
}

/** How a panel goes to one of its entries: by the tab's own history, or by the address. */
export function stepTo(link: HistoryLink | null, panelIndex: number): "back" | "forward" | "address" {
  if (!link) return "address";
  const wanted = panelIndex - link.offset;
  if (wanted < link.lowest || wanted >= link.length) return "address";
  if (wanted === link.index - 1) return "back";
  return wanted === link.index + 1 ? "forward" : "address";
}

/** What a change of the tab's place in its history means for the panel. */
export type HistoryMove =
  /** The same entry, perhaps at another address: a redirect or `replaceState`. */
  { kind: "replace" } | { kind: "push" } | { kind: "go"; panelIndex: number };

/** Reads what the tab did by itself: its page went back, forward, on, or changed where it stands. */
export function readMove(
  link: HistoryLink,
  next: { index: number; length: number; url: string },
  entries: readonly { url: string }[],
): HistoryMove {
  const panelIndex = next.index + link.offset;
  if (next.index === link.index && next.length === link.length) return { kind: "replace" };
  if (next.index < link.index) {
    return next.index >= link.lowest && entries[panelIndex] ? { kind: "go", panelIndex } : { kind: "push" };
  }
  // Forward keeps the list; a new page cuts it off behind itself.
  const isForward =
    next.index > link.index && next.length === link.length && entries[panelIndex]?.url === next.url;
  return isForward ? { kind: "go", panelIndex } : { kind: "push" };
}
