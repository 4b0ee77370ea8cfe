import { BlockMap } from "#lib/client/surface/block-map.ts";
import { themeColors } from "#lib/client/surface/engine/theme-colors.ts";
import { parseCommand } from "#lib/client/surface/parse-command.ts";
import { type Goal, readPlace, resolveGoal } from "#lib/client/surface/reading-place.ts";
import { rangesBetween, wholeBlock, wordAround } from "#lib/client/surface/select-text.ts";
import type {
  DocumentSurface,
  SurfaceEvent,
  SurfaceHit,
  SurfacePoint,
  SurfaceRect,
  SurfaceStats,
  SurfaceTile,
} from "#lib/client/surface/surface-contract.ts";
import {
  type EngineHostKind,
  openSurfaceLink,
  reviveEngine,
  type SurfaceLink,
} from "#lib/client/surface/surface-link.ts";
import type { FromEngine, LayoutNews, TileNews } from "#lib/client/surface/surface-messages.ts";
import { movesLines, type SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import {
  findHit,
  nearestText,
  offsetAt,
  type TextPlace,
  type TileGeometry,
} from "#lib/client/surface/tile-geometry.ts";
import { TILE_HEIGHT_PX, tileSize, tileWindow } from "#lib/client/surface/tile-window.ts";
import { indexDocument, ownText } from "#lib/core/reading/block-index.ts";
import { createCitation } from "#lib/core/reading/citation.ts";
import { findDetailsAround } from "#lib/core/reading/details-around.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import { type ScrollPosition, TOP } from "#lib/core/reading/scroll-position.ts";
import { isOwnDocument } from "#lib/core/reading/state-document.ts";
import type { Citation, Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

interface Content {
  page: Page | null;
  document: Document;
  isOwn: boolean;
}

/** A layout as far as it is known here, with the tiles that came of it. */
interface Geometry {
  id: number;
  blocks: BlockMap;
  heightPx: number;
  isDone: boolean;
  layoutMs: number;
  tiles: Map<number, TileGeometry & { revision: number }>;
}

/** What is laid out to take the place of what is seen, at one stroke. */
interface Coming {
  geometry: Geometry;
  goal: Goal;
  /** Null until the goal's block is laid out. */
  scrollPx: number | null;
  staged: SurfaceTile[];
}

/** The page's side of a surface: knows where everything stands, asks for tiles, and hands them on. */
export class TileSurface implements DocumentSurface {
  #options: SurfaceOptions;
  readonly #listeners = new Set<(event: SurfaceEvent) => void>();
  readonly #link: SurfaceLink;
  #content: Content | null = null;
  #open = new Set<string>();
  #shown = createGeometry(0);
  #coming: Coming | null = null;
  #scrollPx = 0;
  #direction: 1 | -1 = 1;
  #goal: Goal | null = null;
  #layoutId = 0;
  #revision = 1;
  #asked = "";
  #selection: TextRange[] = [];
  #matches: { ranges: readonly TextRange[]; active: number } = { ranges: [], active: -1 };
  #painted: (() => void) | null = null;
  #whenPainted: Promise<void> = Promise.resolve();
  /** What the engine has; it is told once, however often it is laid out. */
  #told: Content | null = null;
  #hasFailed = false;
  #faults = 0;
  #isDisposed = false;

  constructor(options: SurfaceOptions, host?: EngineHostKind) {
    this.#options = options;
    this.#link = openSurfaceLink(
      {
        onMessage: (message) => this.#receive(message),
        onRestart: () => this.#layOutAnew(),
        onBreak: (error) => this.#fail(error),
      },
      host,
    );
  }

  get options(): Readonly<SurfaceOptions> {
    return this.#options;
  }
  get contentHeightPx(): number {
    return this.#shown.heightPx;
  }
  get scrollPx(): number {
    return this.#scrollPx;
  }
  get tileHeightPx(): number {
    return TILE_HEIGHT_PX;
  }
  get tileSize(): { width: number; height: number } {
    return tileSize(this.#options);
  }
  get paper(): string {
    return themeColors(this.#options.theme, this.#options.highContrast).paper;
  }
  get stats(): SurfaceStats {
    const { width, height } = this.tileSize;
    const tiles = this.#shown.tiles.size;
    const words = this.#content?.document.wordCount ?? 0;
    return { tiles, bytes: tiles * width * height * 4, layoutMs: this.#shown.layoutMs, words };
  }

  show(content: { page: Page } | { document: Document }): Promise<void> {
    const page = "page" in content ? content.page : null;
    const document = "page" in content ? content.page.document : content.document;
    const before = this.#content;
    if (before?.document === document && before.page === page && !this.#hasFailed) return this.#whenPainted;
    const isSame = before?.document.id === document.id;
    if (before?.document !== document) {
      this.#selection = [];
      this.#matches = { ranges: [], active: -1 };
    }
    const position = isSame ? this.getScroll() : TOP;
    if (!isSame) {
      this.#open = new Set();
      this.#goal = null;
    }
    this.#content = { page, document, isOwn: isOwnDocument(document) };
    this.#faults = 0;
    this.#hasFailed = false;
    this.#painted?.();
    this.#whenPainted = new Promise((resolve) => {
      this.#painted = resolve;
    });
    reviveEngine();
    this.#start({ kind: "position", position }, !isSame);
    return this.#whenPainted;
  }

  configure(change: Partial<SurfaceOptions>): void {
    const before = this.#options;
    const after = { ...before, ...change };
    this.#options = after;
    if (!this.#content) return;
    if (movesLines(before, after)) {
      this.#start({ kind: "position", position: this.getScroll() }, false);
      return;
    }
    const { width } = tileSize(before);
    const isRecoloured = before.theme !== after.theme || before.highContrast !== after.highContrast;
    if (width === this.tileSize.width && !isRecoloured) return;
    this.#link.post({ type: "options", channel: this.#link.channel, options: after });
    this.#emit({ type: "layout" });
    this.repaint();
  }

  scrollTo(px: number): void {
    this.#goal = null;
    this.#moveTo(px);
  }
  scrollBy(px: number): void {
    this.scrollTo(this.#scrollPx + px);
  }

  hitTest(x: number, y: number): SurfaceHit | null {
    const at = { x, y: y + this.#scrollPx };
    const geometry = this.#shown.tiles.get(Math.floor(at.y / TILE_HEIGHT_PX));
    if (!geometry || !this.#content) return null;
    const { fragment, box } = findHit(geometry, at.x, at.y);
    if (!fragment && !box) return null;
    const isLink = fragment?.href != null;
    const href = fragment?.href ?? box?.href ?? null;
    const command = href && this.#content.isOwn ? parseCommand(href) : null;
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
    if (this.#open.has(blockId)) this.#open.delete(blockId);
    else this.#open.add(blockId);
    const y = this.#shown.blocks.get(blockId)?.y ?? this.#scrollPx;
    this.#start({ kind: "held", blockId, belowTopPx: y - this.#scrollPx, y: this.#scrollPx }, false);
  }

  select(from: SurfacePoint, to: SurfacePoint): void {
    const [one, other] = [this.#textAt(from.x, from.y), this.#textAt(to.x, to.y)];
    if (one && other && this.#content) this.#setSelection(rangesBetween(this.#content.document, one, other));
  }
  selectWordAt(x: number, y: number): void {
    const place = this.#textAt(x, y);
    const range = place && this.#content && wordAround(this.#content.document, place);
    if (range) this.#setSelection([range]);
  }
  selectBlockAt(x: number, y: number): void {
    const place = this.#textAt(x, y);
    const range = place && this.#content && wholeBlock(this.#content.document, place.blockId);
    if (range) this.#setSelection([range]);
  }
  clearSelection(): void {
    if (this.#selection.length > 0) this.#setSelection([]);
  }
  getSelection(): Citation[] {
    const document = this.#content?.document;
    if (!document) return [];
    return this.#selection.flatMap((range) => createCitation(document, range) ?? []);
  }

  showMatches(matches: readonly TextRange[], active: number): void {
    const before = this.#matches.ranges;
    this.#matches = { ranges: matches, active };
    this.#postMatches();
    this.#repaintBlocks([...before, ...matches]);
    const match = matches[active];
    if (match && !this.#isInView(match.blockId)) this.scrollToBlock(match.blockId, match);
  }
  clearMatches(): void {
    this.showMatches([], -1);
  }

  getScroll(): ScrollPosition {
    const goal = this.#coming?.scrollPx === null ? this.#coming.goal : this.#goal;
    if (goal?.kind === "position") return goal.position;
    return readPlace(this.#shown.blocks, this.#scrollPx);
  }
  setScroll(position: ScrollPosition): void {
    this.#goTo({ kind: "position", position });
  }
  scrollToBlock(blockId: string, range?: { start: number; end: number }): void {
    const document = this.#content?.document;
    const block = document && indexDocument(document).byId.get(blockId)?.block;
    const length = block ? ownText(block).length : 0;
    const share = range && length > 0 ? Math.min(1, range.start / length) : null;
    const goal: Goal = { kind: "block", blockId, share };
    const closed = document ? findDetailsAround(document, blockId).filter((id) => !this.#open.has(id)) : [];
    if (closed.length === 0) {
      this.#goTo(goal);
      return;
    }
    for (const id of closed) this.#open.add(id);
    this.#start(goal, false);
  }
  blockRect(blockId: string): SurfaceRect | null {
    const block = this.#shown.blocks.get(blockId);
    return block ? { x: block.x, y: block.y, width: block.width, height: block.height } : null;
  }

  repaint(): void {
    this.#revision++;
    this.#request();
  }

  subscribe(listener: (event: SurfaceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#painted?.();
    this.#listeners.clear();
    for (const { bitmap } of this.#coming?.staged ?? []) bitmap.close();
    this.#link.close();
  }

  /** `isAbrupt`: what is seen now is not kept until the new one is there. */
  #start(goal: Goal, isAbrupt: boolean): void {
    const content = this.#content;
    if (!content) return;
    for (const { bitmap } of this.#coming?.staged ?? []) bitmap.close();
    const geometry = createGeometry(++this.#layoutId);
    this.#coming = { geometry, goal, scrollPx: null, staged: [] };
    if (isAbrupt) this.#dropAll();
    const { channel } = this.#link;
    const layout = { channel, layoutId: geometry.id, options: this.#options, open: [...this.#open] };
    if (this.#told === content) {
      this.#link.post({ type: "layout", ...layout });
      return;
    }
    this.#told = content;
    this.#link.post({ type: "show", ...layout, ...content });
    this.#link.post({ type: "select", channel, ranges: this.#selection });
    this.#postMatches();
  }

  #layOutAnew(): void {
    this.#told = null;
    this.#start({ kind: "position", position: this.getScroll() }, false);
  }

  #receive(message: Exclude<FromEngine, { type: "ready" }>): void {
    if (this.#isDisposed) return;
    if (message.type === "layout") this.#takeLayout(message);
    else if (message.type === "tile") this.#takeTile(message);
    else if (this.#faults++ === 0) this.#layOutAnew();
    else this.#fail(new Error(message.message));
  }

  #takeLayout(news: LayoutNews): void {
    if (news.layoutId !== this.#layoutId) return;
    const geometry = this.#coming?.geometry ?? this.#shown;
    geometry.heightPx = news.heightPx;
    geometry.isDone = news.isDone;
    geometry.layoutMs = news.layoutMs;
    geometry.blocks.add(news.blocks);
    if (this.#coming) {
      this.#placeComing(this.#coming);
      return;
    }
    this.#emit({ type: "layout" });
    this.#pursueGoal();
    this.#request();
  }

  #placeComing(coming: Coming): void {
    const { geometry, goal } = coming;
    const isPlaced = coming.scrollPx !== null;
    coming.scrollPx ??= resolveGoal(goal, geometry, this.#options.heightPx);
    if (coming.scrollPx === null) return;
    if (Number.isNaN(coming.scrollPx)) coming.scrollPx = this.#scrollPx;
    coming.scrollPx = this.#clamp(coming.scrollPx, geometry);
    // Nothing is seen that could be kept: its tiles may come one by one.
    if (!isPlaced && this.#shown.tiles.size === 0) this.#swap(coming);
    else this.#request();
  }

  /** From now on the new layout is what is seen. */
  #swap(coming: Coming): void {
    const { geometry, scrollPx, staged } = coming;
    this.#coming = null;
    const gone = [...this.#shown.tiles.keys()].filter((index) => !geometry.tiles.has(index));
    this.#shown = geometry;
    this.#scrollPx = scrollPx ?? 0;
    this.#emit({ type: "layout" });
    this.#emit({ type: "scroll" });
    for (const index of gone) this.#emit({ type: "drop", index });
    for (const tile of staged) this.#handOn(tile);
    this.#asked = "";
    this.#pursueGoal();
    this.#request();
    this.#settlePainted();
  }

  #takeTile({ layoutId, revision, index, bitmap, fragments, boxes }: TileNews): void {
    const coming = this.#coming;
    const geometry = coming?.geometry ?? this.#shown;
    const { width, height } = this.tileSize;
    const isUsable = layoutId === this.#layoutId && bitmap.width === width && bitmap.height === height;
    const { reach, view } = this.#window(geometry, coming?.scrollPx ?? this.#scrollPx);
    if (!isUsable || index < reach[0] || index > reach[1]) {
      bitmap.close();
      return;
    }
    geometry.tiles.set(index, { fragments, boxes, revision });
    if (!coming) {
      this.#handOn({ index, bitmap });
      this.#settlePainted();
      return;
    }
    coming.staged.push({ index, bitmap });
    for (let row = view[0]; row <= view[1]; row++) if (!geometry.tiles.has(row)) return;
    this.#swap(coming);
  }

  #handOn(tile: SurfaceTile): void {
    if (this.#listeners.size === 0) tile.bitmap.close();
    else this.#emit({ type: "tile", tile });
  }

  #settlePainted(): void {
    const { view } = this.#window(this.#shown, this.#scrollPx);
    for (let row = view[0]; row <= view[1]; row++) if (!this.#shown.tiles.has(row)) return;
    if (!this.#shown.isDone && this.#shown.heightPx < this.#scrollPx + this.#options.heightPx) return;
    this.#painted?.();
    this.#painted = null;
  }

  #window(geometry: Geometry, scrollPx: number) {
    const { heightPx } = this.#options;
    const direction = this.#direction;
    return tileWindow({ scrollPx, heightPx, contentHeightPx: geometry.heightPx, direction });
  }

  /** Asks for what is missing around the view, and lets go of what is out of reach. */
  #request(): void {
    const coming = this.#coming;
    if (coming && coming.scrollPx === null) return;
    const geometry = coming?.geometry ?? this.#shown;
    if (geometry.id !== this.#layoutId || geometry.heightPx === 0) return;
    const { order, reach } = this.#window(geometry, coming?.scrollPx ?? this.#scrollPx);
    if (!coming) {
      for (const index of geometry.tiles.keys()) {
        if (index >= reach[0] && index <= reach[1]) continue;
        geometry.tiles.delete(index);
        this.#emit({ type: "drop", index });
      }
    }
    const tiles = order.filter((index) => geometry.tiles.get(index)?.revision !== this.#revision);
    const asked = `${geometry.id} ${this.#revision} ${tiles} ${reach}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const { channel } = this.#link;
    this.#link.post({ type: "want", channel, layoutId: geometry.id, revision: this.#revision, tiles, reach });
  }

  #goTo(goal: Goal): void {
    if (this.#coming) {
      this.#coming.goal = goal;
      this.#coming.scrollPx = null;
      this.#placeComing(this.#coming);
      return;
    }
    this.#goal = goal;
    this.#pursueGoal();
  }

  #pursueGoal(): void {
    const goal = this.#goal;
    if (!goal) return;
    const scrollPx = resolveGoal(goal, this.#shown, this.#options.heightPx);
    if (scrollPx === null) return;
    this.#goal = null;
    if (!Number.isNaN(scrollPx)) this.#moveTo(scrollPx);
  }

  #moveTo(px: number): void {
    const next = this.#clamp(px, this.#shown);
    const delta = next - this.#scrollPx;
    if (delta === 0) return;
    this.#direction = delta > 0 ? 1 : -1;
    this.#scrollPx = next;
    const coming = this.#coming;
    if (coming && coming.scrollPx !== null)
      coming.scrollPx = this.#clamp(coming.scrollPx + delta, coming.geometry);
    this.#emit({ type: "scroll" });
    this.#request();
  }

  #clamp(px: number, { heightPx }: Geometry): number {
    return Math.max(0, Math.min(px, heightPx - this.#options.heightPx));
  }

  #dropAll(): void {
    for (const index of this.#shown.tiles.keys()) this.#emit({ type: "drop", index });
    this.#shown.tiles.clear();
  }

  #textAt(x: number, y: number): TextPlace | null {
    return nearestText(this.#shown.tiles.values(), x, y + this.#scrollPx);
  }

  #isInView(blockId: string): boolean {
    const block = this.#shown.blocks.get(blockId);
    if (!block) return false;
    return block.y >= this.#scrollPx && block.y + block.height <= this.#scrollPx + this.#options.heightPx;
  }

  #setSelection(ranges: TextRange[]): void {
    const before = this.#selection;
    this.#selection = ranges;
    this.#link.post({ type: "select", channel: this.#link.channel, ranges });
    this.#repaintBlocks([...before, ...ranges]);
  }

  /** Only tiles that show one of the blocks are painted again. */
  #repaintBlocks(ranges: readonly TextRange[]): void {
    const { blocks, tiles } = this.#shown;
    const ids = new Set(ranges.map(({ blockId }) => blockId));
    for (const [index, tile] of tiles) {
      const top = index * TILE_HEIGHT_PX;
      const isTouched = tile.fragments.some(({ blockId }) => blockId !== null && ids.has(blockId));
      const isBlock = [...(isTouched ? ids : [])].some((id) => {
        const block = blocks.get(id);
        return !block || (block.y < top + TILE_HEIGHT_PX && block.y + block.height > top);
      });
      if (isBlock) tile.revision = -1;
    }
    this.#asked = "";
    this.#request();
  }

  #postMatches(): void {
    const { ranges, active } = this.#matches;
    this.#link.post({ type: "match", channel: this.#link.channel, ranges: [...ranges], active });
  }

  #fail(error: Error): void {
    this.#hasFailed = true;
    this.#told = null;
    this.#painted?.();
    this.#painted = null;
    this.#emit({ type: "failed", error });
  }

  #emit(event: SurfaceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function createGeometry(id: number): Geometry {
  return { id, blocks: new BlockMap(), heightPx: 0, isDone: false, layoutMs: 0, tiles: new Map() };
}
