/**
 * First-in-first-out memory of keys that left, by their hashes alone. Two keys of
 * one hash are taken for each other, once in four billion.
 */
export class GhostQueue {
  /** Hash to the number of its latest push. */
  readonly #pushes = new Map<number, number>();
  /** Hashes in order of pushing, from `#first` on; a ring. */
  #ring = new Uint32Array(64);
  #first = 0;
  #next = 0;

  has(hash: number): boolean {
    return this.#pushes.has(hash);
  }

  /** Remembers the hash, and at most `countMax` of those pushed last. */
  push(hash: number, countMax: number): void {
    while (this.#next - this.#first >= countMax && this.#next > this.#first) this.#dropFirst();
    if (countMax < 1) return;
    if (this.#next - this.#first === this.#ring.length) this.#grow();
    this.#ring[this.#next % this.#ring.length] = hash;
    this.#pushes.set(hash, this.#next);
    this.#next += 1;
  }

  /** Its place in the queue stays taken until its turn comes. */
  delete(hash: number): boolean {
    return this.#pushes.delete(hash);
  }

  clear(): void {
    this.#pushes.clear();
    this.#first = this.#next;
  }

  #dropFirst(): void {
    const hash = this.#ring[this.#first % this.#ring.length] ?? 0;
    if (this.#pushes.get(hash) === this.#first) this.#pushes.delete(hash);
    this.#first += 1;
  }

  #grow(): void {
    const grown = new Uint32Array(this.#ring.length * 2);
    for (let i = this.#first; i < this.#next; i++) {
      grown[i % grown.length] = this.#ring[i % this.#ring.length] ?? 0;
    }
    this.#ring = grown;
  }
}
