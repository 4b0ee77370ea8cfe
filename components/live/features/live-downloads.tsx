import { useStore } from "zustand";
import { CardButton } from "#components/live/features/question-card.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { dropDownload, liveDownloadStore, saveDownload } from "#lib/client/live/features/follow-downloads.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { formatArrived } from "#lib/core/library/format-bytes.ts";

/** What the page is sending, and what it sent without being asked, which is saved only on a word. */
export function LiveDownloads({ tab }: { tab: LiveTab }) {
  const all = useStore(liveDownloadStore, ({ downloads }) => downloads);
  const own = all.filter(({ panelId }) => panelId === tab.panelId);
  if (own.length === 0) return null;
  return (
    <ul
      aria-label="Downloads of the page"
      className="pointer-events-auto absolute inset-e-3 bottom-3 flex w-72 max-w-[calc(100%-24px)] flex-col gap-2"
    >
      {own.map((download) => (
        <li
          key={download.id}
          className="flex flex-col gap-2 rounded-panel bg-raised p-3 text-sm text-ink shadow-float"
        >
          <span className="line-clamp-3 [overflow-wrap:anywhere]" title={download.name}>
            {download.name}
          </span>
          {download.state === "running" ? (
            <>
              <ProgressBar
                label={`Receiving ${download.name}`}
                share={download.totalBytes > 0 ? download.receivedBytes / download.totalBytes : null}
              />
              <span className="text-xs text-muted tabular-nums">{formatArrived(download)}</span>
            </>
          ) : (
            <span className="flex justify-end gap-2">
              <CardButton onClick={() => dropDownload(download.id)}>Discard</CardButton>
              <CardButton kind="main" onClick={() => saveDownload(tab, download)}>
                Save
              </CardButton>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
