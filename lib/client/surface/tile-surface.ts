import { themeColors } from "#lib/client/surface/engine/theme-colors.ts";
import { parseCommand } from "#lib/client/surface/parse-command.ts";
import type { Goal } from "#lib/client/surface/reading-place.ts";
import { rangesBetween, wholeBlock, wordAround } from "#lib/client/surface/select-text.ts";
import type {
  DocumentSurface,
  SurfaceEvent,
  SurfaceHit,
  SurfacePoint,
  SurfaceRect,
  SurfaceStats,
} from "#lib/client/surface/surface-contract.ts";
import { SurfaceFeed } from "#lib/client/surface/surface-feed.ts";
import type { EngineHostKind } from "#lib/client/surface/surface-link.ts";
import { movesLines, type SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import { findHit, nearestText, offsetAt, type TextPlace } from "#lib/client/surface/tile-geometry.ts";
import { TILE_HEIGHT_PX, tileSize } from "#lib/client/surface/tile-window.ts";
import { indexDocument, ownText } from "#lib/core/reading/block-index.ts";
import { createCitation } from "#lib/core/reading/citation.ts";
import { findDetailsAround } from "#lib/core/reading/details-around.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import { type ScrollPosition, TOP } from "#lib/core/reading/scroll-position.ts";
import { isOwnDocument } from "#lib/core/reading/state-document.ts";
import type { Citation, Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** A surface as those who use it see it: presses, selection, search and places over a feed of tiles. */
export class TileSurface implements DocumentSurface {
  readonly #feed: SurfaceFeed;
  #selection: TextRange[] = [];
  #matches: { ranges: readonly TextRange[]; active: number } = { ranges: [], active: -1 };

  constructor(options: SurfaceOptions, host?: EngineHostKind) {
    this.#feed = new SurfaceFeed(options, host, () => {
      this.#feed.post({ type: "select", ranges: this.#selection });
      this.#postMatches();
    });
  }

  get options(): Readonly<SurfaceOptions> {
    return this.#feed.options;
  }
  get contentHeightPx(): number {
    return this.#feed.shown.heightPx;
  }
  get scrollPx(): number {
    return this.#feed.scrollPx;
  }
  get tileHeightPx(): number {
    return TILE_HEIGHT_PX;
  }
  get tileSize(): { width: number; height: number } {
    return tileSize(this.#feed.options);
  }
  get paper(): string {
    return themeColors(this.#feed.options.theme, this.#feed.options.highContrast).paper;
  }
  get stats(): SurfaceStats {
    const { width, height } = this.tileSize;
    const tiles = this.#feed.shown.tiles.size;
    const words = this.#feed.content?.document.wordCount ?? 0;
    return { tiles, bytes: tiles * width * height * 4, layoutMs: this.#feed.shown.layoutMs, words };
  }

  show(content: { page: Page } | { document: Document }): Promise<void> {
    const page = "page" in content ? content.page : null;
    const document = "page" in content ? content.page.document : content.document;
    const before = this.#feed.content;
    if (before?.document === document && before.page === page && !this.#feed.hasFailed)
      return this.#feed.whenPainted;
    const isSame = before?.document.id === document.id;
    if (before?.document !== document) {
      this.#selection = [];
      this.#matches = { ranges: [], active: -1 };
    }
    const position = isSame ? this.getScroll() : TOP;
    if (!isSame) this.#feed.open = new Set();
    const shown = { page, document, isOwn: isOwnDocument(document) };
    return this.#feed.show(shown, { kind: "position", position }, !isSame);
  }

  configure(change: Partial<SurfaceOptions>): void {
    const before = this.#feed.options;
    const after = { ...before, ...change };
    this.#feed.options = after;
    if (!this.#feed.content) return;
    if (movesLines(before, after)) {
      this.#feed.start({ kind: "position", position: this.getScroll() }, false);
      return;
    }
    const { width } = tileSize(before);
    const isRecoloured = before.theme !== after.theme || before.highContrast !== after.highContrast;
    if (width === this.tileSize.width && !isRecoloured) return;
    this.#feed.post({ type: "options", options: after });
    this.#feed.emit({ type: "layout" });
    this.repaint();
  }

  scrollTo(px: number): void {
    this.#feed.dropGoal();
    this.#feed.moveTo(px);
  }
  scrollBy(px: number): void {
    this.scrollTo(this.#feed.scrollPx + px);
  }

  hitTest(x: number, y: number): SurfaceHit | null {
    const at = { x, y: y + this.#feed.scrollPx };
    const geometry = this.#feed.shown.tiles.get(Math.floor(at.y / TILE_HEIGHT_PX));
    if (!geometry || !this.#feed.content) return null;
    const { fragment, box } = findHit(geometry, at.x, at.y);
    if (!fragment && !box) return null;
    const isLink = fragment?.href != null;
    const href = fragment?.href ?? box?.href ?? null;
    const command = href && this.#feed.content.isOwn ? parseCommand(href) : null;
    const place = fragment ?? box;
    if (!place) return null;
    const shown = isLink || !box ? place : box;
    return {
      blockId: fragment?.blockId ?? box?.blockId ?? "",
      offset: fragment ? offsetAt(fragment, at.x) : 0,
      href: command ? null : href,
      action: isLink ? null : (box?.action ?? null),
      command,
      rect: { x: shown.x, y: shown.y, width: shown.width, height: shown.height },
    };
  }

  toggle(blockId: string): void {
    if (this.#feed.open.has(blockId)) this.#feed.open.delete(blockId);
    else this.#feed.open.add(blockId);
    const y = this.#feed.shown.blocks.get(blockId)?.y ?? this.#feed.scrollPx;
    this.#feed.start(
      { kind: "held", blockId, belowTopPx: y - this.#feed.scrollPx, y: this.#feed.scrollPx },
      false,
    );
  }

  select(from: SurfacePoint, to: SurfacePoint): void {
    const [one, other] = [this.#textAt(from.x, from.y), this.#textAt(to.x, to.y)];
    if (one && other && this.#feed.content)
      this.#setSelection(rangesBetween(this.#feed.content.document, one, other));
  }
  selectWordAt(x: number, y: number): void {
    const place = this.#textAt(x, y);
    const range = place && this.#feed.content && wordAround(this.#feed.content.document, place);
    if (range) this.#setSelection([range]);
  }
  selectBlockAt(x: number, y: number): void {
    const place = this.#textAt(x, y);
    const range = place && this.#feed.content && wholeBlock(this.#feed.content.document, place.blockId);
    if (range) this.#setSelection([range]);
  }
  clearSelection(): void {
    if (this.#selection.length > 0) this.#setSelection([]);
  }
  getSelection(): Citation[] {
    const document = this.#feed.content?.document;
    if (!document) return [];
    return this.#selection.flatMap((range) => createCitation(document, range) ?? []);
  }

  showMatches(matches: readonly TextRange[], active: number): void {
    const before = this.#matches.ranges;
    this.#matches = { ranges: matches, active };
    this.#postMatches();
    this.#feed.repaintBlocks([...before, ...matches]);
    const match = matches[active];
    if (match && !this.#isInView(match.blockId)) this.scrollToBlock(match.blockId, match);
  }
  clearMatches(): void {
    this.showMatches([], -1);
  }

  getScroll(): ScrollPosition {
    return this.#feed.place;
  }
  setScroll(position: ScrollPosition): void {
    this.#feed.goTo({ kind: "position", position });
  }
  scrollToBlock(blockId: string, range?: { start: number; end: number }): void {
    const document = this.#feed.content?.document;
    const block = document && indexDocument(document).byId.get(blockId)?.block;
    const length = block ? ownText(block).length : 0;
    const share = range && length > 0 ? Math.min(1, range.start / length) : null;
    const goal: Goal = { kind: "block", blockId, share };
    const closed = document
      ? findDetailsAround(document, blockId).filter((id) => !this.#feed.open.has(id))
      : [];
    if (closed.length === 0) {
      this.#feed.goTo(goal);
      return;
    }
    for (const id of closed) this.#feed.open.add(id);
    this.#feed.start(goal, false);
  }
  blockRect(blockId: string): SurfaceRect | null {
    const block = this.#feed.shown.blocks.get(blockId);
    return block ? { x: block.x, y: block.y, width: block.width, height: block.height } : null;
  }

  repaint(): void {
    this.#feed.repaint();
  }

  subscribe(listener: (event: SurfaceEvent) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  dispose(): void {
    this.#feed.dispose();
  }

  #textAt(x: number, y: number): TextPlace | null {
    return nearestText(this.#feed.shown.tiles.values(), x, y + this.#feed.scrollPx);
  }

  #isInView(blockId: string): boolean {
    const block = this.#feed.shown.blocks.get(blockId);
    if (!block) return false;
    return (
      block.y >= this.#feed.scrollPx &&
      block.y + block.height <= this.#feed.scrollPx + this.#feed.options.heightPx
    );
  }

  #setSelection(ranges: TextRange[]): void {
    const before = this.#selection;
    this.#selection = ranges;
    this.#feed.post({ type: "select", ranges });
    this.#feed.repaintBlocks([...before, ...ranges]);
  }

  #postMatches(): void {
    const { ranges, active } = this.#matches;
    this.#feed.post({ type: "match", ranges: [...ranges], active });
  }
}
