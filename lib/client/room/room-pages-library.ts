import { openPage } from "#lib/client/commands/open-page.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { liveDownloadRows } from "#lib/client/room/live-room-pages.ts";
import { commandRow } from "#lib/client/room/room-pages-space.ts";
import { formatBytes } from "#lib/core/library/format-bytes.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import type { RoomIcon, RoomPage, RoomRow } from "#lib/core/room-ui/room-page.ts";

/** More than anyone turns pages for; what is older is found through the omnibox. */
const HISTORY_MAX = 140;

const STATUS_NOTES: Record<"loading" | "failed", string> = {
  loading: "The library is being read…",
  failed: "This browser does not let Qui keep anything here.",
};

function listPage(title: string, rows: readonly RoomRow[], empty: string): RoomPage {
  const { status } = libraryStore.getState();
  if (status !== "ready") return { title, rows: [], note: STATUS_NOTES[status] };
  return { title, rows, note: rows.length === 0 ? empty : "" };
}

function addressRow(url: string, title: string, icon: RoomIcon): RoomRow {
  return {
    id: `${icon} ${url}`,
    label: title || shortAddress(url),
    detail: shortAddress(url),
    icon,
    action: { type: "call", run: () => void openPage(url, { disposition: "new-tab" }) },
  };
}

export function libraryPage(): RoomPage {
  return {
    title: "Library",
    columns: 2,
    rows: [
      { id: "history", label: "History", icon: "history", action: { type: "page", name: "history" } },
      { id: "bookmarks", label: "Bookmarks", icon: "bookmark", action: { type: "page", name: "bookmarks" } },
      {
        id: "readingList",
        label: "Reading list",
        icon: "saved",
        action: { type: "page", name: "readingList" },
      },
      { id: "downloads", label: "Downloads", icon: "download", action: { type: "page", name: "downloads" } },
      ...commandRow("library.bookmark", { icon: "bookmark", stays: true }),
      ...commandRow("library.save", { icon: "saved", stays: true }),
      ...commandRow("note.list", { icon: "library" }),
      ...commandRow("trail.list", { icon: "history" }),
      ...commandRow("trail.map", { icon: "outline" }),
    ],
  };
}

export function historyPage(): RoomPage {
  const { addresses } = libraryStore.getState();
  const rows = addresses.slice(0, HISTORY_MAX).map(({ url, title }) => addressRow(url, title, "history"));
  return listPage("History", rows, "No page has been visited yet.");
}

export function bookmarksPage(): RoomPage {
  const rows = libraryStore
    .getState()
    .bookmarks.flatMap((node) =>
      node.kind === "link" ? [addressRow(node.url, node.title, "bookmark")] : [],
    );
  return listPage("Bookmarks", rows, "No page is bookmarked yet.");
}

export function readingListPage(): RoomPage {
  const { savedPages } = libraryStore.getState();
  const rows = savedPages.map(({ url, title }) => addressRow(url, title, "saved"));
  return listPage("Reading list", rows, "No page is saved yet.");
}

/** Files are opened by the real browser, which is not there in a headset: the list says what there is. */
export function downloadsPage(): RoomPage {
  const kept = libraryStore.getState().downloads.map(
    ({ id, name, bytes, pageUrl, state }): RoomRow => ({
      id,
      label: name,
      detail: `${state === "done" ? formatBytes(bytes) : state} · ${shortAddress(pageUrl)}`,
      icon: "download",
      action: { type: "call", run: () => void openPage(pageUrl, { disposition: "new-tab" }) },
    }),
  );
  const sent = liveDownloadRows();
  // What waits to be saved is told whatever the library is doing.
  if (sent.length > 0) return { title: "Downloads", rows: [...sent, ...kept] };
  return listPage("Downloads", kept, "Nothing has been downloaded yet.");
}
