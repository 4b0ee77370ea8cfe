import { hashKey } from "#lib/core/cache/hash-key.ts";
import { NONE } from "#lib/core/cache/policy.ts";

interface Slot<V> {
  key: string;
  hash: number;
  bytes: number;
  expiresAt: number;
  /** `undefined` while only the policy remembers the entry. */
  entry: { value: V } | undefined;
}

/** Keys and values by slot: small integers, used again once free. */
export class SlotTable<V> {
  readonly #slotOf = new Map<string, number>();
  readonly #slots: (Slot<V> | undefined)[] = [];
  readonly #free: number[] = [];

  find(key: string): number {
    return this.#slotOf.get(key) ?? NONE;
  }

  at(slot: number): Slot<V> | undefined {
    return this.#slots[slot];
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** One more than the largest slot ever used. */
  get length(): number {
    return this.#slots.length;
  }

  add(key: string, bytes: number): number {
    const slot = this.#free.pop() ?? this.#slots.length;
    this.#slots[slot] = { key, hash: hashKey(key), bytes, expiresAt: 0, entry: undefined };
    this.#slotOf.set(key, slot);
    return slot;
  }

  remove(slot: number): void {
    const held = this.#slots[slot];
    if (!held) return;
    this.#slotOf.delete(held.key);
    this.#slots[slot] = undefined;
    this.#free.push(slot);
  }

  clear(): void {
    this.#slotOf.clear();
    this.#slots.length = 0;
    this.#free.length = 0;
  }
}
