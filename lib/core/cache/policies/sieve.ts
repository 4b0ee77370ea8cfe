import { NONE, type Policy, type PolicyHost } from "#lib/core/cache/policy.ts";
import { SlotBytes } from "#lib/core/cache/slot-bytes.ts";
import { SlotLists } from "#lib/core/cache/slot-lists.ts";

const ALL = 0;

/**
 * SIEVE (Zhang, Yang, Yue, Vigfusson, Rashmi: "SIEVE is Simpler than LRU", NSDI 2024).
 * One list in order of arrival and a hand that walks from its back to its front:
 * what was asked for since the hand last came by is spared once, the rest leaves.
 * A hit only sets a bit.
 */
export class SievePolicy implements Policy {
  readonly #host: PolicyHost;
  readonly #lists: SlotLists;
  readonly #visited = new SlotBytes();
  #hand = NONE;

  constructor(host: PolicyHost) {
    this.#host = host;
    this.#lists = new SlotLists(host);
  }

  has(slot: number): boolean {
    return this.#lists.has(slot);
  }

  touch(slot: number): void {
    this.#visited.set(slot, 1);
  }

  admit(slot: number): void {
    const { entriesMax, bytesMax } = this.#host;
    const bytes = this.#host.bytesOf(slot);
    while (this.#lists.count(ALL) >= entriesMax || this.#lists.bytes(ALL) + bytes > bytesMax)
      this.#evictOne();
    this.#visited.set(slot, 0);
    this.#lists.pushFront(ALL, slot);
  }

  remove(slot: number): void {
    if (this.#hand === slot) this.#hand = this.#lists.before(slot);
    this.#lists.remove(slot);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#lists.resize(slot, bytesBefore);
    while (this.#lists.bytes(ALL) > this.#host.bytesMax) this.#evictOne();
  }

  clear(): void {
    this.#lists.clear();
    this.#hand = NONE;
  }

  #evictOne(): void {
    let slot = this.#hand === NONE ? this.#lists.back(ALL) : this.#hand;
    while (this.#visited.get(slot) === 1) {
      this.#visited.set(slot, 0);
      slot = this.#lists.before(slot);
      if (slot === NONE) slot = this.#lists.back(ALL);
    }
    this.#hand = this.#lists.before(slot);
    this.#lists.remove(slot);
    this.#host.evict(slot);
  }
}
