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
/** Whether a text is ASCII: then folding it is only a matter of case and white space. */
const ASCII_ONLY = /^[\p{ASCII}]*$/v;

/**
 * The text as a search sees it: compatibility forms, case, optional marks and
 * typographic signs folded away, each white-space character a plain space
 * (UAX #15 and #21; what Unicode TR10 calls primary strength, in code).
 */
export function foldText(text: string, caseSensitive = false): string {
  if (ASCII_ONLY.test(text)) {
    const spaced = text.replace(/\s/g, " ");
    return caseSensitive ? spaced : spaced.toLowerCase();
  }
  const folded = text
    .normalize("NFKD")
    .replace(OPTIONAL_MARKS, "")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(PLAIN_PATTERN, (character) => PLAIN[character] ?? character)
    .replace(/\s/g, " ");
  if (caseSensitive) return folded;
  // A capital İ lower-cases to i and a dot above, which is optional again.
  return folded.toLowerCase().replace(OPTIONAL_MARKS, "").replace(/ς/g, "σ");
}

export interface FoldedText {
  text: string;
  /** For each UTF-16 unit of `text`: where the character it came from starts and ends in the original. Null: the same offsets. */
  starts: Uint32Array | null;
  ends: Uint32Array | null;
}

/** Folds a text and keeps the way back to the original's offsets. */
export function foldTextWithOffsets(text: string, caseSensitive = false): FoldedText {
  if (ASCII_ONLY.test(text)) return { text: foldText(text, caseSensitive), starts: null, ends: null };
  let folded = "";
  const starts: number[] = [];
  const ends: number[] = [];
  // A character with the marks that follow it folds as one, so that composed and decomposed spellings meet.
  for (const match of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const piece = foldText(match[0], caseSensitive);
    folded += piece;
    for (let unit = 0; unit < piece.length; unit++) {
      starts.push(match.index);
      ends.push(match.index + match[0].length);
    }
  }
  return { text: folded, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}
