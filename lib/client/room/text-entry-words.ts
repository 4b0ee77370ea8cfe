import { browserStore } from "#lib/client/store/browser-store.ts";
import { getLibrary } from "#lib/client/store/library-port.ts";
import { blockText } from "#lib/core/document/block-text.ts";
import { createWordIndex, EMPTY_WORDS, type WordIndex } from "#lib/core/keyboard/complete-words.ts";
import { findPanel } from "#lib/core/space/session.ts";

let words: WordIndex = EMPTY_WORDS;
/** What the words were taken from: reading a long page again for each opening would be waste. */
let source: unknown = null;

/** The words offered now. */
export function entryWords(): WordIndex {
  return words;
}

/**
 * Takes the words of the page in front and, except for a private panel, of titles in
 * the history, after the keyboard has been drawn. Calls back when they are there.
 */
export function gatherEntryWords(panelId: string | null, onReady: () => void): void {
  const { session, views } = browserStore.getState();
  const id = panelId ?? session.activeId;
  const view = id === null ? null : views[id]?.view;
  const document = view?.status === "ready" ? view.page.document : null;
  const isPrivate = findPanel(session, id)?.private ?? false;
  const wanted = document ?? id;
  if (wanted === source) return;
  source = wanted;
  words = EMPTY_WORDS;
  setTimeout(() => {
    if (source !== wanted) return;
    words = createWordIndex(texts());
    onReady();
  });

  function* texts(): Generator<string> {
    for (const block of document?.blocks ?? []) yield blockText(block);
    if (!isPrivate) for (const { title } of getLibrary().history()) yield title;
  }
}
