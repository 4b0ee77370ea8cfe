/** What the built-in glyphs of the interface cover: printable ASCII, and that is enough for its own English words. */
const COVERED = /^[\x20-\x7e]*$/;

/** Whether the glyphs of the interface can draw a text; any other is painted with the system's fonts. */
export function isCovered(text: string): boolean {
  return COVERED.test(text);
}

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of the first letter that has one (UAX #9, rules P2 and P3, for a single line). */
export function labelDirection(text: string): "ltr" | "rtl" {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter !== undefined && RTL.test(letter) ? "rtl" : "ltr";
}

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
/** Joins emoji and letters of several scripts: a format character that must stay. */
const JOINERS = /[\u200c\u200d]/;

/** One line of plain text: what could break or turn the line is a space. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, (found) => (JOINERS.test(found) && !/\s/.test(found) ? found : " ")).trim();
}

/**
 * The longest beginning of a text that fits, with an ellipsis where something was
 * left out. `measure` gives the width of a text; it grows with the text.
 */
export function fitText(text: string, maxPx: number, measure: (text: string) => number): string {
  if (measure(text) <= maxPx) return text;
  const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
  let low = 0;
  let high = characters.length;
  const cut = (count: number) => `${text.slice(0, characters[count]?.index ?? text.length).trimEnd()}…`;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(middle)) <= maxPx) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}
