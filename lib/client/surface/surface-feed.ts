import { BlockMap } from "#lib/client/surface/block-map.ts";
import { type Goal, readPlace, resolveGoal } from "#lib/client/surface/reading-place.ts";
import type { SurfaceEvent, SurfaceTile } from "#lib/client/surface/surface-contract.ts";
import {
  type EngineHostKind,
  openSurfaceLink,
  reviveEngine,
  type SurfaceLink,
} from "#lib/client/surface/surface-link.ts";
import type { FromEngine, LayoutNews, TileNews, ToEngine } from "#lib/client/surface/surface-messages.ts";
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import type { TileGeometry } from "#lib/client/surface/tile-geometry.ts";
import { TILE_HEIGHT_PX, tileSize, tileWindow } from "#lib/client/surface/tile-window.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** What the surface itself says to the engine; the channel is added here. */
type OwnMessage =
  | Omit<Extract<ToEngine, { type: "select" }>, "channel">
  | Omit<Extract<ToEngine, { type: "match" }>, "channel">
  | Omit<Extract<ToEngine, { type: "options" }>, "channel">;

export interface Content {
  page: Page | null;
  document: Document;
  isOwn: boolean;
}

/** A layout as far as it is known here, with the tiles that came of it. */
export interface Geometry {
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
  /** How far somebody has scrolled what is seen meanwhile, and so on from the goal. */
  movedPx: number;
  staged: SurfaceTile[];
}
/**
 * Keeps an engine at work for one surface: tells it what is shown and how, asks for
 * the tiles around the view, and hands on what comes. A new layout of the same
 * document is made ready aside and takes the place of the old at one stroke.
 */
export class SurfaceFeed {
  options: SurfaceOptions;
  content: Content | null = null;
  /** Folded sections that stand open. */
  open = new Set<string>();
  hasFailed = false;
  readonly #listeners = new Set<(event: SurfaceEvent) => void>();
  readonly #link: SurfaceLink;
  /** Says again what is selected and found, to an engine that has heard nothing yet. */
  readonly #onTold: () => void;
  #shown = createGeometry(0);
  #coming: Coming | null = null;
  #scrollPx = 0;
  #direction: 1 | -1 = 1;
  #goal: Goal | null = null;
  #layoutId = 0;
  #revision = 1;
  #asked = "";
  #painted: (() => void) | null = null;
  #whenPainted: Promise<void> = Promise.resolve();
  /** What the engine has; it is told once, however often it is laid out. */
  #told: Content | null = null;
  #faults = 0;
  #isDisposed = false;

  constructor(options: SurfaceOptions, host: EngineHostKind | undefined, onTold: () => void) {
    this.options = options;
    this.#onTold = onTold;
    this.#link = openSurfaceLink(
      {
        onMessage: (message) => this.#receive(message),
        onRestart: () => this.#layOutAnew(),
        onBreak: (error) => this.#fail(error),
      },
      host,
    );
  }

  get shown(): Geometry {
    return this.#shown;
  }
  get scrollPx(): number {
    return this.#scrollPx;
  }
  get whenPainted(): Promise<void> {
    return this.#whenPainted;
  }
  /** Where someone reads, or is on the way to. */
  get place(): ScrollPosition {
    const goal = this.#coming?.scrollPx === null ? this.#coming.goal : this.#goal;
    if (goal?.kind === "position") return goal.position;
    return readPlace(this.#shown.blocks, this.#scrollPx);
  }

  post(message: OwnMessage): void {
    this.#link.post({ ...message, channel: this.#link.channel });
  }

  /** Another content, or another version of it. */
  show(content: Content, goal: Goal, isAbrupt: boolean): Promise<void> {
    this.content = content;
    this.#faults = 0;
    this.hasFailed = false;
    if (isAbrupt) this.#goal = null;
    this.#painted?.();
    this.#whenPainted = new Promise((resolve) => {
      this.#painted = resolve;
    });
    reviveEngine();
    this.start(goal, isAbrupt);
    return this.#whenPainted;
  }

  /** `isAbrupt`: what is seen now is not kept until the new one is there. */
  start(goal: Goal, isAbrupt: boolean): void {
    const content = this.content;
    if (!content) return;
    for (const { bitmap } of this.#coming?.staged ?? []) bitmap.close();
    const geometry = createGeometry(++this.#layoutId);
    this.#coming = { geometry, goal, scrollPx: null, movedPx: 0, staged: [] };
    if (isAbrupt) this.#dropAll();
    const { channel } = this.#link;
    const layout = { channel, layoutId: geometry.id, options: this.options, open: [...this.open] };
    if (this.#told === content) {
      this.#link.post({ type: "layout", ...layout });
      return;
    }
    this.#told = content;
    this.#link.post({ type: "show", ...layout, ...content });
    this.#onTold();
  }

  goTo(goal: Goal): void {
    if (this.#coming) {
      this.#coming.goal = goal;
      this.#coming.scrollPx = null;
      this.#coming.movedPx = 0;
      this.#placeComing(this.#coming);
      return;
    }
    this.#goal = goal;
    this.#pursueGoal();
  }

  moveTo(px: number): void {
    const next = this.#clamp(px, this.#shown);
    const delta = next - this.#scrollPx;
    if (delta === 0) return;
    this.#direction = delta > 0 ? 1 : -1;
    this.#scrollPx = next;
    const coming = this.#coming;
    if (coming?.scrollPx === null) coming.movedPx += this.#shown.tiles.size > 0 ? delta : 0;
    else if (coming) coming.scrollPx = this.#clamp(coming.scrollPx + delta, coming.geometry);
    this.emit({ type: "scroll" });
    this.#request();
  }

  /** Only tiles that show one of the blocks are painted again. */
  repaintBlocks(ranges: readonly TextRange[]): void {
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

  #layOutAnew(): void {
    this.#told = null;
    this.start({ kind: "position", position: this.place }, false);
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
    this.emit({ type: "layout" });
    this.#pursueGoal();
    this.#request();
  }

  #placeComing(coming: Coming): void {
    const { geometry, goal } = coming;
    const isPlaced = coming.scrollPx !== null;
    if (!isPlaced) {
      const goalPx = resolveGoal(goal, geometry, this.options.heightPx);
      if (goalPx === null) return;
      const wantedPx = Number.isNaN(goalPx) ? this.#scrollPx : goalPx + coming.movedPx;
      if (!geometry.isDone && geometry.heightPx < wantedPx + this.options.heightPx) return;
      coming.scrollPx = wantedPx;
    }
    coming.scrollPx = this.#clamp(coming.scrollPx ?? 0, geometry);
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
    this.emit({ type: "layout" });
    this.emit({ type: "scroll" });
    for (const index of gone) this.emit({ type: "drop", index });
    for (const tile of staged) this.#handOn(tile);
    this.#asked = "";
    this.#pursueGoal();
    this.#request();
    this.#settlePainted();
  }

  #takeTile({ layoutId, revision, index, bitmap, fragments, boxes }: TileNews): void {
    const coming = this.#coming;
    const geometry = coming?.geometry ?? this.#shown;
    const { width, height } = tileSize(this.options);
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
    else this.emit({ type: "tile", tile });
  }

  #settlePainted(): void {
    const { view } = this.#window(this.#shown, this.#scrollPx);
    for (let row = view[0]; row <= view[1]; row++) if (!this.#shown.tiles.has(row)) return;
    if (!this.#shown.isDone && this.#shown.heightPx < this.#scrollPx + this.options.heightPx) return;
    this.#painted?.();
    this.#painted = null;
  }

  #window(geometry: Geometry, scrollPx: number) {
    const { heightPx } = this.options;
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
        this.emit({ type: "drop", index });
      }
    }
    const tiles = order.filter((index) => geometry.tiles.get(index)?.revision !== this.#revision);
    const asked = `${geometry.id} ${this.#revision} ${tiles} ${reach}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const { channel } = this.#link;
    this.#link.post({ type: "want", channel, layoutId: geometry.id, revision: this.#revision, tiles, reach });
  }

  #pursueGoal(): void {
    const goal = this.#goal;
    if (!goal) return;
    const scrollPx = resolveGoal(goal, this.#shown, this.options.heightPx);
    if (scrollPx === null) return;
    this.#goal = null;
    if (!Number.isNaN(scrollPx)) this.moveTo(scrollPx);
  }

  #clamp(px: number, { heightPx }: Geometry): number {
    return Math.max(0, Math.min(px, heightPx - this.options.heightPx));
  }

  #dropAll(): void {
    for (const index of this.#shown.tiles.keys()) this.emit({ type: "drop", index });
    this.#shown.tiles.clear();
  }

  #fail(error: Error): void {
    this.hasFailed = true;
    this.#told = null;
    this.#painted?.();
    this.#painted = null;
    this.emit({ type: "failed", error });
  }

  emit(event: SurfaceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dropGoal(): void {
    this.#goal = null;
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
}

function createGeometry(id: number): Geometry {
  return { id, blocks: new BlockMap(), heightPx: 0, isDone: false, layoutMs: 0, tiles: new Map() };
}
