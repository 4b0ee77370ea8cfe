import { FolderPlus } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import { FolderSelect } from "#components/library/folder-select.tsx";
import { FIELD, PRIMARY, QUIET } from "#components/library/styles.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { addFolder, moveBookmark, updateBookmark } from "#lib/client/library/bookmarks.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import type { BookmarkLink } from "#lib/core/library/bookmark.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** The bookmark of the page in front: its name and its folder. What is chosen holds at once. */
export function BookmarkPopover({ onClose }: { onClose: () => void }) {
  const url = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.state.url ?? "",
  );
  const bookmark = useStore(libraryStore, ({ bookmarks }) =>
    bookmarks.find((node): node is BookmarkLink => node.kind === "link" && node.url === url),
  );
  if (!bookmark) return <p className="text-muted">This page is not bookmarked.</p>;
  return <Form key={bookmark.id} bookmark={bookmark} onClose={onClose} />;
}

function Form({ bookmark, onClose }: { bookmark: BookmarkLink; onClose: () => void }) {
  const id = useId();
  const [title, setTitle] = useState(bookmark.title);
  const [folder, setFolder] = useState<string | null>(null);
  const finish = async () => {
    const name = title.trim();
    if (name && name !== bookmark.title) await updateBookmark(bookmark.id, { title: name });
    if (folder?.trim()) {
      const added = await addFolder(folder.trim(), bookmark.parentId);
      await moveBookmark(bookmark.id, { parentId: added.id, beforeId: null });
    }
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void finish();
      }}
    >
      <h2 className="text-base font-semibold max-sm:hidden">Bookmark</h2>
      <div>
        <label htmlFor={`${id}-name`} className="mb-1 block text-xs font-medium text-muted">
          Name
        </label>
        <input
          id={`${id}-name`}
          value={title}
          maxLength={512}
          autoComplete="off"
          onChange={(event) => setTitle(event.target.value)}
          className={FIELD}
        />
      </div>
      <div>
        <label htmlFor={`${id}-folder`} className="mb-1 block text-xs font-medium text-muted">
          Folder
        </label>
        <FolderSelect
          id={`${id}-folder`}
          value={bookmark.parentId}
          onChange={(parentId) => void moveBookmark(bookmark.id, { parentId, beforeId: null })}
        />
      </div>
      {folder === null ? (
        <button type="button" className={`${QUIET} self-start`} onClick={() => setFolder("")}>
          <FolderPlus aria-hidden className="size-4" />
          New folder
        </button>
      ) : (
        <input
          aria-label="Name of the new folder"
          // biome-ignore lint/a11y/noAutofocus: the person just asked for this field
          autoFocus
          value={folder}
          maxLength={128}
          placeholder="Name of the new folder"
          autoComplete="off"
          onChange={(event) => setFolder(event.target.value)}
          className={FIELD}
        />
      )}
      <div className="flex justify-between gap-2 pt-1">
        <button
          type="button"
          className={QUIET}
          onClick={() => {
            onClose();
            runCommand("library.removeBookmark");
          }}
        >
          Remove
        </button>
        <button type="submit" className={PRIMARY}>
          Done
        </button>
      </div>
    </form>
  );
}
