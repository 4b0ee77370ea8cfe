/**
 * A light HTML tree: parents, children, attributes and nothing else. Building
 * and walking it costs a fraction of a DOM's, and no page script can ever see it.
 */
export class TextNode {
  readonly isText = true;
  text: string;
  parent: ElementNode | null = null;

  constructor(text: string) {
    this.text = text;
  }
}

export class ElementNode {
  readonly isText = false;
  readonly tag: string;
  attributes: Map<string, string> | null;
  children: TreeNode[] = [];
  parent: ElementNode | null = null;
  /** Position in document order; what later passes index their tables with. */
  order = 0;
  /** The page keeps it from a reader's eye. */
  hidden = false;

  constructor(tag: string, attributes: Map<string, string> | null) {
    this.tag = tag;
    this.attributes = attributes;
  }

  attribute(name: string): string {
    return this.attributes?.get(name) ?? "";
  }

  has(name: string): boolean {
    return this.attributes?.has(name) ?? false;
  }

  append(child: TreeNode): void {
    child.parent = this;
    this.children.push(child);
  }
}

export type TreeNode = ElementNode | TextNode;

/** Elements below `root` in document order, `root` excluded. */
export function* descendants(root: ElementNode): Generator<ElementNode> {
  const stack: ElementNode[] = [];
  pushChildren(root, stack);
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    pushChildren(node, stack);
  }
}

function pushChildren(node: ElementNode, stack: ElementNode[]): void {
  for (let i = node.children.length - 1; i >= 0; i--) {
    const child = node.children[i];
    if (child && !child.isText) stack.push(child);
  }
}

export function findFirst(root: ElementNode, test: (node: ElementNode) => boolean): ElementNode | null {
  for (const node of descendants(root)) if (test(node)) return node;
  return null;
}

export function findAll(root: ElementNode, test: (node: ElementNode) => boolean): ElementNode[] {
  const found: ElementNode[] = [];
  for (const node of descendants(root)) if (test(node)) found.push(node);
  return found;
}

export function closest(node: ElementNode | null, test: (node: ElementNode) => boolean): ElementNode | null {
  for (let at = node; at; at = at.parent) if (test(at)) return at;
  return null;
}

/** All text below a node, as written, at most about `unitsMax` UTF-16 units. */
export function rawText(root: TreeNode, unitsMax = Number.POSITIVE_INFINITY): string {
  if (root.isText) return root.text;
  let text = "";
  const stack: TreeNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.isText) {
      text += node.text;
      if (text.length > unitsMax) break;
    } else {
      if (node.tag === "br") text += "\n";
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as TreeNode);
    }
  }
  return text;
}

/** `rawText` with white space collapsed and trimmed. */
export function plainText(root: TreeNode, unitsMax?: number): string {
  return collapse(rawText(root, unitsMax));
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Numbers the elements in document order, from 0; returns how many there are. */
export function numberElements(root: ElementNode): number {
  root.order = 0;
  let order = 1;
  for (const node of descendants(root)) node.order = order++;
  return order;
}
