/**
 * Where rows of tiles lie in a texture that is shorter than the document: row `n`
 * in slot `n mod slots`, so that scrolling moves a window over the ring and no
 * texel. Pure; says what each slot holds now.
 */
export class TileRing {
  readonly slots: number;
  readonly #owners: Int32Array;

  constructor(slots: number) {
    this.slots = slots;
    this.#owners = new Int32Array(slots).fill(-1);
  }

  slotOf(row: number): number {
    return row % this.slots;
  }

  holds(row: number): boolean {
    return this.#owners[this.slotOf(row)] === row;
  }

  isEmpty(slot: number): boolean {
    return this.#owners[slot] === -1;
  }

  take(row: number): void {
    this.#owners[this.slotOf(row)] = row;
  }

  release(row: number): void {
    if (this.holds(row)) this.#owners[this.slotOf(row)] = -1;
  }
}

/**
 * Offset and repeat along y of the part in view, for pictures whose first row is
 * at v = 0 on a panel whose top is at v = 1. Offset is kept within one turn, where
 * numbers are exact enough for a texel.
 */
export function ringOffset(scrollPx: number, viewPx: number, ringPx: number): number {
  return ((scrollPx + viewPx) / ringPx) % 1;
}

export function ringRepeat(viewPx: number, ringPx: number): number {
  return -viewPx / ringPx;
}
