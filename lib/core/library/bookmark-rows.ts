import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import { childrenOf } from "#lib/core/library/bookmark-tree.ts";

export interface BookmarkRow {
  node: BookmarkNode;
  /** 0 at the top. */
  depth: number;
  /** Bookmarks and folders directly inside; 0 for a bookmark. */
  count: number;
}

/** The tree as lines of a list, without what lies in closed folders. */
export function bookmarkRows(
  nodes: readonly BookmarkNode[],
  open: ReadonlySet<string>,
  parentId: string | null = null,
  depth = 0,
): BookmarkRow[] {
  return childrenOf(nodes, parentId).flatMap((node) => {
    const row = { node, depth, count: node.kind === "folder" ? childrenOf(nodes, node.id).length : 0 };
    const inside =
      node.kind === "folder" && open.has(node.id) ? bookmarkRows(nodes, open, node.id, depth + 1) : [];
    return [row, ...inside];
  });
}

export type MoveDirection = "up" | "down" | "in" | "out";

/**
 * Where a node goes by one step of the keyboard: among its siblings, into the
 * folder before it, or out of the one it is in. Null where there is no such place.
 */
export function stepBookmark(
  nodes: readonly BookmarkNode[],
  id: string,
  direction: MoveDirection,
): { parentId: string | null; beforeId: string | null } | null {
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node) return null;
  const siblings = childrenOf(nodes, node.parentId);
  const at = siblings.findIndex((sibling) => sibling.id === id);
  const before = siblings[at - 1];
  switch (direction) {
    case "up":
      return before ? { parentId: node.parentId, beforeId: before.id } : null;
    case "down":
      return siblings[at + 1] ? { parentId: node.parentId, beforeId: siblings[at + 2]?.id ?? null } : null;
    case "in":
      return before?.kind === "folder" ? { parentId: before.id, beforeId: null } : null;
    case "out": {
      const parent = nodes.find((candidate) => candidate.id === node.parentId);
      if (!parent) return null;
      const uncles = childrenOf(nodes, parent.parentId);
      const next = uncles[uncles.findIndex((uncle) => uncle.id === parent.id) + 1];
      return { parentId: parent.parentId, beforeId: next?.id ?? null };
    }
  }
}

export type DropZone = "before" | "inside" | "after";

/** The part of a row a pointer is over: folders take things into their middle half. */
export function dropZone(share: number, isFolder: boolean): DropZone {
  if (!isFolder) return share < 0.5 ? "before" : "after";
  if (share < 0.25) return "before";
  return share > 0.75 ? "after" : "inside";
}

/** The place a drop on a row means. */
export function dropPlace(
  nodes: readonly BookmarkNode[],
  target: BookmarkNode,
  zone: DropZone,
): { parentId: string | null; beforeId: string | null } {
  if (zone === "inside") return { parentId: target.id, beforeId: null };
  if (zone === "before") return { parentId: target.parentId, beforeId: target.id };
  const siblings = childrenOf(nodes, target.parentId);
  const next = siblings[siblings.findIndex((sibling) => sibling.id === target.id) + 1];
  return { parentId: target.parentId, beforeId: next?.id ?? null };
}
