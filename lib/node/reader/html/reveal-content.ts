import {
  descendants,
  type ElementNode,
  findFirst,
  plainText,
  type TreeNode,
} from "#lib/node/reader/html/node.ts";

/** Below this a `<noscript>` holds a notice ("enable JavaScript"), above it the page itself. */
const NOSCRIPT_PAGE_UNITS_MIN = 400;
/** Putting one in place costs as much as it has siblings. */
const REVEALED_MAX = 200;

/**
 * Puts in place what the page's own first script would: content streamed in
 * hidden containers behind React's Suspense boundaries, and whole pages kept in
 * `<noscript>` for visitors without scripts (as Discourse and Flarum do). Changes
 * the tree in place.
 */
export function revealContent(body: ElementNode): void {
  const boundaries = new Map<string, ElementNode>();
  const streamed: ElementNode[] = [];
  const noscripts: ElementNode[] = [];
  for (const node of descendants(body)) {
    if (node.tag === "noscript") noscripts.push(node);
    const id = node.attribute("id");
    if (node.tag === "template" && /^[BP]:/.test(id)) boundaries.set(id.slice(2), node);
    else if (node.has("hidden") && id.startsWith("S:")) streamed.push(node);
  }
  for (const segment of streamed.slice(0, REVEALED_MAX)) {
    const boundary = boundaries.get(segment.attribute("id").slice(2));
    if (boundary) replaceWithChildren(boundary, detach(segment));
    else segment.attributes?.delete("hidden");
  }
  for (const noscript of noscripts.slice(0, REVEALED_MAX)) {
    const isPage =
      plainText(noscript, 40 * NOSCRIPT_PAGE_UNITS_MIN).length > NOSCRIPT_PAGE_UNITS_MIN &&
      findFirst(noscript, (node) => node.tag === "p" || node.tag === "article" || node.tag === "h1") !== null;
    if (isPage) replaceWithChildren(noscript, noscript.children);
  }
}

function detach(node: ElementNode): TreeNode[] {
  const { parent, children } = node;
  if (parent) parent.children = parent.children.filter((child) => child !== node);
  return children;
}

function replaceWithChildren(node: ElementNode, children: readonly TreeNode[]): void {
  const { parent } = node;
  if (!parent) return;
  const at = parent.children.indexOf(node);
  if (at < 0) return;
  for (const child of children) child.parent = parent;
  parent.children = [...parent.children.slice(0, at), ...children, ...parent.children.slice(at + 1)];
}
