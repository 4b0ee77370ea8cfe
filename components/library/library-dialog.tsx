import { BookOpen, Clock, Download, HardDrive, SlidersHorizontal, Star } from "lucide-react";
import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { Loading, Unavailable } from "#components/library/notes.tsx";
import { UndoBar } from "#components/library/undo-bar.tsx";
import { cx } from "#components/ui/class-names.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";

interface Section {
  id: string;
  label: string;
  Icon: ComponentType<{ className?: string }>;
  View: ComponentType<{ onClose: () => void }>;
}

const SECTIONS: readonly Section[] = [
  {
    id: "history",
    label: "History",
    Icon: Clock,
    View: lazy(async () => ({ default: (await import("#components/library/history-view.tsx")).HistoryView })),
  },
  {
    id: "bookmarks",
    label: "Bookmarks",
    Icon: Star,
    View: lazy(async () => ({
      default: (await import("#components/library/bookmarks-view.tsx")).BookmarksView,
    })),
  },
  {
    id: "readingList",
    label: "Reading list",
    Icon: BookOpen,
    View: lazy(async () => ({
      default: (await import("#components/library/reading-list-view.tsx")).ReadingListView,
    })),
  },
  {
    id: "downloads",
    label: "Downloads",
    Icon: Download,
    View: lazy(async () => ({
      default: (await import("#components/library/downloads-view.tsx")).DownloadsView,
    })),
  },
  {
    id: "sites",
    label: "Sites",
    Icon: SlidersHorizontal,
    View: lazy(async () => ({ default: (await import("#components/library/sites-view.tsx")).SitesView })),
  },
  {
    id: "storage",
    label: "Storage",
    Icon: HardDrive,
    View: lazy(async () => ({ default: (await import("#components/library/storage-view.tsx")).StorageView })),
  },
];

/** Everything kept on this device, in one place. */
export function LibraryDialog({ section, onClose }: { section: string; onClose: () => void }) {
  const status = useStore(libraryStore, (state) => state.status);
  const shown = SECTIONS.find(({ id }) => id === section) ?? SECTIONS[0];
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another button to bring into sight
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [section]);
  if (!shown) return null;
  const { View } = shown;
  return (
    <Dialog title="Library" size="large" onClose={onClose}>
      <div className="flex min-h-[min(34rem,68vh)] flex-col gap-x-6 sm:flex-row">
        <nav
          aria-label="Library"
          className="sticky top-0 z-10 -mx-5 flex shrink-0 gap-1 overflow-x-auto bg-paper px-5 pt-1 pb-3 [scrollbar-width:none] sm:mx-0 sm:h-fit sm:w-40 sm:flex-col sm:overflow-visible sm:px-0"
        >
          {SECTIONS.map(({ id, label, Icon }) => {
            const isShown = id === shown.id;
            return (
              <button
                key={id}
                ref={isShown ? current : null}
                type="button"
                aria-current={isShown ? "page" : undefined}
                data-autofocus={isShown ? "" : undefined}
                onClick={() => openDialog(`library ${id}`)}
                className={cx(
                  "flex min-h-10 shrink-0 items-center gap-2.5 rounded-full px-3.5 text-sm whitespace-nowrap pointer-coarse:min-h-11 sm:rounded-control sm:px-3",
                  isShown ? "bg-pressed font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
                )}
              >
                <Icon aria-hidden className={isShown ? "size-4 text-accent" : "size-4"} />
                {label}
              </button>
            );
          })}
        </nav>
        <section aria-label={shown.label} className="flex min-w-0 flex-1 flex-col">
          {status === "failed" && <Unavailable />}
          <Suspense fallback={<Loading />}>
            <View key={shown.id} onClose={onClose} />
          </Suspense>
          <UndoBar />
        </section>
      </div>
    </Dialog>
  );
}
