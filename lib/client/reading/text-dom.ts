import type { TextRange } from "#lib/core/reading/find.ts";

/**
 * The bridge between a block's plain text and the DOM that draws it. Blocks carry
 * `data-block-id`; the elements that hold their text carry `data-text`, the offset
 * at which their text begins in the block's own text. Nothing but that text stands
 * inside such an element, so offsets can be counted over its text nodes.
 * `data-atomic` marks text drawn as something else (a formula): all of it or none.
 */

const HOLDER = "[data-text]";

export function findBlockElement(root: ParentNode, blockId: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-block-id="${CSS.escape(blockId)}"]`);
}

/** Where the text of one block stands in the DOM, looked up once for many ranges. Void as soon as the block is drawn anew. */
export interface TextPlaces {
  holders: readonly { element: HTMLElement; offset: number }[];
  /** The text nodes of each holder, with the offsets in the holder at which they begin. */
  nodes: Map<HTMLElement, readonly { node: Text; start: number }[]>;
}

export function readTextPlaces(blockElement: HTMLElement): TextPlaces {
  const own = blockElement.matches(HOLDER) ? [blockElement] : [];
  const holders = [...own, ...blockElement.querySelectorAll<HTMLElement>(HOLDER)]
    .filter((holder) => holder.closest("[data-block-id]") === blockElement)
    .map((element) => ({ element, offset: offsetOf(element) }));
  return { holders, nodes: new Map() };
}

/** The DOM range of a stretch of a block's text. Null when the block holds no text or is drawn without it. */
export function createDomRange(
  blockElement: HTMLElement,
  start: number,
  end: number,
  places: TextPlaces = readTextPlaces(blockElement),
): Range | null {
  const first = places.holders[lastAtOrBelow(places.holders, start, "offset")] ?? places.holders[0];
  const last = places.holders[lastAtOrBelow(places.holders, end - 1, "offset")] ?? first;
  if (!first || !last) return null;
  const range = document.createRange();
  const from = findBoundary(places, first.element, start - first.offset, "start");
  const to = findBoundary(places, last.element, end - last.offset, "end");
  range.setStart(from.node, from.at);
  range.setEnd(to.node, to.at);
  return range;
}

/** The stretches of text a DOM range covers, one a block, in reading order. */
export function readTextRanges(root: HTMLElement, range: Range): TextRange[] {
  const ranges: TextRange[] = [];
  for (const holder of holdersIn(root, range)) {
    const blockId = holder.closest<HTMLElement>("[data-block-id]")?.dataset.blockId;
    if (!blockId || !range.intersectsNode(holder)) continue;
    const base = offsetOf(holder);
    const length = textLength(holder);
    const isAtomic = holder.dataset.atomic !== undefined;
    const start = isAtomic || !holder.contains(range.startContainer) ? 0 : offsetIn(holder, range, "start");
    const end = isAtomic || !holder.contains(range.endContainer) ? length : offsetIn(holder, range, "end");
    if (start >= end) continue;
    const previous = ranges.at(-1);
    if (previous?.blockId === blockId) previous.end = base + end;
    else ranges.push({ blockId, start: base + start, end: base + end });
  }
  return ranges;
}

function holdersIn(root: HTMLElement, range: Range): HTMLElement[] {
  const common = range.commonAncestorContainer;
  const element = common instanceof HTMLElement ? common : common.parentElement;
  const outer = element?.closest<HTMLElement>(HOLDER);
  if (outer) return [outer];
  const scope = element && root.contains(element) ? element : root;
  return [...scope.querySelectorAll<HTMLElement>(HOLDER)];
}

const offsetOf = (holder: HTMLElement): number => Number(holder.dataset.text) || 0;

function textLength(holder: HTMLElement): number {
  return holder.dataset.atomic === undefined
    ? (holder.textContent?.length ?? 0)
    : Number(holder.dataset.atomic) || 0;
}

function offsetIn(holder: HTMLElement, range: Range, side: "start" | "end"): number {
  const before = document.createRange();
  before.setStart(holder, 0);
  if (side === "start") before.setEnd(range.startContainer, range.startOffset);
  else before.setEnd(range.endContainer, range.endOffset);
  return before.toString().length;
}

function findBoundary(
  places: TextPlaces,
  holder: HTMLElement,
  offset: number,
  side: "start" | "end",
): { node: Node; at: number } {
  if (holder.dataset.atomic !== undefined) {
    return { node: holder, at: side === "start" ? 0 : holder.childNodes.length };
  }
  const nodes = places.nodes.get(holder) ?? readTextNodes(holder);
  places.nodes.set(holder, nodes);
  // A start at the very end of a node belongs to the next one, or its box would be empty.
  const index = lastAtOrBelow(nodes, side === "start" ? offset : offset - 1, "start");
  const found = nodes[Math.max(0, index)];
  if (!found) return { node: holder, at: 0 };
  return { node: found.node, at: Math.min(found.node.length, Math.max(0, offset - found.start)) };
}

function readTextNodes(holder: HTMLElement): { node: Text; start: number }[] {
  const nodes: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  let start = 0;
  for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
    if (node.length > 0) nodes.push({ node, start });
    start += node.length;
  }
  return nodes;
}

/** Index of the last entry whose `key` is at or below a value; entries are in order. -1: none is. */
function lastAtOrBelow<Key extends string>(
  entries: readonly Record<Key, number>[],
  value: number,
  key: Key,
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.[key] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
