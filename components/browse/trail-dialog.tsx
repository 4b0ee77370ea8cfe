import { Trash2, Waypoints } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { Empty } from "#components/library/notes.tsx";
import { OUTLINED } from "#components/library/styles.ts";
import { UndoBar } from "#components/library/undo-bar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { layOutTrail, type TrailPage } from "#lib/core/trail/trail-map.ts";

/** Deeper branches are told by words alone: on a phone there is no room to indent them further. */
const INDENT_MAX = 6;

/** Where one came from, page by page: the room's map of the trail as a list. */
export function TrailDialog({ onClose }: { onClose: () => void }) {
  const trail = useStore(browserStore, ({ session }) => session.space.trail);
  const pages = useMemo(() => layOutTrail(trail).pages, [trail]);
  const titles = useMemo(() => new Map(pages.map((page) => [page.key, nameOf(page)])), [pages]);
  return (
    <Dialog
      title="Link trail"
      description="Every link you followed in this space, from page to page. Saved on this device only; private tabs leave nothing."
      size="large"
      onClose={onClose}
    >
      <div className="flex min-h-[min(24rem,60vh)] flex-col">
        {pages.length > 0 && (
          <div className="flex flex-wrap gap-2 pt-1 pb-3">
            <button
              type="button"
              className={OUTLINED}
              onClick={() => {
                onClose();
                runCommand("trail.map");
              }}
            >
              <Waypoints aria-hidden className="size-4" />
              Walk through it in the room
            </button>
            <button type="button" className={OUTLINED} onClick={() => runCommand("trail.clear")}>
              <Trash2 aria-hidden className="size-4" />
              Clear
            </button>
          </div>
        )}
        {pages.length === 0 ? (
          <Empty icon={Waypoints} title="No trail yet">
            Follow a link on a page: from then on you see here which page led to which.
          </Empty>
        ) : (
          <ol aria-label="Pages by the link that led to them">
            {pages.map((page) => (
              <TrailRow
                key={page.key}
                page={page}
                from={page.parent === null ? null : (titles.get(page.parent) ?? null)}
                onOpen={onClose}
              />
            ))}
          </ol>
        )}
        <UndoBar />
      </div>
    </Dialog>
  );
}

function TrailRow({ page, from, onOpen }: { page: TrailPage; from: string | null; onOpen: () => void }) {
  return (
    <li style={{ paddingInlineStart: `${Math.min(page.column, INDENT_MAX) * 20}px` }}>
      <button
        type="button"
        className="flex min-h-12 w-full min-w-0 items-center gap-3 rounded-control px-2 py-1.5 text-start text-sm hover:bg-hover"
        onClick={() => {
          onOpen();
          runCommand("trail.open", { url: page.url, panelId: page.panelId });
        }}
      >
        <SiteIcon icon={null} url={page.url} />
        <span className="min-w-0 flex-1">
          <span className={from === null ? "block truncate font-medium" : "block truncate"}>
            {nameOf(page)}
          </span>
          <span className="block truncate text-xs text-muted">
            {from === null ? `Start of a thread · ${shortAddress(page.url)}` : `From ${from}`}
          </span>
        </span>
        <time dateTime={page.at} className="shrink-0 text-xs text-muted tabular-nums">
          {new Date(page.at).toLocaleString([], { dateStyle: "short", timeStyle: "short" })}
        </time>
      </button>
    </li>
  );
}

function nameOf(page: TrailPage): string {
  return page.title || shortAddress(page.url);
}
