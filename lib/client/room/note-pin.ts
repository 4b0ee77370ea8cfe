import { browserStore, getPagePanel, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { blockText } from "#lib/core/document/block-text.ts";
import { UNPLACED_NOTE } from "#lib/core/notes/place-notes.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { createCitation } from "#lib/core/reading/citation.ts";
import { addNote, NOTES_MAX } from "#lib/core/space/notes.ts";
import type { Citation } from "#lib/protocol/document.ts";
import type { PagePanel } from "#lib/protocol/space.ts";

/** A selection over more blocks than this is a page, not a passage. */
const AT_ONCE_MAX = 12;
/** A card is read at a glance; what is longer stays in its page. */
const QUOTE_MAX = 4000;

/** Makes notes of the passages given, or of a whole block by its id, and says how many. */
export function pinPassages(panelId: string, what: string | readonly Citation[]): void {
  const panel = getPagePanel(panelId);
  const passages = typeof what === "string" ? citeBlock(panelId, what) : what;
  if (!panel || passages.length === 0) {
    showToast("Select the words to pin first");
    return;
  }
  const pinned = passages.slice(0, AT_ONCE_MAX);
  if (getSession().space.notes.length + pinned.length > NOTES_MAX) {
    showToast("A space holds 500 notes. Delete one to pin another.");
    return;
  }
  for (const passage of pinned) pinOne(panel, shorten(passage));
  showToast(pinned.length === 1 ? "Passage pinned" : `${pinned.length} passages pinned`, {
    label: "Show notes",
    command: "note.list",
  });
}

function citeBlock(panelId: string, blockId: string): Citation[] {
  const view = browserStore.getState().views[panelId]?.view;
  if (view?.status !== "ready") return [];
  const { document } = view.page;
  const block = indexDocument(document).byId.get(blockId)?.block;
  const citation = block && createCitation(document, { blockId, start: 0, end: blockText(block).length });
  return citation ? [citation] : [];
}

function pinOne(panel: PagePanel, citation: Citation): void {
  updateSession((session) =>
    addNote(session, {
      id: createId(),
      citation,
      url: panel.state.url,
      title: panel.title,
      panelId: panel.id,
      pose: UNPLACED_NOTE,
      createdAt: new Date().toISOString(),
    }),
  );
}

function shorten(citation: Citation): Citation {
  const quote = citation.quote.slice(0, QUOTE_MAX);
  return quote === citation.quote ? citation : { ...citation, quote, end: citation.start + QUOTE_MAX };
}
