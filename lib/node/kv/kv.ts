/**
 * The small store every process shares: cache entries, rate-limit buckets,
 * pub/sub, short event logs, locks. Three drivers (`memory`, `redis`, `upstash`)
 * pass one contract test. Values are strings; callers parse what they read.
 *
 * A call that the store does not answer in time, or cannot, rejects with
 * `AppError("unavailable")`; nothing is retried here, so a write that failed may
 * or may not have happened. Arguments that can never be right throw `RangeError`.
 */
export interface Kv {
  readonly driver: "memory" | "redis" | "upstash";

  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: SetOptions): Promise<void>;
  delete(...keys: string[]): Promise<number>;
  /** Deletes every key that was set with the tag; answers how many. */
  deleteByTag(tag: string): Promise<number>;

  /**
   * Atomic. A `ttlMs` is applied when the counter is created, in the same step.
   * Counters are values: `get` reads one and `delete` resets it. `by` is an integer, 1 when absent.
   */
  increment(key: string, options?: { by?: number; ttlMs?: number }): Promise<number>;

  /** Token bucket: `capacity` tokens at most, refilled continuously. Atomic over all processes. */
  takeTokens(key: string, bucket: TokenBucket): Promise<LimitDecision>;
  /**
   * Sliding window: at most `limit` hits in any `windowMs`. Atomic over all processes.
   * Up to a limit of 256 every hit is logged and the answer is exact. Above, hits are counted in slices of
   * 1/64 of the window: never more than `limit` in any window, and a hit counts for at most 65/64 of it.
   */
  hitWindow(key: string, window: SlidingWindow): Promise<LimitDecision>;

  /**
   * `null` when someone else holds it. The fencing token grows with each holder of the key; what the lock
   * protects must refuse a token smaller than one it has seen, since a holder can outlive its `ttlMs`.
   */
  acquireLock(key: string, options: { ttlMs: number }): Promise<Lock | null>;

  publish(channel: string, message: string): Promise<void>;
  /**
   * Resolves once subscribed. The returned function ends the subscription. Delivery is at most once: after a
   * lost connection the driver subscribes again by itself and calls `onResubscribe`, since messages may have
   * been missed meanwhile; who cannot miss any reads them from the event log.
   */
  subscribe(
    channel: string,
    listener: (message: string) => void,
    options?: SubscribeOptions,
  ): Promise<() => Promise<void>>;

  /**
   * Numbers, stores and announces (on the channel of the log's name) in one atomic step. The announcement is
   * read with `parseEventMessage`. At most `lengthMax` events are kept, and none `ttlMs` after the last append.
   */
  appendEvent(
    log: string,
    data: string,
    options: { lengthMax: number; ttlMs: number },
  ): Promise<EventPosition>;
  /**
   * Events after `after`, oldest first; `null` reads from the oldest kept. `gone` when events after the position
   * are no longer in the log. To follow a log without a gap: subscribe, then read, then drop repeated offsets.
   */
  readEvents(log: string, after: EventPosition | null, limit: number): Promise<EventBatch>;

  /** Throws when the store does not answer in time. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface SetOptions {
  ttlMs: number;
  tags?: readonly string[];
}

export interface SubscribeOptions {
  /** Called each time the subscription stands again after it was lost. */
  onResubscribe?: () => void;
}

export interface TokenBucket {
  capacity: number;
  refillPerSecond: number;
  /** Tokens to take, 1 when absent. */
  cost?: number;
}

export interface SlidingWindow {
  limit: number;
  windowMs: number;
}

export interface LimitDecision {
  allowed: boolean;
  /** Whole tokens or hits left after this one. */
  remaining: number;
  /** 0 when allowed; otherwise when the same request would be admitted. */
  retryAfterMs: number;
  /** When the bucket is full, or the window empty, again. */
  resetAfterMs: number;
}

export interface Lock {
  fencingToken: number;
  /** Prolongs the lock; false when it was lost meanwhile. */
  extend(ttlMs: number): Promise<boolean>;
  /** Only the holder's own lock is released; false when it was lost meanwhile. */
  release(): Promise<boolean>;
}

/** `epoch` changes when a log is lost and begins anew; `offset` counts from 1. */
export interface EventPosition {
  epoch: string;
  offset: number;
}

export interface LogEvent {
  position: EventPosition;
  data: string;
}

/** `last` is the newest position of the log, `null` when it never had an event or was forgotten. */
export type EventBatch =
  | { status: "ok"; events: LogEvent[]; last: EventPosition | null }
  | { status: "gone"; last: EventPosition | null };
