import { browserStore } from "#lib/client/store/browser-store.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import type { RoomPage, RoomRow } from "#lib/core/room-ui/room-page.ts";
import { layOutTrail } from "#lib/core/trail/trail-map.ts";

/** The notes of the space as a page of the room's menu: what the flat view lists in a dialog. */
export function notesPage(): RoomPage {
  const { notes } = browserStore.getState().session.space;
  const rows = notes.toReversed().map(
    (note): RoomRow => ({
      id: note.id,
      label: note.citation.quote,
      detail: note.title || shortAddress(note.url),
      icon: "page",
      action: { type: "command", id: "note.go", args: { text: note.id } },
      side: {
        icon: "delete",
        label: "Delete note",
        action: { type: "command", id: "note.delete", args: { text: note.id }, stays: true },
      },
    }),
  );
  return {
    title: "Notes",
    rows,
    note: rows.length === 0 ? "Select words on a page and choose Pin passage." : "",
  };
}

/** The trail of links, page by page, each with the page that led to it. */
export function trailPage(): RoomPage {
  const { pages } = layOutTrail(browserStore.getState().session.space.trail);
  const titles = new Map(pages.map((page) => [page.key, page.title || shortAddress(page.url)]));
  const rows = pages.map((page): RoomRow => {
    const from = page.parent === null ? undefined : titles.get(page.parent);
    return {
      id: page.key,
      label: page.title || shortAddress(page.url),
      detail: from === undefined ? `${shortAddress(page.url)} · start of a thread` : `From ${from}`,
      icon: "globe",
      action: { type: "command", id: "trail.open", args: { url: page.url, panelId: page.panelId } },
    };
  });
  return {
    title: "Link trail",
    rows,
    note: rows.length === 0 ? "Follow a link: from then on you see here which page led to which." : "",
  };
}
