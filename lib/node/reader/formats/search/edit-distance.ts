/** Texts longer than this are compared by their beginnings. */
const UNITS_MAX = 100;

/** Levenshtein distance: insertions, deletions and substitutions of one unit. */
export function editDistance(a: string, b: string): number {
  const from = a.slice(0, UNITS_MAX);
  const to = b.slice(0, UNITS_MAX);
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
