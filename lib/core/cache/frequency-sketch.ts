const ONES = 0x11111111;
const HALVES = 0x77777777;
/** How often each counter is counted, on average, before all are halved. */
const SAMPLE_FACTOR = 10;

/**
 * How often keys were asked for lately, at most 15, by a count-min sketch of 4-bit
 * counters that are halved from time to time (Einziger, Friedman, Manes: "TinyLFU:
 * A Highly Efficient Cache Admission Policy", ACM Transactions on Storage 2017).
 * 16 counters, 8 bytes, for each entry of the cache. It never answers less than it
 * counted since the last halving, and sometimes more.
 */
export class FrequencySketch {
  #words: Uint32Array;
  #mask: number;
  #additions = 0;
  #sampleSize: number;

  constructor(entries: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(8, entries)));
    this.#words = new Uint32Array(size * 2);
    this.#mask = size * 16 - 1;
    this.#sampleSize = SAMPLE_FACTOR * Math.max(8, entries);
  }

  /** Makes room for so many entries. What was counted stays: twice the table repeated has the same answers. */
  ensureEntries(entries: number): void {
    while (this.#words.length < entries * 2) {
      const grown = new Uint32Array(this.#words.length * 2);
      grown.set(this.#words);
      grown.set(this.#words, this.#words.length);
      this.#words = grown;
      this.#mask = grown.length * 8 - 1;
    }
    this.#sampleSize = Math.max(this.#sampleSize, SAMPLE_FACTOR * entries);
  }

  frequency(hash: number): number {
    const step = stepOf(hash);
    let least = 15;
    for (let row = 0, index = hash; row < 4; row++, index += step) {
      const at = index & this.#mask;
      const count = ((this.#words[at >>> 3] ?? 0) >>> ((at & 7) * 4)) & 15;
      if (count < least) least = count;
    }
    return least;
  }

  increment(hash: number): void {
    const step = stepOf(hash);
    let added = false;
    for (let row = 0, index = hash; row < 4; row++, index += step) {
      const at = index & this.#mask;
      const shift = (at & 7) * 4;
      const word = this.#words[at >>> 3] ?? 0;
      if (((word >>> shift) & 15) === 15) continue;
      this.#words[at >>> 3] = word + 2 ** shift;
      added = true;
    }
    if (!added) return;
    this.#additions += 1;
    if (this.#additions >= this.#sampleSize) this.#halve();
  }

  clear(): void {
    this.#words.fill(0);
    this.#additions = 0;
  }

  #halve(): void {
    let odd = 0;
    for (let i = 0; i < this.#words.length; i++) {
      const word = this.#words[i] ?? 0;
      odd += bitCount(word & ONES);
      this.#words[i] = (word >>> 1) & HALVES;
    }
    this.#additions = (this.#additions - (odd >>> 2)) >>> 1;
  }
}

/** An odd step visits four different counters. */
function stepOf(hash: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0) | 1;
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
