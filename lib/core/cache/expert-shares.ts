/** How long the past counts, in requests for each entry held. */
const HORIZON = 300;
/** How long it counts for the tracker. */
const TRACKER_HORIZON = 2;
/** What a change of mind costs the tracker: misses, for each entry held, until the cache has followed. */
const TRACKER_CHANGE_COST = 0.25;
/** The least regret assumed, for each entry held: bounds how boldly the shares follow the first differences. */
const REGRET_MIN = 0.1;
/** By how many misses, for each entry held, the favourite leads at first. */
const HEAD_START = 0.1;

/**
 * How much of the cache each expert should govern, from how often each would have
 * missed. AdaHedge (de Rooij, van Erven, Grünwald, Koolen: "Follow the Leader If You
 * Can, Hedge If You Must", JMLR 2014): weights fall exponentially with cumulated
 * misses, steeply while one expert is plainly best, gently once that has led astray,
 * so no sequence of requests can make it much worse than the best expert in
 * hindsight. One more expert, the tracker, stands for whoever was best lately; it
 * earns weight when the workload comes in phases long enough to follow.
 */
export class ExpertShares {
  readonly #experts: number;
  /** Of the experts, then of the tracker. */
  readonly #losses: Float64Array;
  readonly #weights: Float64Array;
  readonly #recent: Float64Array;
  #tracked: number;
  /** The cumulated mixability gap: what hedging has cost so far. */
  #regret = 0;
  readonly shares: Float64Array;

  constructor(experts: number, favourite: number) {
    this.#experts = experts;
    this.#losses = new Float64Array(experts + 1);
    this.#weights = new Float64Array(experts + 1);
    this.#recent = new Float64Array(experts);
    this.shares = new Float64Array(experts);
    this.#tracked = favourite;
    this.#losses.fill(HEAD_START);
    this.#losses[favourite] = 0;
    this.#weigh();
  }

  /** Takes in what each expert missed in the last requests, and updates `shares`. */
  update(misses: Float64Array, requests: number, entriesHeld: number): void {
    const span = requests / entriesHeld;
    const losses = Float64Array.from(this.#losses, (_, e) =>
      e < this.#experts ? (misses[e] ?? 0) / entriesHeld : this.#track(misses, span, entriesHeld),
    );
    const least = Math.min(...losses);
    const rate = this.#rate();
    let hedged = 0;
    let sum = 0;
    for (let e = 0; e < losses.length; e++) {
      const weight = this.#weights[e] ?? 0;
      hedged += weight * (losses[e] ?? 0);
      sum += weight * Math.exp(-rate * ((losses[e] ?? 0) - least));
    }
    const mixed = least - Math.log(sum) / rate;
    const kept = Math.exp(-span / HORIZON);
    this.#regret = this.#regret * kept + Math.max(0, hedged - mixed);
    for (let e = 0; e < losses.length; e++)
      this.#losses[e] = (this.#losses[e] ?? 0) * kept + (losses[e] ?? 0);
    this.#weigh();
  }

  /** The tracker's own loss: that of the expert it stood for, and the price of now standing for another. */
  #track(misses: Float64Array, span: number, entriesHeld: number): number {
    let loss = (misses[this.#tracked] ?? 0) / entriesHeld;
    const kept = Math.exp(-span / TRACKER_HORIZON);
    let best = this.#tracked;
    for (let e = 0; e < this.#experts; e++) {
      this.#recent[e] = (this.#recent[e] ?? 0) * kept + (misses[e] ?? 0) / entriesHeld;
    }
    for (let e = 0; e < this.#experts; e++) {
      if ((this.#recent[e] ?? 0) < (this.#recent[best] ?? 0)) best = e;
    }
    if (best !== this.#tracked) loss += TRACKER_CHANGE_COST;
    this.#tracked = best;
    return loss;
  }

  #rate(): number {
    return Math.log(this.#losses.length) / (this.#regret + REGRET_MIN);
  }

  #weigh(): void {
    const least = Math.min(...this.#losses);
    const rate = this.#rate();
    let sum = 0;
    for (let e = 0; e < this.#losses.length; e++) {
      this.#weights[e] = Math.exp(-rate * ((this.#losses[e] ?? 0) - least));
      sum += this.#weights[e] ?? 0;
    }
    for (let e = 0; e < this.#losses.length; e++) this.#weights[e] = (this.#weights[e] ?? 0) / sum;
    for (let e = 0; e < this.#experts; e++) this.shares[e] = this.#weights[e] ?? 0;
    this.shares[this.#tracked] = (this.shares[this.#tracked] ?? 0) + (this.#weights[this.#experts] ?? 0);
  }
}
