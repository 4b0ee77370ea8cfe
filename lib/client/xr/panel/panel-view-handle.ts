import type { PageViewHandle, ReadingPlace } from "#lib/client/reading/page-view-handle.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { DocumentSurface } from "#lib/client/surface/surface-contract.ts";
import { openMediaOf } from "#lib/client/xr/media/media-store.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { readingMinutes } from "#lib/core/reading/reading-time.ts";
import type { Document } from "#lib/protocol/document.ts";

export interface PanelViewHandleOptions {
  documents: DocumentSurface;
  /** What is shown; null while it is no page. */
  getDocument: () => Document | null;
  focus: () => void;
  panelId: string;
}

/** A panel of the room as commands know panels: find, outline, notes and scroll work on it as on the flat one. */
export function createPanelViewHandle(options: PanelViewHandleOptions): PageViewHandle {
  const { documents, getDocument } = options;
  const getPlace = (): ReadingPlace => {
    const document = getDocument();
    const { blockId } = documents.getScroll();
    const order =
      document && blockId !== null ? (indexDocument(document).byId.get(blockId)?.order ?? -1) : -1;
    const room = documents.contentHeightPx - documents.options.heightPx;
    const progress = room > 0 ? Math.min(1, documents.scrollPx / room) : 1;
    const minutes = document ? readingMinutes(document.wordCount, document.lang) : 0;
    return { blockId, order, progress, minutesLeft: minutes * (1 - progress) };
  };
  return {
    scrollToBlock: (blockId, range) => documents.scrollToBlock(blockId, range),
    getScroll: () => documents.getScroll(),
    setScroll: (position) => documents.setScroll(position),
    focus: options.focus,
    showMatches: (matches, active) => documents.showMatches(matches, active),
    clearMatches: () => documents.clearMatches(),
    getPlace,
    watchPlace: (listener) =>
      documents.subscribe(({ type }) => {
        if (type === "scroll" || type === "layout") listener(getPlace());
      }),
    getSelection: () => (getDocument() ? documents.getSelection() : []),
    print: () => showToast("Pages are printed from the flat view"),
    enlarge: (imageBlockId) => openMediaOf(options.panelId, imageBlockId),
  };
}
