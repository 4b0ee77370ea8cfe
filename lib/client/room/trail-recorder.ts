import { browserStore, getPagePanel, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { addTrailLink } from "#lib/core/space/trail.ts";
import { isLinkOfPage, settleTrailLink } from "#lib/core/trail/followed-link.ts";
import type { PagePanel } from "#lib/protocol/space.ts";

/** Links whose pages have not said yet where they are, by the panel they are coming into. */
const underWay = new Map<string, string>();
let stopWatching: (() => void) | null = null;

/**
 * Remembers that a link of the page in `opener` was followed into a panel. `opener` is
 * as it was before: the page in it may be gone by now. Nothing is remembered of what
 * is typed or chosen elsewhere, nor of a private panel on either side.
 */
export function recordFollowedLink(
  opener: PagePanel,
  { panelId, url }: { panelId: string; url: string },
): void {
  const target = getPagePanel(panelId);
  const page = pageBefore(opener);
  if (!target || opener.private || target.private || !page || !isLinkOfPage(page, url)) return;
  const id = createId();
  const from = { url: opener.state.url, title: opener.title, panelId: opener.id };
  const to = { url, title: target.title, panelId };
  updateSession((session) => addTrailLink(session, { id, from, to, at: new Date().toISOString() }));
  underWay.set(panelId, id);
  stopWatching ??= browserStore.subscribe(settle);
  // A page this window still had is there already.
  settle();
}

/** The page that was read when the link was pressed: it stays in sight until the next one comes. */
function pageBefore(opener: PagePanel) {
  const view = browserStore.getState().views[opener.id]?.view;
  return view?.status === "ready" ? view.page : null;
}

/** Gives links the final address and title of their pages once these are there. */
function settle(): void {
  const { views } = browserStore.getState();
  for (const [panelId, id] of underWay) {
    const panel = getPagePanel(panelId);
    const state = views[panelId];
    if (panel && (!state?.view || state.load || state.view.status === "loading")) continue;
    underWay.delete(panelId);
    if (!panel || state?.view?.status !== "ready") continue;
    // Later, since this runs while the change it waits for is being told, and the page's title comes with the next.
    queueMicrotask(() => {
      const { state, title } = getPagePanel(panelId) ?? panel;
      updateSession((session) => settleTrailLink(session, id, { url: state.url, title }));
    });
  }
  if (underWay.size > 0) return;
  stopWatching?.();
  stopWatching = null;
}
