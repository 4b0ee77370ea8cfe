import { FrequencySketch } from "#lib/core/cache/frequency-sketch.ts";
import { NONE, type Policy, type PolicyHost } from "#lib/core/cache/policy.ts";
import { SlotLists } from "#lib/core/cache/slot-lists.ts";
import { WindowClimber } from "#lib/core/cache/window-climber.ts";

const WINDOW = 0;
const PROBATION = 1;
const PROTECTED = 2;
/** Of both bounds; where the climber starts, too. */
const WINDOW_SHARE = 0.01;
/** Of what the window leaves. */
const PROTECTED_SHARE = 0.8;

/**
 * W-TinyLFU (Einziger, Friedman, Manes, ACM Transactions on Storage 2017): a small
 * LRU window in front of a segmented LRU; what leaves the window stays only if it
 * was asked for more often, lately, than what it would displace.
 * With `climbing`, the window's share follows the hit rate (Einziger, Eytan,
 * Friedman, Manes: "Adaptive Software Cache Management", Middleware 2018).
 */
export class WTinyLfuPolicy implements Policy {
  readonly #host: PolicyHost;
  readonly #lists: SlotLists;
  readonly #sketch: FrequencySketch;
  readonly #ownSketch: boolean;
  readonly #climber: WindowClimber | undefined;
  #windowShare = WINDOW_SHARE;

  constructor(host: PolicyHost, options: { climbing?: boolean; sketch?: FrequencySketch } = {}) {
    this.#host = host;
    this.#lists = new SlotLists(host, 3);
    this.#ownSketch = options.sketch === undefined;
    this.#sketch = options.sketch ?? new FrequencySketch(64);
    this.#climber = options.climbing ? new WindowClimber(WINDOW_SHARE) : undefined;
  }

  request(hash: number, slot: number): void {
    if (this.#ownSketch) this.#sketch.increment(hash);
    const climber = this.#climber;
    if (!climber) return;
    const held = this.#held();
    const share = climber.record(this.has(slot), held);
    if (share === this.#windowShare) return;
    this.#windowShare = share;
    this.#rebalance();
  }

  has(slot: number): boolean {
    return this.#lists.has(slot);
  }

  touch(slot: number): void {
    const list = this.#lists.listOf(slot);
    if (list !== PROBATION) {
      this.#lists.moveToFront(list, slot);
      return;
    }
    this.#lists.remove(slot);
    this.#lists.pushFront(PROTECTED, slot);
    this.#demote();
  }

  admit(slot: number): void {
    this.#lists.pushFront(WINDOW, slot);
    if (this.#ownSketch) this.#sketch.ensureEntries(this.#held());
    this.#shrink();
  }

  remove(slot: number): void {
    this.#lists.remove(slot);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#lists.resize(slot, bytesBefore);
    this.#demote();
    this.#shrink();
  }

  clear(): void {
    this.#lists.clear();
    if (this.#ownSketch) this.#sketch.clear();
  }

  #held(): number {
    return this.#lists.count(WINDOW) + this.#lists.count(PROBATION) + this.#lists.count(PROTECTED);
  }

  #shrink(): void {
    while (this.#isWindowOver()) {
      const candidate = this.#lists.back(WINDOW);
      this.#lists.remove(candidate);
      this.#lists.pushFront(PROBATION, candidate);
      this.#contest(candidate);
    }
    while (this.#isOver()) this.#evict(this.#victim());
  }

  /** The candidate's turn against what has waited longest, until the bounds hold or it has lost. */
  #contest(candidate: number): void {
    while (this.#isOver()) {
      const victim = this.#victim();
      const wins = victim !== candidate && this.#frequency(candidate) > this.#frequency(victim);
      this.#evict(wins ? victim : candidate);
      if (!wins) return;
    }
  }

  #frequency(slot: number): number {
    return this.#sketch.frequency(this.#host.hashOf(slot));
  }

  #victim(): number {
    for (const list of [PROBATION, PROTECTED, WINDOW]) {
      const slot = this.#lists.back(list);
      if (slot !== NONE) return slot;
    }
    return NONE;
  }

  #evict(slot: number): void {
    this.#lists.remove(slot);
    this.#host.evict(slot);
  }

  /** Keeps the protected part within its share. */
  #demote(): void {
    const { entriesMax, bytesMax } = this.#host;
    const share = (1 - this.#windowShare) * PROTECTED_SHARE;
    while (
      this.#lists.count(PROTECTED) > Math.max(1, entriesMax * share) ||
      (this.#lists.bytes(PROTECTED) > bytesMax * share && this.#lists.count(PROTECTED) > 1)
    ) {
      const slot = this.#lists.back(PROTECTED);
      this.#lists.remove(slot);
      this.#lists.pushFront(PROBATION, slot);
    }
  }

  /** After the window's share changed: moves entries between the parts, and evicts none. */
  #rebalance(): void {
    this.#demote();
    while (this.#isWindowOver()) {
      const slot = this.#lists.back(WINDOW);
      this.#lists.remove(slot);
      this.#lists.pushFront(PROBATION, slot);
    }
    while (this.#isWindowUnder()) {
      const slot = this.#lists.back(PROBATION);
      if (slot === NONE) return;
      this.#lists.remove(slot);
      this.#lists.pushFront(WINDOW, slot);
    }
  }

  #isWindowOver(): boolean {
    const { entriesMax, bytesMax } = this.#host;
    return (
      this.#lists.count(WINDOW) > Math.max(1, Math.floor(entriesMax * this.#windowShare)) ||
      (this.#lists.bytes(WINDOW) > bytesMax * this.#windowShare && this.#lists.count(WINDOW) > 1)
    );
  }

  #isWindowUnder(): boolean {
    const { entriesMax, bytesMax } = this.#host;
    return (
      this.#lists.count(WINDOW) < Math.floor(entriesMax * this.#windowShare) &&
      this.#lists.bytes(WINDOW) < bytesMax * this.#windowShare
    );
  }

  #isOver(): boolean {
    const { entriesMax, bytesMax } = this.#host;
    const lists = this.#lists;
    return (
      this.#held() > entriesMax ||
      lists.bytes(WINDOW) + lists.bytes(PROBATION) + lists.bytes(PROTECTED) > bytesMax
    );
  }
}
