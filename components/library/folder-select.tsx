import { useStore } from "zustand";
import { libraryStore } from "#lib/client/library/library-store.ts";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import { childrenOf, mayMoveInto } from "#lib/core/library/bookmark-tree.ts";

interface FolderSelectProps {
  id: string;
  value: string | null;
  onChange: (parentId: string | null) => void;
  /** A folder cannot lie in itself: what may not hold this node is left out. */
  forNode?: string | undefined;
}

/** Which folder a bookmark lies in; indented as the folders lie in each other. */
export function FolderSelect({ id, value, onChange, forNode }: FolderSelectProps) {
  const nodes = useStore(libraryStore, (state) => state.bookmarks);
  return (
    <select
      id={id}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
      className="min-h-10 w-full rounded-control border border-line bg-raised px-2 text-sm text-ink pointer-coarse:min-h-11"
    >
      <option value="">Bookmarks</option>
      {foldersIn(nodes, null, 1).map(({ node, depth }) =>
        forNode === undefined || mayMoveInto(nodes, forNode, node.id) ? (
          <option key={node.id} value={node.id}>
            {`${"\u2003".repeat(depth)}${node.title}`}
          </option>
        ) : null,
      )}
    </select>
  );
}

function foldersIn(
  nodes: readonly BookmarkNode[],
  parentId: string | null,
  depth: number,
): { node: BookmarkNode; depth: number }[] {
  return childrenOf(nodes, parentId).flatMap((node) =>
    node.kind === "folder" ? [{ node, depth }, ...foldersIn(nodes, node.id, depth + 1)] : [],
  );
}
