const ENDS = /[\p{Ll}\p{N})%!?.]$/u;
const STARTS = /^[\p{Lu}\p{N}$€£¥(]/u;

/**
 * Two inline elements that touch are often drawn apart by CSS (`<span>La
 * Sportiva</span><span>Aragon</span>`): a space belongs between them where a
 * word ends and another begins with a capital or a number.
 */
export function needsSpace(before: string, after: string): boolean {
  return ENDS.test(before) && STARTS.test(after) && !(/\p{N}$/u.test(before) && /^\p{N}/u.test(after));
}
