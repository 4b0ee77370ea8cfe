import type { RefinedPart } from "#services/live/stream/refinement.ts";

/** Larger changes are no caret. */
const PIXELS_MAX = 16_384;
const KNOWN_MAX = 4;
/** A page that moved again so soon may have moved under the screenshot. */
const SETTLED_MS = 50;

/**
 * Remembers how small changes between pictures that stand still look when sharp, so that what
 * alternates, such as a blinking caret, is captured and compressed once for each of its states.
 */
export interface BlinkMemory {
  find(from: string, to: string): readonly RefinedPart[] | null;
  /** A change was refined; it counts once the page has stood still for a moment more. */
  propose(from: string, to: string, parts: readonly RefinedPart[]): void;
  /** A frame with another picture came. */
  moved(): void;
}

export function createBlinkMemory(): BlinkMemory {
  const known = new Map<string, readonly RefinedPart[]>();
  let proposal: { key: string; parts: readonly RefinedPart[]; atMs: number } | null = null;
  return {
    find: (from, to) => known.get(`${from} ${to}`) ?? null,
    propose(from, to, parts) {
      const pixels = parts.reduce((sum, { tile: { place } }) => sum + place.width * place.height, 0);
      if (pixels > PIXELS_MAX || from === to) return;
      proposal = { key: `${from} ${to}`, parts, atMs: performance.now() };
    },
    moved() {
      const ready = proposal;
      proposal = null;
      if (!ready || performance.now() - ready.atMs < SETTLED_MS) return;
      known.set(ready.key, ready.parts);
      const oldest = known.keys().next();
      if (known.size > KNOWN_MAX && !oldest.done) known.delete(oldest.value);
    },
  };
}
