import { INLINE_MARKS, SKIPPED, TRANSPARENT_INLINE } from "#lib/node/reader/html/block-rules.ts";
import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { needsSpace } from "#lib/node/reader/html/needs-space.ts";
import type { ElementNode, TextNode, TreeNode } from "#lib/node/reader/html/node.ts";
import { isDataTable } from "#lib/node/reader/html/read-table.ts";

/** A stretch of text that is kept or dropped as one: a paragraph, an item, a cell of a layout, a whole data table. */
export interface TextUnit {
  index: number;
  /** The nearest block element around it. */
  block: ElementNode;
  nodes: TextNode[];
  /** Nothing of the block stands before it. */
  first: boolean;
  text: string;
  words: number;
  linkWords: number;
}

const WORD = /[\p{L}\p{N}_]+/gu;

export function countUnitWords(text: string): number {
  let words = 0;
  WORD.lastIndex = 0;
  while (WORD.test(text)) words++;
  return words;
}

/** Splits the body's visible text into units, in document order. */
export function collectTextUnits(body: ElementNode): TextUnit[] {
  const units: TextUnit[] = [];
  let current: TextUnit | null = null;
  let seam = false;

  const close = (): void => {
    if (!current) return;
    current.text = current.text.replace(/\s+/g, " ").trim();
    current.words = countUnitWords(current.text);
    if (current.words > 0 || /\S/.test(current.text)) {
      current.index = units.length;
      current.first = units.at(-1)?.block !== current.block;
      units.push(current);
    }
    current = null;
  };

  const visit = (node: TreeNode, block: ElementNode, inLink: boolean): void => {
    if (units.length >= LIMITS.unitsMax) return;
    if (node.isText) {
      current ??= newUnit(block);
      current.nodes.push(node);
      if (seam && needsSpace(current.text, node.text)) current.text += " ";
      seam = false;
      current.text += node.text;
      if (inLink) current.linkWords += countUnitWords(node.text);
      return;
    }
    if (SKIPPED.has(node.tag) || node.hidden || node.tag === "noscript" || node.tag === "iframe") return;
    const link = inLink || (node.tag === "a" && node.has("href"));
    if (INLINE_MARKS.has(node.tag) || TRANSPARENT_INLINE.has(node.tag)) {
      visitChildren(node, block, link);
      return;
    }
    if (node.tag === "br") {
      if (current) current.text += " ";
      return;
    }
    close();
    if (node.tag === "pre" || (node.tag === "table" && isDataTable(node))) {
      const whole = newUnit(node);
      gather(node, whole, link);
      current = whole;
      close();
      return;
    }
    visitChildren(node, node, link);
    close();
  };

  const visitChildren = (parent: ElementNode, block: ElementNode, inLink: boolean): void => {
    let afterElement = false;
    for (const child of parent.children) {
      if (afterElement && !child.isText) seam = true;
      afterElement = !child.isText;
      visit(child, block, inLink);
    }
  };

  visit(body, body, false);
  close();
  return units;
}

function newUnit(block: ElementNode): TextUnit {
  return { index: 0, block, nodes: [], first: true, text: "", words: 0, linkWords: 0 };
}

function gather(node: TreeNode, unit: TextUnit, inLink: boolean): void {
  if (node.isText) {
    unit.nodes.push(node);
    unit.text += node.text;
    if (inLink) unit.linkWords += countUnitWords(node.text);
    return;
  }
  if (SKIPPED.has(node.tag) || node.hidden) return;
  const inline = INLINE_MARKS.has(node.tag) || TRANSPARENT_INLINE.has(node.tag);
  if (!inline) unit.text += " ";
  for (const child of node.children) gather(child, unit, inLink || (node.tag === "a" && node.has("href")));
  if (!inline) unit.text += " ";
}
