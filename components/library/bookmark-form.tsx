import { useId, useState } from "react";
import { FolderSelect } from "#components/library/folder-select.tsx";
import { FIELD, PRIMARY, QUIET } from "#components/library/styles.ts";
import { moveBookmark, updateBookmark } from "#lib/client/library/bookmarks.ts";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import { parseAddress } from "#lib/core/url/parse-address.ts";

/** Name, address and folder of a bookmark, in its place in the list. */
export function BookmarkForm({ node, onDone }: { node: BookmarkNode; onDone: () => void }) {
  const id = useId();
  const [parentId, setParentId] = useState(node.parentId);
  const [wrong, setWrong] = useState(false);
  const submit = async (fields: FormData) => {
    const title = String(fields.get("title") ?? "").trim() || node.title;
    const typed = String(fields.get("url") ?? "").trim();
    const address = node.kind === "link" ? parseAddress(typed) : null;
    if (address && address.kind !== "url") return setWrong(true);
    await updateBookmark(node.id, address ? { title, url: address.url } : { title });
    if (parentId !== node.parentId) await moveBookmark(node.id, { parentId, beforeId: null });
    onDone();
  };
  return (
    <form
      className="my-1 flex flex-col gap-2 rounded-control border border-line bg-raised p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        event.nativeEvent.stopImmediatePropagation();
        onDone();
      }}
    >
      <input
        name="title"
        aria-label="Name"
        // biome-ignore lint/a11y/noAutofocus: the person just pressed Edit
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        defaultValue={node.title}
        maxLength={512}
        autoComplete="off"
        className={FIELD}
      />
      {node.kind === "link" && (
        <input
          name="url"
          aria-label="Address"
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          inputMode="url"
          spellCheck={false}
          defaultValue={node.url}
          maxLength={8192}
          autoComplete="off"
          className={FIELD}
        />
      )}
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="text-sm text-bad">
          This is no address of a page. It should look like https://example.org/page.
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <div className="min-w-40 flex-1">
          <label htmlFor={`${id}-folder`} className="sr-only">
            Folder
          </label>
          <FolderSelect id={`${id}-folder`} value={parentId} onChange={setParentId} forNode={node.id} />
        </div>
        <button type="button" className={QUIET} onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className={PRIMARY}>
          Save
        </button>
      </div>
    </form>
  );
}
