import type { Highlighter } from "#lib/client/reading/highlights.ts";
import {
  createDomRange,
  findBlockElement,
  readTextPlaces,
  type TextPlaces,
} from "#lib/client/reading/text-dom.ts";
import type { TextRange } from "#lib/core/reading/find.ts";

export interface MatchPainterOptions {
  content: HTMLElement;
  highlighter: Highlighter;
  /** The chunk that draws a block; -1 for what always stands above the chunks. */
  chunkOf: (blockId: string) => number;
}

interface KnownBlock {
  element: HTMLElement;
  places: TextPlaces;
}

/**
 * Paints search results of the chunks near the screen only: ten thousand live
 * ranges would make every change of the document slow.
 */
export class MatchPainter {
  readonly #options: MatchPainterOptions;
  #byChunk = new Map<number, TextRange[]>();
  #active: TextRange | null = null;
  #near: ReadonlySet<number> = new Set();

  constructor(options: MatchPainterOptions) {
    this.#options = options;
  }

  show(matches: readonly TextRange[], active: number): void {
    this.#byChunk = Map.groupBy(matches, ({ blockId }) => this.#options.chunkOf(blockId));
    this.#active = matches[active] ?? null;
    this.repaint();
  }

  clear(): void {
    this.show([], -1);
  }

  setNear(near: ReadonlySet<number>): void {
    this.#near = near;
    if (this.#byChunk.size > 0) this.repaint();
  }

  /** After blocks were mounted, or their text was drawn anew. */
  repaint(): void {
    const { highlighter, chunkOf } = this.#options;
    const known = new Map<string, KnownBlock | null>();
    const ranges: Range[] = [];
    const active: Range[] = [];
    const activeChunk = this.#active ? chunkOf(this.#active.blockId) : -1;
    for (const chunk of new Set([-1, activeChunk, ...this.#near])) {
      for (const match of this.#byChunk.get(chunk) ?? []) {
        const range = this.#toDomRange(match, known);
        if (range) (match === this.#active ? active : ranges).push(range);
      }
    }
    highlighter.paint("qui-find", ranges);
    highlighter.paint("qui-find-active", active);
  }

  get isEmpty(): boolean {
    return this.#byChunk.size === 0;
  }

  #toDomRange({ blockId, start, end }: TextRange, known: Map<string, KnownBlock | null>): Range | null {
    let block = known.get(blockId);
    if (block === undefined) {
      const element = findBlockElement(this.#options.content, blockId);
      block = element && { element, places: readTextPlaces(element) };
      known.set(blockId, block);
    }
    return block && createDomRange(block.element, start, end, block.places);
  }
}
