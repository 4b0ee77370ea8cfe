import { NONE, type Policy, type PolicyHost } from "#lib/core/cache/policy.ts";
import { SlotLists } from "#lib/core/cache/slot-lists.ts";

const COUNT_MAX = 63;
/** Requests, for each entry held, after which all counts are halved. */
const AGING_FACTOR = 10;

/**
 * Least frequently used leaves first, and of those the least recently used: one
 * list for each count (Shah, Mitra, Matani: "An O(1) algorithm for implementing the
 * LFU cache eviction scheme", 2010). Counts stop at 63 and are halved from time to
 * time, so that yesterday's favourites do not stay for ever.
 */
export class LfuPolicy implements Policy {
  readonly #host: PolicyHost;
  readonly #lists: SlotLists;
  #held = 0;
  #bytes = 0;
  #least = 1;
  #requests = 0;

  constructor(host: PolicyHost) {
    this.#host = host;
    this.#lists = new SlotLists(host, COUNT_MAX + 1);
  }

  request(): void {
    this.#requests += 1;
    if (this.#requests >= AGING_FACTOR * Math.max(16, this.#held)) this.#halve();
  }

  has(slot: number): boolean {
    return this.#lists.has(slot);
  }

  touch(slot: number): void {
    const count = Math.min(COUNT_MAX, this.#lists.listOf(slot) + 1);
    this.#lists.remove(slot);
    this.#lists.pushFront(count, slot);
  }

  admit(slot: number): void {
    this.#held += 1;
    this.#bytes += this.#host.bytesOf(slot);
    this.#shrink();
    this.#least = 1;
    this.#lists.pushFront(1, slot);
  }

  remove(slot: number): void {
    this.#lists.remove(slot);
    this.#held -= 1;
    this.#bytes -= this.#host.bytesOf(slot);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#bytes += this.#host.bytesOf(slot) - bytesBefore;
    this.#lists.resize(slot, bytesBefore);
    this.#shrink();
  }

  clear(): void {
    this.#lists.clear();
    this.#held = 0;
    this.#bytes = 0;
  }

  #shrink(): void {
    while (this.#held > this.#host.entriesMax || this.#bytes > this.#host.bytesMax) {
      while (this.#lists.back(this.#least) === NONE) this.#least = (this.#least + 1) % (COUNT_MAX + 1);
      const victim = this.#lists.back(this.#least);
      this.remove(victim);
      this.#host.evict(victim);
    }
  }

  #halve(): void {
    this.#requests = 0;
    this.#least = 0;
    for (let count = 1; count <= COUNT_MAX; count++) {
      for (let slot = this.#lists.back(count); slot !== NONE; slot = this.#lists.back(count)) {
        this.#lists.remove(slot);
        this.#lists.pushFront(count >> 1, slot);
      }
    }
  }
}
