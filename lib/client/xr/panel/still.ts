let query: MediaQueryList | null = null;

/** Whether the person asked for less motion. Cheap: the query is made once. */
export function prefersStill(): boolean {
  query ??= matchMedia("(prefers-reduced-motion: reduce)");
  return query.matches;
}
