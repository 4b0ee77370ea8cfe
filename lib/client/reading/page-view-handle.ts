import type { TextRange } from "#lib/core/reading/find.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";
import type { Citation } from "#lib/protocol/document.ts";

/** Where in the document someone is, told when it changes while they scroll. */
export interface ReadingPlace {
  /** The innermost block at the top edge, or null above the first. */
  blockId: string | null;
  /** Its place among all blocks in reading order; -1 above the first. */
  order: number;
  /** Share of the page that has been scrolled through, 0 to 1. */
  progress: number;
  /** Minutes an average reader needs for the rest, unrounded. */
  minutesLeft: number;
}

export interface PageViewHandle {
  /** Goes to a block, or to a stretch of its text (UTF-16 units of `blockText`), and marks it for a moment. */
  scrollToBlock(blockId: string, range?: { start: number; end: number }): void;
  getScroll(): ScrollPosition;
  /** Takes effect once the page is there, if it is still loading. */
  setScroll(position: ScrollPosition): void;
  focus(): void;
  /** Paints search results and brings the one at `active` into view; -1 brings none. */
  showMatches(matches: readonly TextRange[], active: number): void;
  clearMatches(): void;
  /** Where the reader is; a search starts there. */
  getPlace(): ReadingPlace;
  /** Tells every change of place. Returns how to stop; nothing is told while no page is shown. */
  watchPlace(listener: (place: ReadingPlace) => void): () => void;
  /** What is selected in this page, a citation for each block. Empty when nothing is. */
  getSelection(): Citation[];
  /** Opens the print dialogue for this page alone. */
  print(): void;
  /** Shows a picture of the page as large as the window. */
  enlarge(imageBlockId: string): void;
}
