import type { RawPatch } from "#services/live/stream/raw-picture.ts";
import type { RefinedPart } from "#services/live/stream/refinement.ts";

/** Larger changes are no caret, and their pixels are not worth keeping. */
const PATCH_PIXELS_MAX = 16_384;
const KNOWN_MAX = 4;
/** A page that moved again so soon may have moved under the screenshot. */
const SETTLED_MS = 50;

/** What turns one settled picture into another. */
export interface KnownChange {
  patches: readonly RawPatch[];
  parts: readonly RefinedPart[];
}

/**
 * Remembers how small changes between pictures that stand still look when sharp, so that what
 * alternates, such as a blinking caret, is captured and compressed once for each of its states.
 */
export interface BlinkMemory {
  find(from: string, to: string): KnownChange | null;
  /** A change was refined; it counts once the page has stood still for a moment more. */
  propose(from: string, to: string, change: KnownChange): void;
  /** A frame with another picture came. */
  moved(): void;
}

export function createBlinkMemory(): BlinkMemory {
  const known = new Map<string, KnownChange>();
  let proposal: { key: string; change: KnownChange; atMs: number } | null = null;
  return {
    find: (from, to) => known.get(`${from} ${to}`) ?? null,
    propose(from, to, change) {
      const pixels = change.patches.reduce((sum, { rect }) => sum + rect.width * rect.height, 0);
      if (pixels > PATCH_PIXELS_MAX || from === to) return;
      proposal = { key: `${from} ${to}`, change, atMs: performance.now() };
    },
    moved() {
      const ready = proposal;
      proposal = null;
      if (!ready || performance.now() - ready.atMs < SETTLED_MS) return;
      known.set(ready.key, ready.change);
      const oldest = known.keys().next();
      if (known.size > KNOWN_MAX && !oldest.done) known.delete(oldest.value);
    },
  };
}
