import { BookOpen, Circle, CircleCheck, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { Empty } from "#components/library/notes.tsx";
import { PageRow, ROW_BUTTON } from "#components/library/page-row.tsx";
import { ChoiceRow } from "#components/ui/choice-row.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { removeSaved } from "#lib/client/library/save-shown.ts";
import { markRead, saveAgain } from "#lib/client/library/saved-pages.ts";
import { formatBytes } from "#lib/core/library/format-bytes.ts";
import type { SavedPage } from "#lib/core/library/saved-page.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";
import { formatReadingTime, readingMinutes } from "#lib/core/reading/reading-time.ts";

const FILTERS = [
  { value: "unread", label: "Unread" },
  { value: "all", label: "All" },
] as const;

/** Pages kept on this device for reading without a connection. */
export function ReadingListView({ onClose }: { onClose: () => void }) {
  const saved = useStore(libraryStore, (state) => state.savedPages);
  const [filter, setFilter] = useState<"unread" | "all">("all");
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  if (saved.length === 0) {
    return (
      <Empty icon={BookOpen} title="Nothing saved yet">
        Save a page for offline with the button in the address field, and read it here later, with its
        pictures, also without a connection.
      </Empty>
    );
  }
  const again = async (page: SavedPage) => {
    setBusy(page.url);
    setFailed(null);
    const done = await saveAgain(page.url).catch(() => false);
    setBusy(null);
    if (!done) setFailed(page.url);
  };
  const shown = saved.filter((page) => filter === "all" || page.readAt === null);
  const bytes = saved.reduce((sum, page) => sum + page.bytes, 0);
  return (
    <>
      <div className="mb-2 flex flex-wrap items-end justify-between gap-3">
        <p className="text-sm text-muted tabular-nums">
          {saved.length === 1 ? "1 page" : `${saved.length} pages`}, {formatBytes(bytes)} on this device
        </p>
        <div className="w-44 [&_legend]:sr-only">
          <ChoiceRow legend="Shown" options={FILTERS} value={filter} onChange={setFilter} />
        </div>
      </div>
      {shown.length === 0 && <Empty icon={CircleCheck} title="All read" />}
      <ul>
        {shown.map((page) => (
          <li key={page.url}>
            <PageRow
              url={page.url}
              title={page.title}
              icon={page.icon}
              strong={page.readAt === null}
              detail={
                page.url === failed ? "Could not be fetched again; the saved copy is kept." : detailOf(page)
              }
              onOpen={() => {
                void markRead(page.url, Date.now());
                onClose();
              }}
            >
              <IconButton
                label={page.readAt === null ? `Mark as read: ${page.title}` : `Mark as unread: ${page.title}`}
                className={ROW_BUTTON}
                onClick={() => void markRead(page.url, page.readAt === null ? Date.now() : null)}
              >
                {page.readAt === null ? (
                  <Circle aria-hidden className="size-4" />
                ) : (
                  <CircleCheck aria-hidden className="size-4 text-good" />
                )}
              </IconButton>
              <IconButton
                label={`Save again: ${page.title}`}
                className={ROW_BUTTON}
                disabled={busy !== null || page.status === "saving"}
                onClick={() => void again(page)}
              >
                {busy === page.url || page.status === "saving" ? (
                  <Spinner />
                ) : (
                  <RefreshCw aria-hidden className="size-4" />
                )}
              </IconButton>
              <IconButton
                label={`Remove ${page.title}`}
                className={ROW_BUTTON}
                onClick={() => void removeSaved(page.url)}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            </PageRow>
          </li>
        ))}
      </ul>
    </>
  );
}

function detailOf(page: SavedPage): string {
  const status = {
    saving: "Saving…",
    partial: "Some pictures are missing",
    failed: "Not saved",
    saved: null,
  };
  return [
    page.siteName ?? describeAddress(page.url).main,
    formatReadingTime(readingMinutes(page.wordCount, null)),
    formatBytes(page.bytes),
    status[page.status],
  ]
    .filter(Boolean)
    .join(" · ");
}
