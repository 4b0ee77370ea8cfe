import { ensureLoaded, keepScroll, navigatePanel } from "#lib/client/pages/load-panel.ts";
import { recordFollowedLink } from "#lib/client/room/trail-recorder.ts";
import { browserStore, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { openPanel } from "#lib/core/space/panels.ts";
import { createPagePanel, findPagePanel, findPanel } from "#lib/core/space/session.ts";
import { splitWith } from "#lib/core/space/splits.ts";

export interface OpenPageOptions {
  /** The panel the wish came from; the active one when absent. */
  panelId?: string | undefined;
  disposition: "current" | "new-tab" | "background-tab" | "split";
  /** Defaults to the opener's. */
  private?: boolean;
  /** Chosen in the address bar rather than followed from a link. */
  typed?: boolean;
  /** Place in the strip for a new tab, as when a link is dropped between two. */
  index?: number;
}

/**
 * Opens an address (or `?` and the words of a search; empty for a new tab) and
 * returns the id of the panel it is in. Without a page panel to take it, a new tab
 * does.
 */
export function openPage(
  url: string,
  { panelId, disposition, index, typed = false, ...wish }: OpenPageOptions,
): string {
  const session = getSession();
  const opener = findPanel(session, panelId ?? session.activeId);
  if (disposition === "current" && opener?.kind === "page") {
    navigatePanel(opener.id, url, { typed });
    if (!typed) recordFollowedLink(opener, { panelId: opener.id, url });
    return opener.id;
  }
  const isPrivate = wish.private ?? opener?.private ?? false;
  const panel = createPagePanel({
    id: createId(),
    url,
    private: isPrivate,
    zoom: settingsStore.getState().defaultZoom,
  });
  keepVisibleScrolls();
  // A link's panel stands beside the page it is on; a tab opened for itself stands last.
  const after = typed || url === "" ? undefined : opener?.id;
  const activate = disposition !== "background-tab";
  updateSession((current) =>
    openPanel(current, panel, { after, index, activate: activate && disposition !== "split" }),
  );
  if (disposition === "split" && opener) {
    const ids = { id: opener.id, otherId: panel.id, side: "right" as const, splitId: createId() };
    updateSession((current) => splitWith(current, ids));
    if (getSession().activeId !== panel.id) updateSession((current) => ({ ...current, activeId: panel.id }));
  }
  if (url !== "") ensureLoaded(panel.id);
  if (!typed && opener?.kind === "page") recordFollowedLink(opener, { panelId: panel.id, url });
  return panel.id;
}

/** A tab that shows something is not overwritten by what comes from outside; an empty one takes it. */
export function openFromOutside(url: string): string {
  const session = getSession();
  const active = findPagePanel(session, session.activeId);
  const isEmpty = active !== undefined && active.state.entries.length === 0 && !active.private;
  return openPage(url, { disposition: isEmpty ? "current" : "new-tab", private: false, typed: true });
}

/** Remembers how far the pages on screen were read, before others take their place. */
export function keepVisibleScrolls(): void {
  for (const id of Object.keys(browserStore.getState().views)) keepScroll(id);
}
