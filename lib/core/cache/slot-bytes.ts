/** A byte a slot, zero until set, growing as needed. */
export class SlotBytes {
  #bytes = new Uint8Array(64);

  get(slot: number): number {
    return this.#bytes[slot] ?? 0;
  }

  set(slot: number, value: number): void {
    if (slot >= this.#bytes.length) {
      const grown = new Uint8Array(2 ** Math.ceil(Math.log2(slot + 1)));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[slot] = value;
  }

  clear(): void {
    this.#bytes.fill(0);
  }
}
