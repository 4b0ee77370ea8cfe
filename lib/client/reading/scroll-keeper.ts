import { findBlockElement } from "#lib/client/reading/text-dom.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";

/** A place to go to. `range` is looked up each time, because its nodes may be mounted later. */
export interface ScrollTarget {
  blockId: string;
  /** Where the target comes to stand: a share of the block above the top edge, or the middle of the view. */
  align: { kind: "top"; offset: number } | { kind: "center" };
  findRange?: (element: HTMLElement) => Range | null;
  /** Called once, when the target first stands where it should. */
  onArrive?: (element: HTMLElement) => void;
}

export interface ScrollKeeperOptions {
  scroller: HTMLElement;
  /** What grows while pictures load and chunks are laid out. */
  content: HTMLElement;
  /** Asks for a block's chunk to be mounted; `retry` is called after that. */
  requestMount: (blockId: string) => void;
  /** `progress` is 0 to 1; 1 for a page that fits on the screen as a whole. */
  onScroll: (position: ScrollPosition, progress: number) => void;
}

/** How long a target is held in place while what is above it still changes its height. */
const HOLD_MS = 1500;
/** Air above a block that was jumped to, in pixels. */
const TOP_AIR_PX = 16;

/**
 * Knows where in a document someone reads and keeps them there: through jumps to
 * blocks that are not mounted yet, late pictures, and changes of size or font.
 * A target is let go as soon as the person scrolls on their own.
 */
export class ScrollKeeper {
  readonly #options: ScrollKeeperOptions;
  readonly #observer: ResizeObserver;
  readonly #abort = new AbortController();
  #target: ScrollTarget | null = null;
  #hasArrived = false;
  /** Where the scroller was left when the target came into place. */
  #heldTop = 0;
  #releaseTimer = 0;
  #frame = 0;
  #width = 0;
  #position: ScrollPosition = { blockId: null, offset: 0, y: 0 };

  constructor(options: ScrollKeeperOptions) {
    this.#options = options;
    const { scroller, content } = options;
    this.#width = scroller.clientWidth;
    this.#observer = new ResizeObserver(() => this.#onResize());
    this.#observer.observe(content);
    this.#observer.observe(scroller);
    const passive = { passive: true, signal: this.#abort.signal };
    scroller.addEventListener("scroll", () => this.#onScroll(), passive);
    for (const type of ["wheel", "touchstart", "pointerdown", "keydown"] as const) {
      scroller.addEventListener(type, () => this.#release(), passive);
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#releaseTimer);
  }

  /** What is being gone to or held at the moment. */
  get target(): ScrollTarget | null {
    return this.#target;
  }

  get position(): ScrollPosition {
    // Asked for before the frame that would have noticed, as when the window goes.
    if (this.#options.scroller.scrollTop !== this.#position.y) this.#read();
    return this.#position;
  }

  goTo(target: ScrollTarget): void {
    this.#target = target;
    this.#hasArrived = false;
    if (!this.retry()) this.#options.requestMount(target.blockId);
  }

  restore(position: ScrollPosition): void {
    if (position.blockId === null) {
      this.#target = null;
      this.#options.scroller.scrollTop = position.y;
      return;
    }
    this.goTo({ blockId: position.blockId, align: { kind: "top", offset: position.offset } });
  }

  /** Brings the target into place. False: it is not in the DOM yet. */
  retry(): boolean {
    const target = this.#target;
    if (!target) return true;
    const { scroller, content } = this.#options;
    const element = findBlockElement(content, target.blockId);
    if (!element) return false;
    openAround(element);
    const rect = (target.findRange?.(element) ?? element).getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    const wanted =
      target.align.kind === "top"
        ? target.align.offset * rect.height - (target.align.offset === 0 ? TOP_AIR_PX : 0)
        : (Math.min(rect.height, view.height) - view.height) / 2;
    scroller.scrollTop += rect.top - view.top + wanted;
    this.#heldTop = scroller.scrollTop;
    if (!this.#hasArrived) {
      this.#hasArrived = true;
      target.onArrive?.(element);
    }
    this.#holdFor();
    return true;
  }

  /** After a change that moves every line, such as another font: stay at the words that were at the top. */
  keep(): void {
    if (this.#target) this.retry();
    else if (this.#position.blockId !== null) this.restore(this.#position);
  }

  #onScroll(): void {
    // Someone else moved the page, by whatever means: a scroll bar, a script, an assistive technology.
    if (Math.abs(this.#options.scroller.scrollTop - this.#heldTop) > 2) this.#release();
    this.#schedule();
  }

  #onResize(): void {
    const { scroller } = this.#options;
    if (scroller.clientWidth !== this.#width) {
      this.#width = scroller.clientWidth;
      this.keep();
    } else if (this.#target && this.#hasArrived) {
      this.retry();
    }
    this.#schedule();
  }

  #holdFor(): void {
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = window.setTimeout(() => this.#release(), HOLD_MS);
  }

  #release(): void {
    if (this.#hasArrived) this.#target = null;
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#read();
    });
  }

  #read(): void {
    const { scroller, content, onScroll } = this.#options;
    const edge = scroller.getBoundingClientRect().top + TOP_AIR_PX + 1;
    const element = findBlockAt(content, edge);
    const y = scroller.scrollTop;
    if (element?.dataset.blockId) {
      const rect = element.getBoundingClientRect();
      const above = rect.height > 0 ? (edge - 1 - TOP_AIR_PX - rect.top) / rect.height : 0;
      this.#position = { blockId: element.dataset.blockId, offset: Math.min(1, Math.max(0, above)), y };
    } else {
      this.#position = { blockId: null, offset: 0, y };
    }
    const room = scroller.scrollHeight - scroller.clientHeight;
    onScroll(this.#position, room > 0 ? Math.min(1, y / room) : 1);
  }
}

/** The innermost block whose top is at or above a line of the screen. */
function findBlockAt(content: HTMLElement, edge: number): HTMLElement | null {
  const chunks = content.querySelectorAll<HTMLElement>("[data-chunk]");
  const chunk = chunks[lastAtOrAbove(chunks, edge)];
  if (!chunk) return null;
  const blocks = chunk.querySelectorAll<HTMLElement>("[data-block-id]");
  return blocks[lastAtOrAbove(blocks, edge)] ?? null;
}

function lastAtOrAbove(elements: ArrayLike<HTMLElement>, edge: number): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((elements[middle]?.getBoundingClientRect().top ?? 0) <= edge) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Opens the closed sections an element stands in, or it would have no place. */
function openAround(element: HTMLElement): void {
  for (let at = element.closest("details:not([open])"); at; at = at.closest("details:not([open])")) {
    at.setAttribute("open", "");
  }
}
