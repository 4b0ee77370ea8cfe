import { Download as DownloadIcon, FileDown, FileX2, X } from "lucide-react";
import { useStore } from "zustand";
import { Empty } from "#components/library/notes.tsx";
import { ROW_BUTTON } from "#components/library/page-row.tsx";
import { QUIET } from "#components/library/styles.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { deleteDownloads, restoreDownloads } from "#lib/client/library/downloads.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import type { Download } from "#lib/core/library/download.ts";
import { formatBytes } from "#lib/core/library/format-bytes.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";

/** Files made from pages. They lie where this browser puts its downloads; here stands what they were. */
export function DownloadsView({ onClose }: { onClose: () => void }) {
  const downloads = useStore(libraryStore, (state) => state.downloads);
  const remove = async (gone: readonly Download[], said: string) => {
    await deleteDownloads(gone.map(({ id }) => id));
    offerUndo(said, () => restoreDownloads(gone));
  };
  if (downloads.length === 0) {
    return (
      <Empty icon={DownloadIcon} title="No downloads yet">
        Save a page as Markdown, text or JSON, or one of its pictures, and it is listed here. The file itself
        goes to your browser’s downloads.
      </Empty>
    );
  }
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-3">
        <p className="text-sm text-muted">The files lie in your browser’s downloads.</p>
        <button type="button" className={QUIET} onClick={() => void remove(downloads, "List cleared")}>
          Clear list
        </button>
      </div>
      <ul>
        {downloads.map((download) => (
          <li key={download.id} className="flex items-center gap-1 rounded-control hover:bg-hover">
            <button
              type="button"
              className="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-control px-2 py-1.5 text-start text-sm"
              onClick={() => {
                onClose();
                runCommand("page.openInNewTab", { url: download.pageUrl });
              }}
            >
              {download.state === "running" ? (
                <Spinner />
              ) : download.state === "failed" ? (
                <FileX2 aria-hidden className="size-4 shrink-0 text-bad" />
              ) : (
                <FileDown aria-hidden className="size-4 shrink-0 text-muted" />
              )}
              <span className="min-w-0 flex-1">
                <span className="block truncate">{download.name}</span>
                <span className="block truncate text-xs text-muted">{detailOf(download)}</span>
              </span>
            </button>
            <IconButton
              label={`Remove ${download.name} from the list`}
              className={ROW_BUTTON}
              onClick={() => void remove([download], "Entry removed")}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  );
}

function detailOf({ state, bytes, startedAt, pageUrl }: Download): string {
  const size = { running: "On its way", failed: "Failed", done: formatBytes(bytes) }[state];
  const at = new Date(startedAt).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  return `${size} · ${at} · from ${shortAddress(pageUrl)}`;
}
