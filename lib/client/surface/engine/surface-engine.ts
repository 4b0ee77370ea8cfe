import { caretStops } from "#lib/client/surface/engine/caret-stops.ts";
import { DocumentLayout } from "#lib/client/surface/engine/document-layout.ts";
import type { Fonts } from "#lib/client/surface/engine/fonts.ts";
import { Highlights } from "#lib/client/surface/engine/highlights.ts";
import type { ImageStore } from "#lib/client/surface/engine/image-store.ts";
import { itemsBetween, type PaintContext, paintTile } from "#lib/client/surface/engine/paint-tile.ts";
import type { TextMetricsSource } from "#lib/client/surface/engine/text-metrics.ts";
import { themeColors } from "#lib/client/surface/engine/theme-colors.ts";
import { createTypography, fontFamilies } from "#lib/client/surface/engine/typography.ts";
import type { FromEngine, HitBox, HitFragment, ToEngine } from "#lib/client/surface/surface-messages.ts";
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import { tileSize } from "#lib/client/surface/tile-window.ts";
import { normaliseHeadingLevels } from "#lib/core/reading/outline.ts";

/** What a surface needs of where it runs. */
export interface EngineParts {
  metrics: TextMetricsSource;
  fonts: Fonts;
  images: ImageStore;
  /** A canvas to paint a tile on, and the picture of it. */
  paint(size: { width: number; height: number }, draw: (canvas: PaintContext) => void): Promise<ImageBitmap>;
  post(message: FromEngine, transfer: Transferable[]): void;
  /** There is something to do again. */
  wake(): void;
}

type Content = Pick<Extract<ToEngine, { type: "show" }>, "page" | "document" | "isOwn">;

/** One surface: its layout and the tiles that are wanted of it. Does nothing by itself; the host gives it time. */
export class SurfaceEngine {
  readonly #channel: number;
  readonly #parts: EngineParts;
  #content: Content | null = null;
  #options: SurfaceOptions | null = null;
  #layoutId = 0;
  #layout: DocumentLayout | null = null;
  #waiting = false;
  #painting = false;
  #wanted: number[] = [];
  #revision = 0;
  #reach: [number, number] = [0, 0];
  readonly #highlights = new Highlights();
  /** Pictures each painted tile shows. */
  readonly #sources = new Map<number, string[]>();

  constructor(channel: number, parts: EngineParts) {
    this.#channel = channel;
    this.#parts = parts;
  }

  receive(message: Exclude<ToEngine, { type: "close" }>): void {
    switch (message.type) {
      case "show":
        this.#content = message;
        this.#start(message.layoutId, message.options, message.open);
        break;
      case "layout":
        this.#start(message.layoutId, message.options, message.open);
        break;
      case "options":
        this.#options = message.options;
        break;
      case "want":
        if (message.layoutId !== this.#layoutId) return;
        this.#wanted = message.tiles;
        this.#revision = message.revision;
        this.#reach = message.reach;
        for (const index of this.#sources.keys()) if (!this.#isInReach(index)) this.#sources.delete(index);
        break;
      case "select":
        this.#highlights.select(message.ranges);
        break;
      case "match":
        this.#highlights.match(message.ranges, message.active);
        break;
    }
  }

  /** Nothing has been painted yet: it goes before others that only lay out ahead. */
  get isUrgent(): boolean {
    return this.#wanted.length > 0 || (this.#layout?.heightPx ?? 0) < (this.#options?.heightPx ?? 0);
  }

  get canPaint(): boolean {
    return !this.#painting && this.#nextTile() !== null;
  }

  get canLayOut(): boolean {
    return this.#layout !== null && !this.#layout.isDone && !this.#waiting;
  }

  pictureCame(src: string): void {
    for (const [index, sources] of this.#sources) {
      if (sources.includes(src) && this.#isInReach(index) && !this.#wanted.includes(index)) {
        this.#wanted.push(index);
        this.#parts.wake();
      }
    }
  }

  /** Lays out until the time is over or a tile that is wanted can be painted. */
  layOut(deadline: number): void {
    const layout = this.#layout;
    if (!layout) return;
    do {
      const waiting = layout.step();
      if (waiting) {
        this.#waiting = true;
        void waiting.then(() => {
          if (layout !== this.#layout) return;
          this.#waiting = false;
          this.#parts.wake();
        });
        break;
      }
    } while (!layout.isDone && performance.now() < deadline && !this.canPaint);
    this.#parts.post(
      {
        type: "layout",
        channel: this.#channel,
        layoutId: this.#layoutId,
        heightPx: layout.heightPx,
        isDone: layout.isDone,
        layoutMs: layout.spentMs,
        blocks: layout.takeBlocks(),
      },
      [],
    );
  }

  async paint(): Promise<void> {
    const index = this.#nextTile();
    const [layout, options, layoutId, revision] = [
      this.#layout,
      this.#options,
      this.#layoutId,
      this.#revision,
    ];
    if (index === null || !layout || !options) return;
    this.#wanted.splice(this.#wanted.indexOf(index), 1);
    this.#painting = true;
    const { cssHeight, width, height } = tileSize(options);
    const top = index * cssHeight;
    const bottom = top + cssHeight;
    const colors = themeColors(options.theme, options.highContrast);
    const { images } = this.#parts;
    try {
      const bitmap = await this.#parts.paint({ width, height }, (canvas) => {
        const highlights = this.#highlights;
        const paint = { layout, top, bottom, width, height, colors, highlights, images };
        this.#sources.set(index, paintTile(canvas, paint));
      });
      const answer = { type: "tile", channel: this.#channel, layoutId, revision, index, bitmap } as const;
      this.#parts.post({ ...answer, ...this.#geometry(layout, top, bottom) }, [bitmap]);
    } finally {
      this.#painting = false;
      this.#parts.wake();
    }
  }

  #start(layoutId: number, options: SurfaceOptions, open: readonly string[]): void {
    const content = this.#content;
    if (!content) return;
    const { metrics, fonts } = this.#parts;
    const { document, page, isOwn } = content;
    // What Qui says itself is set as the interface is.
    const appearance = isOwn ? { ...options.appearance, font: "sans" as const } : options.appearance;
    const set = { ...options, appearance };
    this.#options = options;
    this.#layoutId = layoutId;
    this.#wanted = [];
    this.#sources.clear();
    this.#waiting = false;
    const makeContext = () => ({
      typography: createTypography(set, document.lang, (text, font) => metrics.width(text, font)),
      metrics,
      document,
      media: new Map(page?.media.map((entry) => [entry.id, entry])),
      headingLevels: normaliseHeadingLevels(document),
      open: new Set(open),
      isOwn,
    });
    const families = fontFamilies(set);
    this.#layout = new DocumentLayout({ document, page, fonts, families, makeContext });
  }

  #isInReach(index: number): boolean {
    return index >= this.#reach[0] && index <= this.#reach[1];
  }

  /** The most urgent tile whose whole stretch is laid out. */
  #nextTile(): number | null {
    const [layout, options] = [this.#layout, this.#options];
    if (!layout || !options) return null;
    const { cssHeight } = tileSize(options);
    return this.#wanted.find((index) => layout.isDone || (index + 1) * cssHeight <= layout.heightPx) ?? null;
  }

  #geometry(
    layout: DocumentLayout,
    top: number,
    bottom: number,
  ): { fragments: HitFragment[]; boxes: HitBox[] } {
    const fragments: HitFragment[] = [];
    const boxes: HitBox[] = [];
    const { metrics } = this.#parts;
    for (const { y, list } of itemsBetween(layout.items, top, bottom)) {
      for (const mark of list.marks) {
        if (mark.kind !== "text" || y + mark.top + mark.height <= top || y + mark.top >= bottom) continue;
        if (mark.blockId === null && mark.href === null) continue;
        const { blockId, start, end, x, width, height, isRtl, href } = mark;
        const stops = caretStops(mark, metrics);
        fragments.push({ blockId, start, end, x, y: y + mark.top, width, height, isRtl, href, stops });
      }
      for (const area of list.areas) {
        if (y + area.y + area.height <= top || y + area.y >= bottom) continue;
        boxes.push({ ...area, y: y + area.y });
      }
    }
    return { fragments, boxes };
  }
}
