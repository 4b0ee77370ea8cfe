import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";
import type { Citation, Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** CSS pixels; of the document unless said otherwise. */
export interface SurfaceRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface SurfacePoint {
  /** CSS pixels from the top left corner of the viewport. */
  x: number;
  y: number;
}

export interface SurfaceHit {
  blockId: string;
  /** UTF-16 units of `blockText`, nearest to the point. */
  offset: number;
  /** http, https, mailto, tel, or `#blockId`. */
  href: string | null;
  action: "toggle" | "image" | "copy" | null;
  /** Only in documents of Qui's own making (`documentForState`): a page can name no command. */
  command: { id: string; args: CommandArgs } | null;
  rect: SurfaceRect;
}

/** A row of the document as a picture, as wide as the viewport. Row 0 is at the top of the document. */
export interface SurfaceTile {
  index: number;
  /** Belongs to whoever subscribed (one owner): closed by it after use. Without a subscriber the surface closes it. */
  bitmap: ImageBitmap;
}

export type SurfaceEvent =
  | { type: "tile"; tile: SurfaceTile }
  /** The tile is out of reach, and its room may be used again. */
  | { type: "drop"; index: number }
  /** Heights have changed: the document grew, was laid out anew or replaced. */
  | { type: "layout" }
  | { type: "scroll" }
  /** The worker broke twice. What was painted stays; `show` tries again. */
  | { type: "failed"; error: Error };

export interface SurfaceStats {
  tiles: number;
  /** Of the tiles that live now, without mipmaps. */
  bytes: number;
  /** Spent on layout so far for what is shown, in milliseconds. */
  layoutMs: number;
  words: number;
}

/**
 * A document drawn on tiles by a worker. All methods are synchronous and cheap;
 * what they ask for arrives as events. Scrolling never lays out again.
 */
export interface DocumentSurface {
  /** Resolves when the tiles in view have been painted once, or when something else is shown. A newer version of the same document keeps the place. */
  show(content: { page: Page } | { document: Document }): Promise<void>;
  /** Keeps the place someone reads at. A change of scale, theme or contrast repaints without a new layout. */
  configure(change: Partial<SurfaceOptions>): void;
  readonly options: Readonly<SurfaceOptions>;
  /** Grows while a long document is still being laid out. */
  readonly contentHeightPx: number;
  readonly scrollPx: number;
  /** CSS pixels of one tile's row. */
  readonly tileHeightPx: number;
  /** Device pixels of one tile. */
  readonly tileSize: { width: number; height: number };
  /** The theme's paper, for where no tile is yet: `#rrggbb`. */
  readonly paper: string;
  scrollTo(px: number): void;
  scrollBy(px: number): void;
  /** A point of the viewport; null where nothing can be read or pressed. */
  hitTest(x: number, y: number): SurfaceHit | null;
  /** Opens or closes a folded section. */
  toggle(blockId: string): void;
  select(from: SurfacePoint, to: SurfacePoint): void;
  selectWordAt(x: number, y: number): void;
  selectBlockAt(x: number, y: number): void;
  clearSelection(): void;
  /** One for each block that is touched, in reading order. */
  getSelection(): Citation[];
  /** Paints search results and brings the one at `active` into view; -1 brings none. */
  showMatches(matches: readonly TextRange[], active: number): void;
  clearMatches(): void;
  getScroll(): ScrollPosition;
  /** Waits, if need be, until its block is laid out. */
  setScroll(position: ScrollPosition): void;
  scrollToBlock(blockId: string, range?: { start: number; end: number }): void;
  /** Where a block stands in the document, or null while it is not laid out. */
  blockRect(blockId: string): SurfaceRect | null;
  /** Sends every tile in reach anew, for an owner that has lost or thrown away its own. */
  repaint(): void;
  subscribe(listener: (event: SurfaceEvent) => void): () => void;
  readonly stats: SurfaceStats;
  dispose(): void;
}
