/** Requests in a sample, for each entry held. */
const SAMPLE_FACTOR = 10;
/** First step, as a share of the cache. */
const STEP = 0.0625;
const STEP_DECAY = 0.98;
/** A hit rate that changed by more than this between samples means another workload: the steps start anew. */
const RESTART_CHANGE = 0.05;
const SHARE_MIN = 0.01;
const SHARE_MAX = 0.8;

/**
 * Hill climbing on the window's share of a W-TinyLFU cache (Einziger, Eytan,
 * Friedman, Manes, Middleware 2018): after each sample of requests the share takes
 * a step; when the hit rate fell, the steps turn round. Steps shrink until the
 * workload changes.
 */
export class WindowClimber {
  #share: number;
  #step = STEP;
  #hits = 0;
  #requests = 0;
  #lastHitRate = 0;

  constructor(share: number) {
    this.#share = share;
  }

  /** Counts one request and answers the share from now on. */
  record(hit: boolean, entriesHeld: number): number {
    this.#requests += 1;
    if (hit) this.#hits += 1;
    if (this.#requests >= SAMPLE_FACTOR * Math.max(entriesHeld, 16)) this.#climb();
    return this.#share;
  }

  #climb(): void {
    const hitRate = this.#hits / this.#requests;
    const change = hitRate - this.#lastHitRate;
    if (change < 0) this.#step = -this.#step;
    this.#share = Math.min(SHARE_MAX, Math.max(SHARE_MIN, this.#share + this.#step));
    if (Math.abs(change) >= RESTART_CHANGE) this.#step = Math.sign(this.#step) * STEP;
    else this.#step *= STEP_DECAY;
    this.#lastHitRate = hitRate;
    this.#hits = 0;
    this.#requests = 0;
  }
}
