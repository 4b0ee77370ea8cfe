import { CircleArrowDown, CircleCheck, Star } from "lucide-react";
import { useStore } from "zustand";
import { ToolbarPopover } from "#components/browse/toolbar-popover.tsx";
import { useLiveState } from "#components/live/use-live-tab.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { shortcutStrings } from "#lib/client/commands/use-command.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { isReadable } from "#lib/client/live/live-state.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { findSaved } from "#lib/core/library/saved-page.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** Whether the page in a panel is kept, and the ways to keep it: offline, and as a bookmark. */
export function AddressActions({ panelId }: { panelId: string }) {
  const url = useStore(browserStore, ({ session }) => findPagePanel(session, panelId)?.state.url ?? "");
  const isPage = useStore(browserStore, ({ views }) => {
    const view = views[panelId]?.view;
    return view?.status === "ready" && view.page.document.kind !== "search";
  });
  const isStarred = useStore(libraryStore, ({ bookmarks }) =>
    bookmarks.some((node) => node.kind === "link" && node.url === url),
  );
  const status = useStore(libraryStore, ({ savedPages }) => findSaved(savedPages, url)?.status ?? null);
  const isLive = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, panelId)?.state.engine === "live",
  );
  const isLiveReadable = useLiveState(panelId, isReadable) === true && isLive;
  if (!isPage && !isLive && !isStarred && status === null) return null;
  const canSave = isPage || isLiveReadable || status !== null;
  return (
    <>
      <IconButton
        label={
          isLiveReadable && status === null
            ? "Save what the page shows now for offline"
            : SAVE_LABELS[status ?? "none"]
        }
        disabled={!canSave}
        shortcut={shortcutStrings("library.save").shortcut}
        aria-pressed={status !== null}
        className="size-8 rounded-full"
        onClick={() => runCommand("library.save", { panelId })}
      >
        {status === "saving" ? (
          <Spinner className="size-3.5" />
        ) : status === null ? (
          <CircleArrowDown aria-hidden className="size-4" />
        ) : (
          <CircleCheck aria-hidden className="size-4" />
        )}
      </IconButton>
      <ToolbarPopover
        name="bookmark"
        command="library.bookmark"
        label={isStarred ? "Edit bookmark" : "Bookmark this page"}
        className="me-0.5 size-8 rounded-full"
      >
        <Star aria-hidden className={isStarred ? "size-4 fill-accent text-accent" : "size-4"} />
      </ToolbarPopover>
    </>
  );
}

const SAVE_LABELS = {
  none: "Save for offline",
  saving: "Saving for offline",
  saved: "Saved for offline. Remove the copy",
  partial: "Saved for offline without some pictures. Remove the copy",
  failed: "Saving failed. Remove the copy",
} as const;
