import { hashKey } from "#lib/core/cache/hash-key.ts";
import { NONE, type Policy, type PolicyFactory } from "#lib/core/cache/policy.ts";
import { SlotTable } from "#lib/core/cache/slot-table.ts";

const ENTRY_SHARE_MAX = 0.25;
/** How many slots each write looks at, so that what has expired leaves although nobody asks for it. */
const SWEEP_PER_WRITE = 2;

export interface CacheBounds {
  entriesMax: number;
  /** Bound on the sum of what `set` is told; keys and book-keeping are not counted. */
  bytesMax: number;
  /** The largest entry taken; a quarter of `bytesMax` when absent, so that one entry cannot empty the cache. */
  entryBytesMax?: number;
  /** Milliseconds of any clock. */
  now: () => number;
}

export interface CacheStats {
  entries: number;
  /** Keys known, values or not: the adaptive policy remembers some that have left. */
  keys: number;
  bytes: number;
  hits: number;
  misses: number;
  evictions: number;
  expirations: number;
  /** Values larger than an entry may be. */
  refusals: number;
  /** What the policy has learned: for the adaptive one, the share of the keys each known policy governs. */
  policy: Record<string, number>;
}

/** A cache of values over any policy. */
export class BoundedCache<V> {
  readonly #table = new SlotTable<V>();
  readonly #policy: Policy;
  readonly #entryBytesMax: number;
  readonly #now: () => number;
  #entries = 0;
  #bytes = 0;
  #hits = 0;
  #misses = 0;
  #evictions = 0;
  #expirations = 0;
  #refusals = 0;
  #sweepAt = 0;

  constructor(createPolicy: PolicyFactory, options: CacheBounds) {
    const { entriesMax, bytesMax, entryBytesMax = bytesMax * ENTRY_SHARE_MAX, now } = options;
    if (!(entriesMax >= 1 && bytesMax >= 1))
      throw new RangeError("a cache holds at least one entry of one byte");
    this.#entryBytesMax = Math.min(entryBytesMax, bytesMax);
    this.#now = now;
    this.#policy = createPolicy({
      entriesMax: Math.floor(entriesMax),
      bytesMax,
      bytesOf: (slot) => this.#table.at(slot)?.bytes ?? 0,
      hashOf: (slot) => this.#table.at(slot)?.hash ?? 0,
      expiresAtOf: (slot) => this.#table.at(slot)?.expiresAt ?? 0,
      evict: (slot, remembered = false) => {
        this.#evictions += 1;
        this.#drop(slot);
        if (!remembered) this.#table.remove(slot);
      },
      forget: (slot) => this.#table.remove(slot),
    });
  }

  get(key: string): V | undefined {
    const slot = this.#find(key);
    const held = this.#table.at(slot);
    this.#policy.request?.(held?.hash ?? hashKey(key), slot);
    if (!held?.entry) {
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    this.#policy.touch(slot);
    return held.entry.value;
  }

  set(
    key: string,
    value: V,
    { bytes, ttlMs = Number.POSITIVE_INFINITY }: { bytes: number; ttlMs?: number },
  ): boolean {
    if (!(bytes >= 0)) throw new RangeError(`bytes: ${bytes}`);
    this.#sweep();
    if (bytes > this.#entryBytesMax || !(ttlMs > 0)) {
      this.delete(key);
      if (ttlMs > 0) this.#refusals += 1;
      return false;
    }
    const slot = this.#slotFor(key, bytes);
    const held = this.#table.at(slot);
    if (!held) return false;
    held.expiresAt = this.#now() + ttlMs;
    if (held.entry) {
      held.entry.value = value;
      this.#policy.touch(slot);
      return true;
    }
    held.entry = { value };
    this.#entries += 1;
    this.#bytes += bytes;
    this.#policy.admit(slot);
    return this.#table.at(slot) === held && held.entry !== undefined;
  }

  delete(key: string): boolean {
    const slot = this.#find(key);
    return slot !== NONE && this.#remove(slot);
  }

  clear(): void {
    this.#table.clear();
    this.#policy.clear();
    this.#entries = 0;
    this.#bytes = 0;
  }

  stats(): CacheStats {
    return {
      entries: this.#entries,
      keys: this.#table.size,
      bytes: this.#bytes,
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      expirations: this.#expirations,
      refusals: this.#refusals,
      policy: this.#policy.describe?.() ?? {},
    };
  }

  /** The key's slot, unless it has expired; that removes it. */
  #find(key: string): number {
    const slot = this.#table.find(key);
    return slot !== NONE && this.#expire(slot) ? NONE : slot;
  }

  /** A slot of the given size: the key's own if it survives the change of size, or a new one. */
  #slotFor(key: string, bytes: number): number {
    const slot = this.#find(key);
    const held = this.#table.at(slot);
    if (!held) return this.#table.add(key, bytes);
    if (held.bytes === bytes) return slot;
    const bytesBefore = held.bytes;
    held.bytes = bytes;
    if (held.entry) this.#bytes += bytes - bytesBefore;
    this.#policy.resize(slot, bytesBefore);
    const kept = this.#table.find(key);
    return kept === NONE ? this.#table.add(key, bytes) : kept;
  }

  #expire(slot: number): boolean {
    const held = this.#table.at(slot);
    if (!held || held.expiresAt > this.#now()) return false;
    if (this.#remove(slot)) this.#expirations += 1;
    return true;
  }

  /** True when there was a value. */
  #remove(slot: number): boolean {
    this.#policy.remove(slot);
    const had = this.#drop(slot);
    this.#table.remove(slot);
    return had;
  }

  #drop(slot: number): boolean {
    const held = this.#table.at(slot);
    if (!held?.entry) return false;
    held.entry = undefined;
    this.#entries -= 1;
    this.#bytes -= held.bytes;
    return true;
  }

  #sweep(): void {
    for (let looked = 0; looked < SWEEP_PER_WRITE && this.#table.length > 0; looked++) {
      this.#sweepAt = (this.#sweepAt + 1) % this.#table.length;
      this.#expire(this.#sweepAt);
    }
  }
}
