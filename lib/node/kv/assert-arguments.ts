import type { SlidingWindow, TokenBucket } from "#lib/node/kv/kv.ts";

/** Tags are stored inside entries and indexes, so they stay short and free of separators. */
const TAG_LENGTH_MAX = 200;
const TAGS_MAX = 16;

export function assertTtlMs(ttlMs: number): void {
  if (!(ttlMs >= 1) || ttlMs > Number.MAX_SAFE_INTEGER / 4) {
    throw new RangeError(`ttlMs must be at least 1, got ${ttlMs}`);
  }
}

export function assertTags(tags: readonly string[]): void {
  if (tags.length > TAGS_MAX) throw new RangeError(`at most ${TAGS_MAX} tags, got ${tags.length}`);
  for (const tag of tags) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters separate tags where they are stored.
    if (tag === "" || tag.length > TAG_LENGTH_MAX || /[\u0000-\u001f]/.test(tag)) {
      throw new RangeError(`a tag is 1 to ${TAG_LENGTH_MAX} characters without control characters`);
    }
  }
}

export function assertBucket({ capacity, refillPerSecond, cost = 1 }: TokenBucket): void {
  if (!(capacity > 0 && Number.isFinite(capacity))) throw new RangeError(`capacity: ${capacity}`);
  if (!(refillPerSecond > 0 && Number.isFinite(refillPerSecond))) {
    throw new RangeError(`refillPerSecond: ${refillPerSecond}`);
  }
  if (!(cost >= 0)) throw new RangeError(`cost: ${cost}`);
  if (cost > capacity) throw new RangeError(`cost ${cost} can never be met by capacity ${capacity}`);
}

export function assertWindow({ limit, windowMs }: SlidingWindow): void {
  if (!(Number.isSafeInteger(limit) && limit >= 1)) throw new RangeError(`limit: ${limit}`);
  if (!(windowMs >= 1 && Number.isFinite(windowMs))) throw new RangeError(`windowMs: ${windowMs}`);
}

export function assertInteger(name: string, value: number, min: number): void {
  if (!(Number.isSafeInteger(value) && value >= min)) throw new RangeError(`${name}: ${value}`);
}
