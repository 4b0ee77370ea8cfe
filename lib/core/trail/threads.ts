import { pageKey } from "#lib/core/trail/followed-link.ts";
import type { Panel, TrailLink } from "#lib/protocol/space.ts";

/** A thread between two panels that stand in the room. */
export interface Thread {
  fromId: string;
  toId: string;
  /** Both pages are still the ones the link connected. */
  isCurrent: boolean;
}

export const THREADS_MAX = 64;

/**
 * The threads to draw: one for each pair of open panels that a link connects, the
 * newest first. A link within one panel has no length and is seen on the map only.
 */
export function threadsBetween(trail: readonly TrailLink[], panels: readonly Panel[]): Thread[] {
  const open = new Map(panels.map((panel) => [panel.id, panel]));
  const seen = new Set<string>();
  const threads: Thread[] = [];
  for (const { from, to } of trail.toReversed()) {
    const pair = `${from.panelId}\n${to.panelId}`;
    const source = open.get(from.panelId);
    const target = open.get(to.panelId);
    if (!source || !target || source === target || seen.has(pair)) continue;
    seen.add(pair);
    threads.push({
      fromId: source.id,
      toId: target.id,
      isCurrent: shows(source, from.url) && shows(target, to.url),
    });
    if (threads.length === THREADS_MAX) break;
  }
  return threads;
}

function shows(panel: Panel, url: string): boolean {
  return panel.kind === "page" && pageKey(panel.state.url) === pageKey(url);
}
