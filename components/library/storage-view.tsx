import { HardDrive, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import { Confirm } from "#components/library/notes.tsx";
import { DANGER, OUTLINED } from "#components/library/styles.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import {
  deleteEverything,
  getStorageUse,
  requestPersistence,
  type StorageUse,
} from "#lib/client/library/storage.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";
import { formatBytes } from "#lib/core/library/format-bytes.ts";

/** How much is kept on this device, how safe it is there, and the way to be rid of it. */
export function StorageView() {
  const { addresses, bookmarks, savedPages, downloads } = useStore(libraryStore);
  const [use, setUse] = useState<StorageUse | null>(null);
  const [confirming, setConfirming] = useState(false);
  const [failed, setFailed] = useState(false);
  const refresh = useCallback(() => void getStorageUse().then(setUse), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept has changed
  useEffect(refresh, [refresh, savedPages]);

  const kept = [
    ["Pages visited", "history", String(addresses.length)],
    ["Bookmarks", "bookmarks", String(bookmarks.filter(({ kind }) => kind === "link").length)],
    [
      "Saved pages",
      "readingList",
      `${savedPages.length} · ${formatBytes(savedPages.reduce((sum, { bytes }) => sum + bytes, 0))}`,
    ],
    ["Downloads listed", "downloads", String(downloads.length)],
  ] as const;
  return (
    <div className="flex flex-col gap-6 text-sm">
      <div className="rounded-panel border border-line bg-raised p-4">
        <p className="flex items-center gap-3 font-medium">
          <HardDrive aria-hidden className="size-4 text-muted" />
          {use?.used == null
            ? "This browser does not say how much Qui uses."
            : `${formatBytes(use.used)} used by Qui`}
        </p>
        {use?.used != null && use.quota ? (
          <>
            <div className="mt-3 h-1.5 overflow-hidden rounded-full bg-pressed">
              <div
                className="h-full min-w-1 rounded-full bg-accent"
                style={{ width: `${Math.min(100, (use.used / use.quota) * 100)}%` }}
              />
            </div>
            <p className="mt-2 text-xs text-muted">
              Of about {formatBytes(use.quota)} that this browser would give it. The app itself is part of
              that.
            </p>
          </>
        ) : null}
      </div>
      <ul>
        {kept.map(([label, section, amount]) => (
          <li key={section}>
            <button
              type="button"
              onClick={() => openDialog(`library ${section}`)}
              className="flex min-h-11 w-full items-center justify-between gap-4 rounded-control px-3 hover:bg-hover"
            >
              <span>{label}</span>
              <span className="text-muted tabular-nums">{amount}</span>
            </button>
          </li>
        ))}
      </ul>
      {use && (
        <div className="flex flex-wrap items-center gap-3 px-3">
          {use.persisted ? (
            <ShieldCheck aria-hidden className="size-4 shrink-0 text-good" />
          ) : (
            <ShieldQuestion aria-hidden className="size-4 shrink-0 text-muted" />
          )}
          <p className="min-w-52 flex-1 text-pretty text-muted">
            {use.persisted
              ? "This browser has promised to keep what is saved here until you delete it."
              : "This browser may delete what is saved here when the device runs short of space. Installing Qui, or bookmarking it in the browser, often makes it promise not to."}
          </p>
          {!use.persisted && (
            <button
              type="button"
              className={OUTLINED}
              onClick={() => void requestPersistence().then(refresh)}
            >
              Ask it to keep them
            </button>
          )}
        </div>
      )}
      <div className="border-t border-line pt-5">
        {confirming ? (
          <Confirm
            question="Delete all history, bookmarks, saved pages, tabs and settings on this device, and what live pages keep for you on the server? This cannot be undone. Close other windows of Qui first: they would write their tabs again."
            action="Delete everything"
            onCancel={() => setConfirming(false)}
            onConfirm={() =>
              deleteEverything().then(
                () => window.location.replace("/"),
                () => {
                  setConfirming(false);
                  setFailed(true);
                },
              )
            }
          />
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-3 px-3">
            <p className="min-w-52 flex-1 text-muted">
              {failed
                ? "Not everything could be deleted. Try again when you are online, or clear Qui’s data in the settings of your browser."
                : "History, bookmarks, saved pages, tabs and settings, which are kept nowhere else, and what live pages keep for you on the server."}
            </p>
            <button type="button" className={DANGER} onClick={() => setConfirming(true)}>
              Delete everything…
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
