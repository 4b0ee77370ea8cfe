export interface ColumnNeed {
  /** Narrower, words would break. */
  min: number;
  /** Wide enough for the longest cell on one line. */
  natural: number;
}

/**
 * Widths of a table's columns, near to what browsers do (CSS 2.1, 17.5.2.2): all
 * they want if there is room, stretched to the least width; else what they need,
 * and the rest shared by what each still lacks. Below their needs all shrink alike.
 */
export function fitColumns(
  needs: readonly ColumnNeed[],
  { least, most }: { least: number; most: number },
): number[] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const naturals = needs.map(({ natural }) => natural);
  const wanted = sum(naturals);
  if (wanted <= most) {
    const factor = wanted > 0 ? Math.max(1, least / wanted) : 1;
    return naturals.map((width) => Math.floor(width * factor));
  }
  const mins = needs.map(({ min }) => min);
  const needed = sum(mins);
  if (needed >= most) return mins.map((min) => Math.floor((min * most) / needed));
  const lacking = wanted - needed;
  return needs.map(({ min, natural }) => Math.floor(min + ((natural - min) / lacking) * (most - needed)));
}
