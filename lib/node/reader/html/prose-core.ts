import { type ElementStats, isProse } from "#lib/node/reader/html/element-stats.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";

/**
 * Where running text gathers, found the way Arc90's Readability does: each
 * paragraph votes for its ancestors, less the farther they are, and link-heavy
 * ancestors lose votes. Null on a page without running text.
 */
export function findProseCore(units: readonly TextUnit[], stats: ElementStats): ElementNode | null {
  const votes = new Map<ElementNode, number>();
  for (const unit of units) {
    if (!isProse(unit)) continue;
    const commas = unit.text.split(/[,،、，]/).length;
    const vote = 1 + commas + Math.min(unit.text.length / 100, 3);
    let divider = 1;
    let node = unit.block.tag === "p" ? unit.block.parent : unit.block;
    for (let level = 0; node && level < 5; level++) {
      votes.set(node, (votes.get(node) ?? 0) + vote / divider);
      divider = level === 0 ? 2 : (level + 1) * 3;
      node = node.parent;
    }
  }
  let best: ElementNode | null = null;
  let bestScore = 0;
  for (const [node, vote] of votes) {
    const words = stats.words[node.order] ?? 0;
    const score = vote * (1 - (stats.linkWords[node.order] ?? 0) / Math.max(words, 1));
    if (score > bestScore) {
      best = node;
      bestScore = score;
    }
  }
  return best;
}

/** The lowest element that holds at least this share of the page's running text. */
export function findProseHome(body: ElementNode, stats: ElementStats, share: number): ElementNode {
  const enough = (stats.proseWords[body.order] ?? 0) * share;
  let home = body;
  for (;;) {
    const next = home.children.find(
      (child) => !child.isText && (stats.proseWords[child.order] ?? 0) >= enough,
    );
    if (!next || next.isText || enough === 0) return home;
    home = next;
  }
}
