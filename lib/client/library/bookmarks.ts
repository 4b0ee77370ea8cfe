import { openLibrary } from "#lib/client/library/library-db.ts";
import { changed, libraryStore } from "#lib/client/library/library-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import type { BookmarkFolder, BookmarkLink, BookmarkNode } from "#lib/core/library/bookmark.ts";
import {
  fromImport,
  mayMoveInto,
  orderBefore,
  toExport,
  withDescendants,
} from "#lib/core/library/bookmark-tree.ts";
import { formatNetscapeBookmarks, parseNetscapeBookmarks } from "#lib/core/library/netscape-bookmarks.ts";

function all(): readonly BookmarkNode[] {
  return libraryStore.getState().bookmarks;
}

export function findBookmark(url: string): BookmarkLink | undefined {
  return all().find((node): node is BookmarkLink => node.kind === "link" && node.url === url);
}

export async function addBookmark(input: {
  url: string;
  title: string;
  icon: string | null;
  parentId?: string | null;
}): Promise<BookmarkLink> {
  const parentId = input.parentId ?? null;
  const bookmark: BookmarkLink = {
    id: createId(),
    kind: "link",
    url: input.url,
    title: input.title || input.url,
    icon: input.icon,
    parentId,
    order: orderBefore(all(), parentId, null),
    addedAt: Date.now(),
  };
  await restoreBookmarks([bookmark]);
  return bookmark;
}

export async function addFolder(title: string, parentId: string | null = null): Promise<BookmarkFolder> {
  const order = orderBefore(all(), parentId, null);
  const folder: BookmarkFolder = {
    id: createId(),
    kind: "folder",
    title,
    parentId,
    order,
    addedAt: Date.now(),
  };
  await restoreBookmarks([folder]);
  return folder;
}

export async function updateBookmark(id: string, change: { title?: string; url?: string }): Promise<void> {
  const node = all().find((candidate) => candidate.id === id);
  if (!node) return;
  const title = change.title ?? node.title;
  const next = node.kind === "link" ? { ...node, title, url: change.url ?? node.url } : { ...node, title };
  await restoreBookmarks([next]);
}

/** Moves a node into a folder (null: the top), before a sibling or to the end. False when that cannot be. */
export async function moveBookmark(
  id: string,
  place: { parentId: string | null; beforeId: string | null },
): Promise<boolean> {
  const nodes = all();
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node || place.beforeId === id || !mayMoveInto(nodes, id, place.parentId)) return false;
  const others = nodes.filter((candidate) => candidate.id !== id);
  const order = orderBefore(others, place.parentId, place.beforeId);
  await restoreBookmarks([{ ...node, parentId: place.parentId, order }]);
  return true;
}

/** Deletes a bookmark, or a folder with all in it. Answers what went, for `restoreBookmarks`. */
export async function deleteBookmark(id: string): Promise<BookmarkNode[]> {
  const gone = withDescendants(all(), id);
  const db = await openLibrary();
  const transaction = db.transaction("bookmarks", "readwrite");
  for (const node of gone) await transaction.store.delete(node.id);
  await transaction.done;
  await changed("bookmarks");
  return gone;
}

/** Writes nodes as they are: new ones, changed ones, or deleted ones brought back. */
export async function restoreBookmarks(nodes: readonly BookmarkNode[]): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction("bookmarks", "readwrite");
  for (const node of nodes) void transaction.store.put(node);
  await transaction.done;
  await changed("bookmarks");
}

/** Adds a browser's bookmark file in a folder of its own. */
export async function importBookmarks(
  file: string,
  folderTitle: string,
): Promise<{ added: number; skipped: number; truncated: boolean; folderId: string | null }> {
  const { nodes: imported, skipped, truncated } = parseNetscapeBookmarks(file);
  if (imported.length === 0) return { added: 0, skipped, truncated, folderId: null };
  const order = orderBefore(all(), null, null);
  const nodes = fromImport(imported, { folderTitle, now: Date.now(), order, createId });
  await restoreBookmarks(nodes);
  const added = nodes.filter((node) => node.kind === "link").length;
  return { added, skipped, truncated, folderId: nodes[0]?.id ?? null };
}

export function exportBookmarks(): string {
  return formatNetscapeBookmarks(toExport(all()));
}
