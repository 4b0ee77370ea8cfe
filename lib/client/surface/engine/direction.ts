/**
 * Direction of text, as much as drawing needs of the Unicode Bidirectional
 * Algorithm (UAX #9): a line is cut where its direction turns, and the pieces are
 * put in visual order (rule L2). Within a piece the canvas does the rest.
 * Explicit embeddings and isolates are not followed.
 */

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

export function holdsRtl(text: string): boolean {
  return RTL.test(text);
}

/** Direction of the first letter that has one (rules P2 and P3), else the fallback. */
export function firstStrongDirection(text: string, fallback: "ltr" | "rtl"): "ltr" | "rtl" {
  for (const character of text) {
    if (RTL.test(character)) return "rtl";
    if (LETTER.test(character)) return "ltr";
  }
  return fallback;
}

export interface DirectionPiece {
  /** UTF-16 units of the text. */
  start: number;
  end: number;
  /** Even: left to right. */
  level: number;
}

/** Cuts a text of one formatting where its direction turns. Signs and spaces between take the direction around them. */
export function splitByDirection(text: string, base: "ltr" | "rtl"): DirectionPiece[] {
  const baseLevel = base === "rtl" ? 1 : 0;
  const levelOf = (isRtl: boolean) => (isRtl ? 1 : baseLevel === 0 ? 0 : 2);
  const pieces: DirectionPiece[] = [];
  const add = (start: number, end: number, level: number): void => {
    if (start >= end) return;
    const last = pieces.at(-1);
    if (last?.level === level) last.end = end;
    else pieces.push({ start, end, level });
  };
  /** Where signs began whose direction is still open, after a letter of `current`. */
  let openFrom = 0;
  let current: boolean | null = null;
  let at = 0;
  for (const character of text) {
    const next = at + character.length;
    const isRtl = RTL.test(character);
    // A number goes with the right-to-left words before it (rule N1 takes it as such).
    const isStrong = isRtl || LETTER.test(character) || (current === true && DIGIT.test(character));
    if (isStrong) {
      const strong: boolean = isRtl || (current === true && DIGIT.test(character));
      add(openFrom, at, current === strong ? levelOf(strong) : baseLevel);
      add(at, next, levelOf(strong));
      current = strong;
      openFrom = next;
    }
    at = next;
  }
  add(openFrom, text.length, baseLevel);
  return pieces;
}

/** Rule L2: from the highest level down to the lowest odd one, every stretch at or above it is reversed. */
export function visualOrder<Piece extends { level: number }>(pieces: readonly Piece[]): Piece[] {
  const ordered = [...pieces];
  const highest = Math.max(0, ...ordered.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      if ((ordered[from]?.level ?? 0) < level) continue;
      let to = from;
      while (to + 1 < ordered.length && (ordered[to + 1]?.level ?? 0) >= level) to++;
      const turned = ordered.slice(from, to + 1).reverse();
      ordered.splice(from, turned.length, ...turned);
      from = to;
    }
  }
  return ordered;
}
