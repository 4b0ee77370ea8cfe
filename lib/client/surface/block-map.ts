import type { BlockPlace } from "#lib/client/surface/surface-messages.ts";

/** Where the blocks stand that are laid out so far, in reading order, containers before what they hold. */
export class BlockMap {
  readonly #list: BlockPlace[] = [];
  readonly #byId = new Map<string, BlockPlace>();

  add(blocks: readonly BlockPlace[]): void {
    for (const block of blocks) {
      this.#list.push(block);
      if (!this.#byId.has(block.id)) this.#byId.set(block.id, block);
    }
  }

  get(id: string): BlockPlace | undefined {
    return this.#byId.get(id);
  }

  /** The innermost block whose top is at or above a height of the document; null above the first. */
  at(y: number): BlockPlace | null {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#list[middle]?.y ?? 0) <= y) low = middle + 1;
      else high = middle;
    }
    return this.#list[low - 1] ?? null;
  }
}
