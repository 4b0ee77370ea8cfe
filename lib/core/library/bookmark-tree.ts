import type { BookmarkFolder, BookmarkNode } from "#lib/core/library/bookmark.ts";
import type { ExportedNode, ImportedNode } from "#lib/core/library/netscape-bookmarks.ts";

/** Children of a folder (null: the top) in their order. */
export function childrenOf(nodes: readonly BookmarkNode[], parentId: string | null): BookmarkNode[] {
  return nodes.filter((node) => node.parentId === parentId).sort((a, b) => a.order - b.order);
}

/** The names of the folders a node lies in, outermost first. */
export function folderPath(nodes: readonly BookmarkNode[], parentId: string | null): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path: string[] = [];
  // A damaged tree might hold a ring; no path is longer than the tree.
  for (let id = parentId; id !== null && path.length <= nodes.length; ) {
    const folder = byId.get(id);
    if (!folder) break;
    path.unshift(folder.title);
    id = folder.parentId;
  }
  return path;
}

/** A node and everything in it. */
export function withDescendants(nodes: readonly BookmarkNode[], id: string): BookmarkNode[] {
  const found = nodes.filter((node) => node.id === id);
  for (let i = 0; i < found.length && found.length <= nodes.length; i++) {
    const parent = found[i];
    if (parent?.kind === "folder") found.push(...nodes.filter((node) => node.parentId === parent.id));
  }
  return found;
}

/** An order that places a node before `beforeId` (null: at the end) of a folder. */
export function orderBefore(
  nodes: readonly BookmarkNode[],
  parentId: string | null,
  beforeId: string | null,
): number {
  const siblings = childrenOf(nodes, parentId);
  const at = beforeId === null ? siblings.length : siblings.findIndex((node) => node.id === beforeId);
  const place = at < 0 ? siblings.length : at;
  const before = siblings[place - 1]?.order;
  const after = siblings[place]?.order;
  if (before === undefined) return after === undefined ? 0 : after - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}

/** Whether a node may be moved into a folder: not into itself or anything in it. */
export function mayMoveInto(nodes: readonly BookmarkNode[], id: string, parentId: string | null): boolean {
  return parentId === null || !withDescendants(nodes, id).some((node) => node.id === parentId);
}

/** The tree as an export writes it. */
export function toExport(nodes: readonly BookmarkNode[], parentId: string | null = null): ExportedNode[] {
  return childrenOf(nodes, parentId).map((node) =>
    node.kind === "link"
      ? { kind: "link", title: node.title, url: node.url, addedAt: node.addedAt }
      : { kind: "folder", title: node.title, addedAt: node.addedAt, children: toExport(nodes, node.id) },
  );
}

/** Nodes to add for an import, inside a folder of its own so that nothing is mixed up. */
export function fromImport(
  imported: readonly ImportedNode[],
  context: { folderTitle: string; now: number; order: number; createId: () => string },
): BookmarkNode[] {
  const { now, createId } = context;
  const root: BookmarkFolder = {
    id: createId(),
    kind: "folder",
    parentId: null,
    order: context.order,
    title: context.folderTitle,
    addedAt: now,
  };
  const nodes: BookmarkNode[] = [root];
  const add = (list: readonly ImportedNode[], parentId: string): void => {
    list.forEach((item, order) => {
      const base = { id: createId(), parentId, order, title: item.title, addedAt: item.addedAt ?? now };
      if (item.kind === "link") nodes.push({ ...base, kind: "link", url: item.url, icon: null });
      else {
        nodes.push({ ...base, kind: "folder" });
        add(item.children, base.id);
      }
    });
  };
  add(imported, root.id);
  return nodes;
}
