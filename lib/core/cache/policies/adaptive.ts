import { ExpertShares } from "#lib/core/cache/expert-shares.ts";
import { FrequencySketch } from "#lib/core/cache/frequency-sketch.ts";
import { mixBits } from "#lib/core/cache/hash-key.ts";
import { LruPolicy } from "#lib/core/cache/policies/lru.ts";
import { S3FifoPolicy } from "#lib/core/cache/policies/s3-fifo.ts";
import { SievePolicy } from "#lib/core/cache/policies/sieve.ts";
import { WTinyLfuPolicy } from "#lib/core/cache/policies/w-tinylfu.ts";
import { NONE, type Policy, type PolicyHost } from "#lib/core/cache/policy.ts";
import { SlotBytes } from "#lib/core/cache/slot-bytes.ts";
import { SlotLists } from "#lib/core/cache/slot-lists.ts";

const EXPERTS = ["lru", "sieve", "s3-fifo", "w-tinylfu", "w-tinylfu-climbing"] as const;
/** What it begins with: the contents of the others are quick to gather anew, those of this one are not. */
const FAVOURITE = EXPERTS.indexOf("w-tinylfu");

/** What the expert that governs an entry's key would hold too; and the rest, which leaves first. */
const WANTED = 0;
const EXTRA = 1;

/** Requests between two lessons, for each entry held, and at least. */
const LESSON_REQUESTS = 0.25;
const LESSON_REQUESTS_MIN = 16;
/** Shares that changed by less are not worth moving entries for. */
const SHARE_CHANGE_MIN = 0.01;
/** When more is wanted than fits, every so-manieth newcomer is refused and otherwise the least recently used leaves. */
const REFUSE_EVERY = 4;

/**
 * Follows whichever of LRU, SIEVE, S3-FIFO and W-TinyLFU (plain and climbing) does
 * best on the requests at hand. Each runs beside the cache as a shadow of keys
 * without values, so what each would have missed is known, not guessed (virtual
 * caches: Gramacy, Warmuth, Brandt, Ari, "Adaptive Caching by Refetching", NIPS
 * 2002). `ExpertShares` turns the misses into shares; each key belongs to one expert
 * by weighted rendezvous hashing, in proportion to the shares, so a changed share
 * moves few keys; and the cache holds what the experts would hold of their own keys.
 * It follows lazily: a change of mind evicts nothing, it only names what leaves next
 * (Fiat and others, "Competitive Paging Algorithms", 1991).
 */
export class AdaptivePolicy implements Policy {
  readonly #host: PolicyHost;
  readonly #lists: SlotLists;
  readonly #experts: readonly Policy[];
  readonly #sketch = new FrequencySketch(64);
  readonly #shares = new ExpertShares(EXPERTS.length, FAVOURITE);
  /** The shares by which keys belong to experts now. */
  readonly #applied = Float64Array.from(this.#shares.shares);
  readonly #ownerOf = new SlotBytes();
  readonly #misses = new Float64Array(EXPERTS.length);
  #requests = 0;
  /** Nothing can be learned before anything had to leave. */
  #learning = false;
  #incoming = NONE;
  #overflows = 0;

  constructor(host: PolicyHost) {
    this.#host = host;
    this.#lists = new SlotLists(host, 2);
    const sketch = this.#sketch;
    const shadowOf = (expert: number): PolicyHost => ({
      entriesMax: host.entriesMax,
      bytesMax: host.bytesMax,
      bytesOf: host.bytesOf,
      hashOf: host.hashOf,
      expiresAtOf: host.expiresAtOf,
      evict: (slot) => this.#dropped(expert, slot),
      forget: () => {},
    });
    this.#experts = [
      new LruPolicy(shadowOf(0)),
      new SievePolicy(shadowOf(1)),
      new S3FifoPolicy(shadowOf(2)),
      new WTinyLfuPolicy(shadowOf(3), { sketch }),
      new WTinyLfuPolicy(shadowOf(4), { sketch, climbing: true }),
    ];
  }

  has(slot: number): boolean {
    return this.#lists.has(slot);
  }

  /** The experts see every request; those without the entry take it in now if it is at hand, else when it comes. */
  request(hash: number, slot: number): void {
    this.#sketch.increment(hash);
    const atHand = slot !== NONE && this.#lists.has(slot);
    for (let e = 0; e < this.#experts.length; e++) {
      const expert = this.#experts[e];
      if (!expert) continue;
      expert.request?.(hash, slot);
      if (slot !== NONE && expert.has(slot)) {
        expert.touch(slot);
        continue;
      }
      this.#misses[e] = (this.#misses[e] ?? 0) + 1;
      if (!atHand) continue;
      expert.admit(slot);
      if (e === this.#ownerOf.get(slot)) this.#sort(slot);
    }
    this.#requests += 1;
    if (this.#requests >= Math.max(LESSON_REQUESTS_MIN, this.#held() * LESSON_REQUESTS)) this.#learn();
  }

  touch(slot: number): void {
    this.#lists.moveToFront(this.#lists.listOf(slot), slot);
  }

  admit(slot: number): void {
    this.#incoming = slot;
    for (const expert of this.#experts) if (!expert.has(slot)) expert.admit(slot);
    this.#sketch.ensureEntries(this.#held() + 1);
    this.#ownerOf.set(slot, this.#chooseOwner(this.#host.hashOf(slot)));
    this.#lists.pushFront(this.#isWanted(slot) ? WANTED : EXTRA, slot);
    this.#shrink();
    this.#incoming = NONE;
  }

  remove(slot: number): void {
    this.#lists.remove(slot);
    for (const expert of this.#experts) if (expert.has(slot)) expert.remove(slot);
  }

  resize(slot: number, bytesBefore: number): void {
    this.#lists.resize(slot, bytesBefore);
    for (const expert of this.#experts) if (expert.has(slot)) expert.resize(slot, bytesBefore);
    this.#shrink();
  }

  clear(): void {
    this.#lists.clear();
    for (const expert of this.#experts) expert.clear();
    this.#sketch.clear();
  }

  /** The share of the keys that each expert governs. */
  describe(): Record<string, number> {
    return Object.fromEntries(EXPERTS.map((name, e) => [name, this.#applied[e] ?? 0]));
  }

  #held(): number {
    return this.#lists.count(WANTED) + this.#lists.count(EXTRA);
  }

  #isWanted(slot: number): boolean {
    return this.#experts[this.#ownerOf.get(slot)]?.has(slot) ?? false;
  }

  #sort(slot: number): void {
    const list = this.#isWanted(slot) ? WANTED : EXTRA;
    if (list !== this.#lists.listOf(slot)) this.#lists.moveToFront(list, slot);
  }

  /** An expert let go of a slot in its shadow. */
  #dropped(expert: number, slot: number): void {
    this.#learning = true;
    if (this.#lists.has(slot)) {
      if (expert === this.#ownerOf.get(slot)) this.#sort(slot);
    } else if (slot !== this.#incoming && !this.#isShadowed(slot)) {
      this.#host.forget(slot);
    }
  }

  #isShadowed(slot: number): boolean {
    return this.#experts.some((expert) => expert.has(slot));
  }

  #shrink(): void {
    const { entriesMax, bytesMax } = this.#host;
    while (this.#held() > entriesMax || this.#lists.bytes(WANTED) + this.#lists.bytes(EXTRA) > bytesMax) {
      const victim = this.#victim();
      this.#lists.remove(victim);
      this.#host.evict(victim, this.#isShadowed(victim));
    }
  }

  /**
   * Shares of several experts may add up to more than fits. Then neither the newcomer nor the least recently used
   * can always go: the one would starve bursts, the other would miss every key of a loop.
   */
  #victim(): number {
    this.#learning = true;
    const extra = this.#lists.back(EXTRA);
    if (extra !== NONE) return extra;
    this.#overflows += 1;
    const refused = this.#overflows % REFUSE_EVERY === 0 && this.#lists.has(this.#incoming);
    return refused ? this.#incoming : this.#lists.back(WANTED);
  }

  #learn(): void {
    if (this.#learning) {
      this.#shares.update(this.#misses, this.#requests, Math.max(LESSON_REQUESTS_MIN, this.#held()));
      this.#apply();
    }
    this.#misses.fill(0);
    this.#requests = 0;
  }

  #apply(): void {
    const { shares } = this.#shares;
    const change = shares.reduce((sum, share, e) => sum + Math.abs(share - (this.#applied[e] ?? 0)), 0);
    if (change < SHARE_CHANGE_MIN) return;
    this.#applied.set(shares);
    const slots: number[] = [];
    for (const list of [WANTED, EXTRA]) {
      for (let slot = this.#lists.back(list); slot !== NONE; slot = this.#lists.before(slot))
        slots.push(slot);
    }
    for (const slot of slots) {
      this.#ownerOf.set(slot, this.#chooseOwner(this.#host.hashOf(slot)));
      this.#sort(slot);
    }
  }

  /** Weighted rendezvous hashing: the least of exponentially distributed numbers, each divided by its share. */
  #chooseOwner(hash: number): number {
    let owner = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let e = 0; e < EXPERTS.length; e++) {
      const uniform = (mixBits(hash + Math.imul(e + 1, 0x9e3779b1)) + 0.5) / 2 ** 32;
      const score = -Math.log(uniform) / (this.#applied[e] ?? 0);
      if (score >= least) continue;
      least = score;
      owner = e;
    }
    return owner;
  }
}
