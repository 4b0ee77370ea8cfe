/** Marks that people leave out when they type: Latin, Cyrillic, Hebrew points, Arabic harakat. Vowel signs of Indic scripts carry meaning and stay. */
const OPTIONAL_MARKS = new RegExp(
  `[${[
    "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f",
    "\\u0483-\\u0489",
    "\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7",
    "\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed",
  ].join("")}]`,
  "g",
);
/** Soft hyphen, zero-width space, joiners, marks of direction, word joiner, BOM: never typed. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
/** Letters that Unicode does not decompose, and the signs a keyboard types plainly. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ł: "l",
  Ł: "L",
  ı: "i",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ς: "σ",
  "‘": "'",
  "’": "'",
  "‚": "'",
  ʼ: "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‐": "-",
  "‑": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "\u0640": "",
};
const PLAIN_PATTERN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
/** Without such a character, folding is only a matter of case and white space. Searched for rather than matched, which keeps megabytes off the stack. */
const BEYOND_ASCII = /\P{ASCII}/u;

/** White space but the plain space, which needs no folding and is the most frequent character of all. */
const OTHER_SPACE = /[^\S ]/g;

/**
 * The text as a search sees it: compatibility forms, case, optional marks and
 * typographic signs folded away, each white-space character a plain space
 * (UAX #15 and #21; what Unicode TR10 calls primary strength, in code).
 */
export function foldText(text: string, caseSensitive = false): string {
  if (isAscii(text)) {
    const spaced = text.replace(OTHER_SPACE, " ");
    return caseSensitive ? spaced : spaced.toLowerCase();
  }
  const folded = text
    .normalize("NFKD")
    .replace(OPTIONAL_MARKS, "")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(PLAIN_PATTERN, (character) => PLAIN[character] ?? character)
    .replace(OTHER_SPACE, " ");
  if (caseSensitive) return folded;
  // A capital İ lower-cases to i and a dot above, which is optional again.
  return folded.toLowerCase().replace(OPTIONAL_MARKS, "").replace(/ς/g, "σ");
}

export function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text);
}

/**
 * The way back from offsets in a folded text to those in the original: stretches
 * in which both run alike, and single characters that became longer or shorter.
 * In order; each entry of the four lists belongs to one stretch.
 */
export interface FoldedOffsets {
  foldedStarts: readonly number[];
  starts: readonly number[];
  foldedLengths: readonly number[];
  lengths: readonly number[];
}

/** Of so many characters the folded length is remembered, so that a book of Chinese costs a look-up each. */
const REMEMBERED_MAX = 20_000;

/** Where each character of `text` went in `foldText(text)`, whether or not case was folded. */
export function mapFoldedOffsets(text: string): FoldedOffsets {
  const known = new Map<string, number>();
  const map = { foldedStarts: [0], starts: [0], foldedLengths: [0], lengths: [0] };
  let at = 0;
  let foldedAt = 0;
  let isAlike = true;
  while (at < text.length) {
    const length = clusterLength(text, at);
    const isPlain = length === 1 && text.charCodeAt(at) < 0x80;
    const foldedLength = isPlain ? 1 : foldedLengthOf(text.slice(at, at + length), known);
    const last = map.starts.length - 1;
    if (length === foldedLength && isAlike) {
      map.foldedLengths[last] = (map.foldedLengths[last] ?? 0) + length;
      map.lengths[last] = (map.lengths[last] ?? 0) + length;
    } else {
      map.foldedStarts.push(foldedAt);
      map.starts.push(at);
      map.foldedLengths.push(foldedLength);
      map.lengths.push(length);
      isAlike = length === foldedLength;
    }
    at += length;
    foldedAt += foldedLength;
  }
  return map;
}

/** The stretch of the original that a stretch of the folded text came from; whole characters. */
export function unfoldRange(map: FoldedOffsets, from: number, to: number): { start: number; end: number } {
  const first = segmentAt(map, from);
  const last = segmentAt(map, to - 1);
  return {
    start: first.isAlike ? first.start + (from - first.foldedStart) : first.start,
    end: last.isAlike ? last.start + (to - last.foldedStart) : last.start + last.length,
  };
}

function segmentAt({ foldedStarts, starts, foldedLengths, lengths }: FoldedOffsets, offset: number) {
  let low = 0;
  let high = foldedStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((foldedStarts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const index = Math.max(0, low - 1);
  const length = lengths[index] ?? 0;
  return {
    foldedStart: foldedStarts[index] ?? 0,
    start: starts[index] ?? 0,
    length,
    isAlike: length === foldedLengths[index],
  };
}

/** UTF-16 units of the character at an offset with the marks that follow it: together they fold as one. */
function clusterLength(text: string, at: number): number {
  let length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  // The first combining mark of Unicode is U+0300.
  while (text.charCodeAt(at + length) >= 0x300) {
    const next = String.fromCodePoint(text.codePointAt(at + length) ?? 0);
    if (!MARK.test(next)) break;
    length += next.length;
  }
  return length;
}

const MARK = /^\p{M}$/u;

function foldedLengthOf(cluster: string, known: Map<string, number>): number {
  let length = known.get(cluster);
  if (length === undefined) {
    length = foldText(cluster).length;
    if (known.size < REMEMBERED_MAX) known.set(cluster, length);
  }
  return length;
}
