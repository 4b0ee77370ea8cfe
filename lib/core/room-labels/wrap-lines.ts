/**
 * Breaks a text into lines no wider than `maxPx`, at most `maxLines` of them; the last
 * ends in an ellipsis when something was left out. Lines break between words, as the
 * text's own script has them (Intl.Segmenter), and inside one only where it is longer
 * than a line. `measure` gives the width of a text.
 */
export function wrapLines(
  text: string,
  { maxPx, maxLines, measure }: { maxPx: number; maxLines: number; measure: (text: string) => number },
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of wordsOf(text, maxPx, measure)) {
    if (line !== "" && measure((line + part).trimEnd()) > maxPx) {
      lines.push(line.trimEnd());
      line = "";
      if (lines.length === maxLines) return withEllipsis(lines, maxPx, measure);
    }
    line += line === "" ? part.trimStart() : part;
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

/** Longer texts are only begun: a card never shows more. */
const TEXT_MAX = 2000;

function wordsOf(text: string, maxPx: number, measure: (text: string) => number): string[] {
  const plain = text.slice(0, TEXT_MAX).replace(/\s+/g, " ").trim();
  const words: string[] = [];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(plain)) {
    // Marks and spaces stay with the word before them.
    if (/^[\p{P}\p{S}\s]+$/u.test(segment) && words.length > 0) words[words.length - 1] += segment;
    else words.push(segment);
  }
  return words.flatMap((word) => (measure(word.trimEnd()) > maxPx ? [...word] : [word]));
}

function withEllipsis(lines: string[], maxPx: number, measure: (text: string) => number): string[] {
  let last = lines.at(-1) ?? "";
  while (last !== "" && measure(`${last}…`) > maxPx) {
    // A whole word goes where there is another before it, else a letter.
    const shorter = last.replace(/\s+\S*$/, "");
    last = shorter === last ? last.slice(0, -1) : shorter;
  }
  return lines.with(-1, `${last.replace(/[\p{P}\s]+$/u, "")}…`);
}
