import { GhostQueue } from "#lib/core/cache/ghost-queue.ts";
import { NONE, type Policy, type PolicyHost } from "#lib/core/cache/policy.ts";
import { SlotBytes } from "#lib/core/cache/slot-bytes.ts";
import { SlotLists } from "#lib/core/cache/slot-lists.ts";

const SMALL = 0;
const MAIN = 1;
/** Of both bounds. */
const SMALL_SHARE = 0.1;
const COUNT_MAX = 3;
/** Asked for at least so often while in the small queue, an entry moves on to the main one. */
const PROMOTE_AT = 2;

/**
 * S3-FIFO (Yang, Zhang, Qiu, Yue, Rashmi: "FIFO queues are all you need for cache
 * eviction", SOSP 2023). New entries pass a small queue, and most leave from it:
 * one-hit wonders do not reach the main queue. What left is remembered, and enters
 * the main queue if it comes back soon.
 */
export class S3FifoPolicy implements Policy {
  readonly #host: PolicyHost;
  readonly #lists: SlotLists;
  readonly #counts = new SlotBytes();
  readonly #ghosts = new GhostQueue();

  constructor(host: PolicyHost) {
    this.#host = host;
    this.#lists = new SlotLists(host, 2);
  }

  has(slot: number): boolean {
    return this.#lists.has(slot);
  }

  touch(slot: number): void {
    const count = this.#counts.get(slot);
    if (count < COUNT_MAX) this.#counts.set(slot, count + 1);
  }

  admit(slot: number): void {
    const known = this.#ghosts.delete(this.#host.hashOf(slot));
    this.#shrink(1, this.#host.bytesOf(slot));
    this.#counts.set(slot, 0);
    this.#lists.pushFront(known ? MAIN : SMALL, slot);
  }

  remove(slot: number): void {
    this.#lists.remove(slot);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#lists.resize(slot, bytesBefore);
    this.#shrink(0, 0);
  }

  clear(): void {
    this.#lists.clear();
    this.#ghosts.clear();
  }

  /** Makes room for what comes. */
  #shrink(entries: number, bytes: number): void {
    const { entriesMax, bytesMax } = this.#host;
    const lists = this.#lists;
    while (
      lists.count(SMALL) + lists.count(MAIN) + entries > entriesMax ||
      lists.bytes(SMALL) + lists.bytes(MAIN) + bytes > bytesMax
    ) {
      if (lists.count(MAIN) === 0 || this.#isSmallFull()) this.#evictFromSmall();
      else this.#evictFromMain();
    }
  }

  #isSmallFull(): boolean {
    const { entriesMax, bytesMax } = this.#host;
    return (
      this.#lists.count(SMALL) >= Math.max(1, entriesMax * SMALL_SHARE) ||
      this.#lists.bytes(SMALL) >= bytesMax * SMALL_SHARE
    );
  }

  /** Moves on what was asked for until one entry leaves, or none is left. */
  #evictFromSmall(): void {
    for (let slot = this.#lists.back(SMALL); slot !== NONE; slot = this.#lists.back(SMALL)) {
      this.#lists.remove(slot);
      if (this.#counts.get(slot) >= PROMOTE_AT) {
        this.#counts.set(slot, 0);
        this.#lists.pushFront(MAIN, slot);
        continue;
      }
      const held = this.#lists.count(SMALL) + this.#lists.count(MAIN);
      this.#ghosts.push(this.#host.hashOf(slot), Math.max(1, Math.ceil(held * (1 - SMALL_SHARE))));
      this.#host.evict(slot);
      return;
    }
  }

  #evictFromMain(): void {
    for (;;) {
      const slot = this.#lists.back(MAIN);
      const count = this.#counts.get(slot);
      this.#lists.remove(slot);
      if (count === 0) {
        this.#host.evict(slot);
        return;
      }
      this.#counts.set(slot, count - 1);
      this.#lists.pushFront(MAIN, slot);
    }
  }
}
