/** A list in the room is turned like the pages of a book: large rows, nothing that has to be scrolled to be hit. */
export interface ListPage<Row> {
  rows: readonly Row[];
  /** From 0; always one that exists. */
  index: number;
  count: number;
}

export function pageOf<Row>(rows: readonly Row[], index: number, perPage: number): ListPage<Row> {
  const count = Math.max(1, Math.ceil(rows.length / perPage));
  const shown = Math.min(count - 1, Math.max(0, Math.trunc(index) || 0));
  return { rows: rows.slice(shown * perPage, (shown + 1) * perPage), index: shown, count };
}

/** Wheel or thumbstick travel that turns a page, in CSS pixels. */
const TURN_PX = 120;

/** Adds up scrolling until it turns a page: `turn` is -1, 0 or 1, `rest` goes into the next call. */
export function turnByScroll(rest: number, deltaPx: number): { turn: -1 | 0 | 1; rest: number } {
  const sum = rest * deltaPx < 0 ? deltaPx : rest + deltaPx;
  if (Math.abs(sum) < TURN_PX) return { turn: 0, rest: sum };
  return { turn: sum > 0 ? 1 : -1, rest: 0 };
}
