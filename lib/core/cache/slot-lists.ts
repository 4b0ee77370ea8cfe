import { NONE, type PolicyHost } from "#lib/core/cache/policy.ts";

const SLOTS_AT_FIRST = 64;

/**
 * Doubly linked lists of slots, each slot in one list at most, each list with its
 * count and bytes. All operations take constant time; 9 bytes a slot.
 */
export class SlotLists {
  readonly #host: Pick<PolicyHost, "bytesOf">;
  /** Towards the back, and towards the front. */
  #next = new Int32Array(SLOTS_AT_FIRST);
  #prev = new Int32Array(SLOTS_AT_FIRST);
  /** The list a slot is in, plus one; 0 for none. */
  #owner = new Uint8Array(SLOTS_AT_FIRST);
  readonly #front: Int32Array;
  readonly #back: Int32Array;
  readonly #count: Int32Array;
  readonly #bytes: Float64Array;

  constructor(host: Pick<PolicyHost, "bytesOf">, lists = 1) {
    this.#host = host;
    this.#front = new Int32Array(lists).fill(NONE);
    this.#back = new Int32Array(lists).fill(NONE);
    this.#count = new Int32Array(lists);
    this.#bytes = new Float64Array(lists);
  }

  /** `NONE` when the slot is in no list. */
  listOf(slot: number): number {
    return (this.#owner[slot] ?? 0) - 1;
  }

  has(slot: number): boolean {
    return (this.#owner[slot] ?? 0) !== 0;
  }

  front(list: number): number {
    return this.#front[list] ?? NONE;
  }

  back(list: number): number {
    return this.#back[list] ?? NONE;
  }

  /** The neighbour towards the front. */
  before(slot: number): number {
    return this.#prev[slot] ?? NONE;
  }

  count(list: number): number {
    return this.#count[list] ?? 0;
  }

  bytes(list: number): number {
    return this.#bytes[list] ?? 0;
  }

  /** The slot must be in no list. */
  pushFront(list: number, slot: number): void {
    if (slot >= this.#owner.length) this.#grow(slot);
    const front = this.front(list);
    this.#prev[slot] = NONE;
    this.#next[slot] = front;
    if (front === NONE) this.#back[list] = slot;
    else this.#prev[front] = slot;
    this.#front[list] = slot;
    this.#owner[slot] = list + 1;
    this.#count[list] = this.count(list) + 1;
    this.#bytes[list] = this.bytes(list) + this.#host.bytesOf(slot);
  }

  remove(slot: number): void {
    const list = this.listOf(slot);
    if (list === NONE) return;
    const prev = this.#prev[slot] ?? NONE;
    const next = this.#next[slot] ?? NONE;
    if (prev === NONE) this.#front[list] = next;
    else this.#next[prev] = next;
    if (next === NONE) this.#back[list] = prev;
    else this.#prev[next] = prev;
    this.#owner[slot] = 0;
    this.#count[list] = this.count(list) - 1;
    this.#bytes[list] = this.bytes(list) - this.#host.bytesOf(slot);
  }

  moveToFront(list: number, slot: number): void {
    if (this.front(list) === slot) return;
    this.remove(slot);
    this.pushFront(list, slot);
  }

  /** Call after the host's bytes changed. */
  resize(slot: number, bytesBefore: number): void {
    const list = this.listOf(slot);
    if (list !== NONE) this.#bytes[list] = this.bytes(list) + this.#host.bytesOf(slot) - bytesBefore;
  }

  clear(): void {
    this.#owner.fill(0);
    this.#front.fill(NONE);
    this.#back.fill(NONE);
    this.#count.fill(0);
    this.#bytes.fill(0);
  }

  #grow(slot: number): void {
    const length = 2 ** Math.ceil(Math.log2(slot + 1));
    const next = new Int32Array(length);
    const prev = new Int32Array(length);
    const owner = new Uint8Array(length);
    next.set(this.#next);
    prev.set(this.#prev);
    owner.set(this.#owner);
    this.#next = next;
    this.#prev = prev;
    this.#owner = owner;
  }
}
