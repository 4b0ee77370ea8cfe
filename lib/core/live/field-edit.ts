/** The text from `from` to `to` of the old value became `text`; UTF-16 units. */
export interface FieldEdit {
  from: number;
  to: number;
  text: string;
}

/**
 * The one replacement that leads from a field's old value to its new one. `caret`,
 * where it stands in the new value, decides between equal letters: typing a second
 * `o` in `foo` between the others is told as an insertion there. Null when nothing
 * changed.
 */
export function diffField(before: string, after: string, caret: number): FieldEdit | null {
  if (before === after) return null;
  // What stands behind the caret is kept first: people type in front of it.
  const tailMax = Math.min(before.length, after.length - Math.min(caret, after.length));
  let tail = 0;
  while (tail < tailMax && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const headMax = Math.min(before.length, after.length) - tail;
  let head = 0;
  while (head < headMax && before[head] === after[head]) head += 1;
  // Half of a character means nothing to the page.
  if (head > 0 && isHighSurrogate(before.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail -= 1;
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
