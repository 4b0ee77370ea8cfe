/** How many entries each write looks at, so that what nobody reads again is dropped without a timer. */
const SWEEP_PER_WRITE = 4;

interface Entry<T> {
  value: T;
  bytes: number;
  expiresAt: number;
}

export interface ExpiringMapOptions<T> {
  entriesMax: number;
  bytesMax: number;
  now: () => number;
  /** Called for everything that leaves other than by being replaced with `set`. */
  onRemove?: (key: string, value: T) => void;
}

/**
 * A map bounded by entries and bytes whose entries expire. When full, what was
 * used least recently leaves. It starts no timer: an expired entry is never
 * answered, and each write drops a few that have expired.
 */
export class ExpiringMap<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #options: ExpiringMapOptions<T>;
  #bytes = 0;
  #sweep: Iterator<[string, Entry<T>]> | undefined;
  /** Kept between evictions: a new iterator would step over every hole at the map's beginning again. */
  #oldest: Iterator<string> | undefined;

  constructor(options: ExpiringMapOptions<T>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Marks the entry as just used. */
  get(key: string): T | undefined {
    const entry = this.#live(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** When the entry expires, in the clock's milliseconds; `undefined` when it is absent. */
  expiresAt(key: string): number | undefined {
    return this.#live(key)?.expiresAt;
  }

  /** False when the value alone is larger than the whole map may be; an older value is dropped all the same. */
  set(key: string, value: T, { bytes, expiresAt }: { bytes: number; expiresAt: number }): boolean {
    const previous = this.#entries.get(key);
    if (previous) {
      this.#entries.delete(key);
      this.#bytes -= previous.bytes;
    }
    if (bytes > this.#options.bytesMax) {
      if (previous) this.#options.onRemove?.(key, previous.value);
      return false;
    }
    this.#entries.set(key, { value, bytes, expiresAt });
    this.#bytes += bytes;
    this.#sweepSome();
    while (this.#entries.size > this.#options.entriesMax || this.#bytes > this.#options.bytesMax) {
      this.#evictOldest();
    }
    return true;
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (!entry) return false;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    this.#options.onRemove?.(key, entry.value);
    return entry.expiresAt > this.#options.now();
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  /** Whatever the iterator passes is deleted, and what is used moves to the map's end, so the next is the oldest. */
  #evictOldest(): void {
    this.#oldest ??= this.#entries.keys();
    const oldest = this.#oldest.next();
    if (oldest.done) this.#oldest = undefined;
    else this.delete(oldest.value);
  }

  #live(key: string): Entry<T> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAt > this.#options.now()) return entry;
    this.delete(key);
    return undefined;
  }

  #sweepSome(): void {
    const now = this.#options.now();
    for (let looked = 0; looked < SWEEP_PER_WRITE; looked++) {
      this.#sweep ??= this.#entries.entries();
      const next = this.#sweep.next();
      if (next.done) {
        this.#sweep = undefined;
        return;
      }
      const [key, entry] = next.value;
      if (entry.expiresAt <= now) this.delete(key);
    }
  }
}
