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

/** The DOM range of a stretch of a block's text. Null when the block holds no text or is drawn without it. */
export function createDomRange(blockElement: HTMLElement, start: number, end: number): Range | null {
  const holders = holdersOf(blockElement);
  const first = holders.findLast((holder) => offsetOf(holder) <= start) ?? holders[0];
  const last = holders.findLast((holder) => offsetOf(holder) < end) ?? first;
  if (!first || !last) return null;
  const range = document.createRange();
  setBoundary(range, "start", first, start - offsetOf(first));
  setBoundary(range, "end", last, end - offsetOf(last));
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

function holdersOf(blockElement: HTMLElement): HTMLElement[] {
  const own = blockElement.matches(HOLDER) ? [blockElement] : [];
  return [...own, ...blockElement.querySelectorAll<HTMLElement>(HOLDER)].filter(
    (holder) => holder.closest("[data-block-id]") === blockElement,
  );
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

function setBoundary(range: Range, side: "start" | "end", holder: HTMLElement, offset: number): void {
  const set = (node: Node, at: number): void =>
    side === "start" ? range.setStart(node, at) : range.setEnd(node, at);
  if (holder.dataset.atomic !== undefined) {
    set(holder, side === "start" ? 0 : holder.childNodes.length);
    return;
  }
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last: Node | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    // A start at the very end of a node belongs to the next one, or its box would be empty.
    if (left < length || (side === "end" && left === length)) {
      set(node, Math.max(0, left));
      return;
    }
    left -= length;
    last = node;
  }
  set(last ?? holder, last?.nodeValue?.length ?? 0);
}
