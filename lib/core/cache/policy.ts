/** No slot. */
export const NONE = -1;

/**
 * What a policy sees of the cache. Entries are slots: small integers that stay the
 * same while the entry, or a policy's memory of it, lasts. Policies keep their
 * state in typed arrays indexed by slot, about 10 bytes an entry.
 */
export interface PolicyHost {
  readonly entriesMax: number;
  readonly bytesMax: number;
  /** Never more than `bytesMax`. */
  bytesOf(slot: number): number;
  /** 32 well-mixed bits of the entry's key. */
  hashOf(slot: number): number;
  /** In the clock's milliseconds; infinite for an entry without an end. */
  expiresAtOf(slot: number): number;
  /** The policy no longer holds the slot. With `remembered` it may still name it, until it calls `forget`. */
  evict(slot: number, remembered?: boolean): void;
  forget(slot: number): void;
}

/**
 * Decides which entries stay. It holds a set of slots within both bounds of the
 * host; all calls are synchronous and take constant time on average unless noted.
 */
export interface Policy {
  /** Every lookup, found or not, before `touch`. `NONE` for a key without a slot. */
  request?(hash: number, slot: number): void;
  /** Whether the policy holds the slot. */
  has(slot: number): boolean;
  /** A held entry was asked for, or written again. */
  touch(slot: number): void;
  /** Takes a slot in. Evicts until the bounds hold again, possibly the new slot itself. */
  admit(slot: number): void;
  /** Deleted or expired: forgotten without `evict`. */
  remove(slot: number): void;
  /** The bytes of a slot it names were another number until now. Evicts until the bounds hold again. */
  resize(slot: number, bytesBefore: number): void;
  clear(): void;
  /** What it has learned, for statistics. */
  describe?(): Record<string, number>;
}

export type PolicyFactory = (host: PolicyHost) => Policy;
