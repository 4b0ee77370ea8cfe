import { openPage } from "#lib/client/commands/open-page.ts";
import { showPanel } from "#lib/client/commands/tab-commands.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore, getPagePanel, getSession } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { findPassage } from "#lib/core/notes/find-passage.ts";
import { pageKey } from "#lib/core/trail/followed-link.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { Note } from "#lib/protocol/space.ts";

/** A page that has not come by then is no longer waited for: the person has seen why. */
const WAIT_MS = 60_000;

/**
 * Shows the page a note was pulled out of, in the panel that still has it or in a new
 * one, and scrolls to the passage. Says so when the page has changed meanwhile.
 */
export async function goToPassage(note: Note): Promise<void> {
  const panelId = showSource(note);
  const document = await documentIn(panelId);
  if (!document) return;
  const found = findPassage(document, note.citation);
  if (found.status === "gone") {
    showToast("This passage is no longer on the page. Its words are kept in your note.");
    return;
  }
  if (found.status === "moved") showToast("The page has changed. These are the words where they stand now.");
  const handle = getViewHandle(panelId);
  handle?.scrollToBlock(found.range.blockId, found.range);
  handle?.focus();
}

function showSource(note: Note): string {
  const { panels } = getSession().space;
  const isSource = (id: string) => {
    const panel = getPagePanel(id);
    return panel !== undefined && pageKey(panel.state.url) === pageKey(note.url);
  };
  const known = [note.panelId, ...panels.map(({ id }) => id)].find(isSource);
  if (known === undefined)
    return openPage(note.url, { disposition: "new-tab", private: note.private, typed: true });
  showPanel(known);
  return known;
}

/** The page once it is drawn; null when it fails, another takes its place, or it never comes. */
function documentIn(panelId: string): Promise<Document | null> {
  return new Promise((resolve) => {
    const finish = (document: Document | null) => {
      unsubscribe();
      clearTimeout(timer);
      resolve(document);
    };
    const look = () => {
      const view = browserStore.getState().views[panelId];
      const panel = getPagePanel(panelId);
      if (!panel) return finish(null);
      if (view?.load || !view?.view || view.view.status === "loading") return;
      if (view.view.status !== "ready") return finish(null);
      const { document } = view.view.page;
      // The view is drawn in the frame after the store has it.
      if (getViewHandle(panelId)) finish(document);
      else requestAnimationFrame(look);
    };
    const unsubscribe = browserStore.subscribe(look);
    const timer = setTimeout(() => finish(null), WAIT_MS);
    look();
  });
}
