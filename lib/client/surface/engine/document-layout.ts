import { setLocale } from "@chenglou/pretext";
import { type BlockBox, DisplayList } from "#lib/client/surface/engine/display-list.ts";
import type { Fonts } from "#lib/client/surface/engine/fonts.ts";
import { firstBlock, groupBlocks } from "#lib/client/surface/engine/group-blocks.ts";
import { centred, type LayoutContext, type LayoutSteps } from "#lib/client/surface/engine/layout-context.ts";
import { layoutGroup, type Previous } from "#lib/client/surface/engine/layout-flow.ts";
import { layoutEmpty, layoutHeader } from "#lib/client/surface/engine/layout-header.ts";
import { blocksText } from "#lib/core/document/block-text.ts";
import { findTitleBlock } from "#lib/core/reading/block-index.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** The header, or one group of the document's own blocks, with what it is drawn by. */
export interface LaidItem {
  /** CSS pixels from the top of the document. */
  y: number;
  list: DisplayList;
}

export interface LayoutParts {
  document: Document;
  page: Page | null;
  fonts: Fonts;
  families: readonly string[];
  /** Called once the fonts are there. */
  makeContext: () => LayoutContext;
}

/**
 * Lays a document out from top to bottom, a little at a time. What is above
 * `heightPx` is final and can be painted while the rest is still to come.
 */
export class DocumentLayout {
  readonly items: LaidItem[] = [];
  readonly #parts: LayoutParts;
  #context: LayoutContext | null = null;
  heightPx = 0;
  isDone = false;
  spentMs = 0;
  readonly #steps: LayoutSteps<void>;
  #told = 0;

  constructor(parts: LayoutParts) {
    this.#parts = parts;
    this.#steps = this.#layout();
  }

  /** There once something is laid out. */
  get context(): LayoutContext {
    if (!this.#context) throw new Error("Nothing is laid out yet.");
    return this.#context;
  }

  /** One step. A promise: nothing can go on before it. */
  step(): Promise<void> | undefined {
    const start = performance.now();
    setBreakLanguage(this.#parts.document.lang);
    const { done, value } = this.#steps.next();
    if (done) this.isDone = true;
    const open = this.items.at(-1);
    if (open && !this.isDone) this.heightPx = Math.max(this.heightPx, open.y + open.list.reachedPx);
    this.spentMs += performance.now() - start;
    return value ?? undefined;
  }

  /** Blocks laid out since the last call, containers before what they hold, in document pixels. */
  takeBlocks(): BlockBox[] {
    const taken: BlockBox[] = [];
    for (; this.#told < this.items.length; this.#told++) {
      const item = this.items[this.#told];
      if (!item) break;
      // An item that is still growing is told of when it is whole.
      if (this.#told === this.items.length - 1 && !this.isDone) break;
      for (const block of item.list.blocks) taken.push({ ...block, y: block.y + item.y });
    }
    return taken;
  }

  *#layout(): LayoutSteps<void> {
    const { document, page, fonts, families, makeContext } = this.#parts;
    const head = `${document.title}${document.byline ?? ""}${document.siteName ?? ""}`;
    yield fonts.ensure(head, families) ?? undefined;
    // Only now: a canvas that has measured with a missing font keeps its replacement.
    const context = makeContext();
    this.#context = context;
    const { typography } = context;
    const header = this.#open();
    let at = layoutHeader(context, page, header);
    if (page && document.blocks.length === 0) at = layoutEmpty(context, page, at, header);
    header.reachedPx = at;
    yield;
    const title = findTitleBlock(document);
    const blocks = title ? document.blocks.filter((block) => block !== title) : document.blocks;
    const room = centred(context, typography.measurePx, document.dir);
    let previous: Previous | null = null;
    for (const group of groupBlocks(blocks)) {
      const loading = fonts.ensure(
        group.kind === "block"
          ? blocksText([group.block])
          : blocksText(group.kind === "cards" ? group.cards : []),
        families,
      );
      if (loading) yield loading;
      if (!firstBlock(group)) continue;
      this.heightPx = at;
      const list = this.#open(at);
      const flow = { context, container: "page", depth: 0, list } as const;
      const placed: { bottom: number; previous: Previous } = yield* layoutGroup(
        flow,
        group,
        room,
        0,
        previous,
      );
      at += placed.bottom;
      previous = placed.previous;
      list.reachedPx = placed.bottom;
      yield;
    }
    this.heightPx = Math.ceil(
      at + (context.isOwn ? typography.emPx : Math.max(0.18 * typography.heightPx, 96)),
    );
  }

  #open(y = 0): DisplayList {
    const list = new DisplayList();
    this.items.push({ y, list });
    return list;
  }
}

let language = "";

/** Line breaks differ by language in East Asia only; another language throws away what was measured. */
function setBreakLanguage(lang: string | null): void {
  const wanted = /^(ja|ko|zh)\b/i.exec(lang ?? "")?.[0].toLowerCase() ?? "en";
  if (wanted === language) return;
  language = wanted;
  setLocale(wanted);
}
