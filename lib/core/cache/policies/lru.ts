import type { Policy, PolicyHost } from "#lib/core/cache/policy.ts";
import { SlotLists } from "#lib/core/cache/slot-lists.ts";

const ALL = 0;

/** Least recently used leaves first. */
export class LruPolicy implements Policy {
  readonly #host: PolicyHost;
  readonly #lists: SlotLists;

  constructor(host: PolicyHost) {
    this.#host = host;
    this.#lists = new SlotLists(host);
  }

  has(slot: number): boolean {
    return this.#lists.has(slot);
  }

  touch(slot: number): void {
    this.#lists.moveToFront(ALL, slot);
  }

  admit(slot: number): void {
    this.#lists.pushFront(ALL, slot);
    this.#shrink();
  }

  remove(slot: number): void {
    this.#lists.remove(slot);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#lists.resize(slot, bytesBefore);
    this.#shrink();
  }

  clear(): void {
    this.#lists.clear();
  }

  #shrink(): void {
    const { entriesMax, bytesMax } = this.#host;
    while (this.#lists.count(ALL) > entriesMax || this.#lists.bytes(ALL) > bytesMax) {
      const victim = this.#lists.back(ALL);
      this.#lists.remove(victim);
      this.#host.evict(victim);
    }
  }
}
