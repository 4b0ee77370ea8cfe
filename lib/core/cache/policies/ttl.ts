import type { Policy, PolicyHost } from "#lib/core/cache/policy.ts";

/**
 * What expires soonest leaves first; of those that expire together, or never, the
 * oldest. A binary heap: logarithmic time to take in and to evict, constant for
 * entries that come in the order in which they expire, as they do with one lifetime
 * for all; a lookup is free.
 */
export class TtlPolicy implements Policy {
  readonly #host: PolicyHost;
  /** Slots, the next to leave first. */
  readonly #heap: number[] = [];
  readonly #places = new Map<number, { index: number; expiresAt: number; arrival: number }>();
  #arrivals = 0;
  #bytes = 0;

  constructor(host: PolicyHost) {
    this.#host = host;
  }

  has(slot: number): boolean {
    return this.#places.has(slot);
  }

  /** A lookup changes nothing; a new lifetime does. */
  touch(slot: number): void {
    const place = this.#places.get(slot);
    const expiresAt = this.#host.expiresAtOf(slot);
    if (!place || place.expiresAt === expiresAt) return;
    place.expiresAt = expiresAt;
    this.#arrivals += 1;
    place.arrival = this.#arrivals;
    this.#settle(place.index);
  }

  admit(slot: number): void {
    this.#shrink(1, this.#host.bytesOf(slot));
    this.#arrivals += 1;
    const index = this.#heap.push(slot) - 1;
    this.#places.set(slot, { index, expiresAt: this.#host.expiresAtOf(slot), arrival: this.#arrivals });
    this.#bytes += this.#host.bytesOf(slot);
    this.#settle(index);
  }

  remove(slot: number): void {
    const place = this.#places.get(slot);
    if (!place) return;
    const last = this.#heap.pop();
    this.#places.delete(slot);
    this.#bytes -= this.#host.bytesOf(slot);
    if (last === undefined || last === slot) return;
    this.#put(last, place.index);
    this.#settle(place.index);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#bytes += this.#host.bytesOf(slot) - bytesBefore;
    this.#shrink(0, 0);
  }

  clear(): void {
    this.#heap.length = 0;
    this.#places.clear();
    this.#bytes = 0;
  }

  /** Makes room for what comes. */
  #shrink(entries: number, bytes: number): void {
    const { entriesMax, bytesMax } = this.#host;
    while (this.#heap.length + entries > entriesMax || this.#bytes + bytes > bytesMax) {
      const victim = this.#heap[0];
      if (victim === undefined) return;
      this.remove(victim);
      this.#host.evict(victim);
    }
  }

  /** Moves what stands at the index up or down to where it belongs. */
  #settle(start: number): void {
    let index = start;
    while (index > 0 && this.#leavesBefore(index, (index - 1) >> 1)) {
      this.#swap(index, (index - 1) >> 1);
      index = (index - 1) >> 1;
    }
    for (;;) {
      let next = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.#heap.length && this.#leavesBefore(child, next)) next = child;
      }
      if (next === index) return;
      this.#swap(index, next);
      index = next;
    }
  }

  #leavesBefore(a: number, b: number): boolean {
    const one = this.#places.get(this.#heap[a] ?? -1);
    const other = this.#places.get(this.#heap[b] ?? -1);
    if (!one || !other) return false;
    return (
      one.expiresAt < other.expiresAt || (one.expiresAt === other.expiresAt && one.arrival < other.arrival)
    );
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) return;
    this.#put(other, a);
    this.#put(one, b);
  }

  #put(slot: number, index: number): void {
    this.#heap[index] = slot;
    const place = this.#places.get(slot);
    if (place) place.index = index;
  }
}
