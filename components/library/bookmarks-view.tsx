import { FolderPlus, SearchX, Star } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { BookmarkLine } from "#components/library/bookmark-line.tsx";
import { ImportExport } from "#components/library/import-export.tsx";
import { Empty } from "#components/library/notes.tsx";
import { SearchField } from "#components/library/search-field.tsx";
import { OUTLINED } from "#components/library/styles.ts";
import { addFolder, deleteBookmark, moveBookmark, restoreBookmarks } from "#lib/client/library/bookmarks.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import {
  bookmarkRows,
  type DropZone,
  dropPlace,
  type MoveDirection,
  stepBookmark,
} from "#lib/core/library/bookmark-rows.ts";
import { folderPath } from "#lib/core/library/bookmark-tree.ts";
import { matchesWords } from "#lib/core/library/matches-words.ts";

/** The tree of bookmarks: drag, or Alt with the arrows, to order it. */
export function BookmarksView({ onClose }: { onClose: () => void }) {
  const nodes = useStore(libraryStore, (state) => state.bookmarks);
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(nodes.map(({ id }) => id)));
  const [editing, setEditing] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const rows = useMemo(
    () =>
      query.trim()
        ? nodes
            .filter((node) => matchesWords(query, `${node.title} ${node.kind === "link" ? node.url : ""}`))
            .map((node) => ({ node, depth: 0, count: 0 }))
        : bookmarkRows(nodes, open),
    [nodes, open, query],
  );

  const toggle = (id: string, wanted?: boolean) => {
    const next = new Set(open);
    if (wanted ?? !next.has(id)) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const remove = async (node: BookmarkNode) => {
    const gone = await deleteBookmark(node.id);
    const count = gone.length - 1;
    const what = count > 0 ? `${node.title} and ${count} in it deleted` : `${node.title} deleted`;
    offerUndo(what, () => restoreBookmarks(gone));
  };
  const step = async (node: BookmarkNode, direction: MoveDirection) => {
    const place = stepBookmark(nodes, node.id, direction);
    if (!place || !(await moveBookmark(node.id, place))) return;
    if (place.parentId) toggle(place.parentId, true);
    const folder = folderPath(nodes, place.parentId).at(-1) ?? "Bookmarks";
    announce(
      `${node.title} moved ${direction === "up" || direction === "down" ? direction : `to ${folder}`}`,
    );
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-bookmark="${node.id}"] [data-main]`)?.focus(),
    );
  };
  const drop = async (target: BookmarkNode, zone: DropZone) => {
    const id = dragged;
    setDragged(null);
    if (id === null || id === target.id) return;
    if ((await moveBookmark(id, dropPlace(nodes, target, zone))) && zone === "inside")
      toggle(target.id, true);
  };

  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchField label="Search bookmarks" value={query} onChange={setQuery} />
        <button
          type="button"
          className={OUTLINED}
          onClick={async () => {
            setQuery("");
            setEditing((await addFolder("New folder")).id);
          }}
        >
          <FolderPlus aria-hidden className="size-4" />
          Folder
        </button>
        <ImportExport
          onImported={(folderId) => {
            setQuery("");
            toggle(folderId, true);
          }}
        />
      </div>
      {nodes.length === 0 && (
        <Empty icon={Star} title="No bookmarks yet">
          Press the star in the address field to keep a page here, or import the bookmarks of another browser.
        </Empty>
      )}
      {nodes.length > 0 && rows.length === 0 && (
        <Empty icon={SearchX} title={`Nothing found for “${query}”`} />
      )}
      <ul ref={list} aria-label="Bookmarks">
        {rows.map(({ node, depth, count }) => (
          <BookmarkLine
            key={node.id}
            node={node}
            depth={depth}
            count={count}
            path={query.trim() ? folderPath(nodes, node.parentId).join(" / ") : ""}
            isOpen={open.has(node.id)}
            isEditing={editing === node.id}
            isDragged={dragged === node.id}
            isDragging={dragged !== null}
            onToggle={() => toggle(node.id)}
            onEdit={(wanted) => setEditing(wanted ? node.id : null)}
            onDelete={() => void remove(node)}
            onStep={(direction) => void step(node, direction)}
            onDrag={(wanted) => setDragged(wanted ? node.id : null)}
            onDrop={(zone) => void drop(node, zone)}
            onClose={onClose}
          />
        ))}
      </ul>
    </>
  );
}
