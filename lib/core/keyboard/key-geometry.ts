import { KEYBOARD_UNITS, type Key } from "#lib/core/keyboard/keys.ts";

/** Seen from the head at the keyboard's distance, in degrees; the board's centre is 0, 0, x to the right, y up. */
export interface KeyPlace {
  id: string;
  x: number;
  y: number;
  widthDeg: number;
  heightDeg: number;
}

/**
 * One key, centre to centre. Keys touch: the gap between them is only drawn. A flat
 * board 36° wide is seen at a slant at its ends, where a key measures 0.91 of this, so
 * that every target is still 2.5° or more.
 */
export const KEY_PITCH_DEG = 3;
export const KEY_ROWS = 5;
/** The rows above the keys: what is typed, and what is suggested. */
export const FIELD_ROW_DEG = 3;
export const SUGGESTION_ROW_DEG = 3;
export const SUGGESTIONS_MAX = 4;
export const BOARD_WIDTH_DEG = KEYBOARD_UNITS * KEY_PITCH_DEG;
export const KEYS_HEIGHT_DEG = KEY_ROWS * KEY_PITCH_DEG;
export const STRIP_HEIGHT_DEG = FIELD_ROW_DEG + SUGGESTION_ROW_DEG;
/** Field, suggestions and keys together. */
export const BOARD_HEIGHT_DEG = KEYS_HEIGHT_DEG + STRIP_HEIGHT_DEG;

const TOP = BOARD_HEIGHT_DEG / 2;

/** A row that is not full stands in from the left. */
export function placeKeys(rows: readonly (readonly Key[])[]): KeyPlace[] {
  return rows.flatMap((row, index) => {
    const units = row.reduce((sum, key) => sum + key.units, 0);
    const y = TOP - STRIP_HEIGHT_DEG - (index + 0.5) * KEY_PITCH_DEG;
    let left = (KEYBOARD_UNITS / 2 - units) * KEY_PITCH_DEG;
    return row.map(({ id, units: width }) => {
      const widthDeg = width * KEY_PITCH_DEG;
      const x = left + widthDeg / 2;
      left += widthDeg;
      return { id, x, y, widthDeg, heightDeg: KEY_PITCH_DEG };
    });
  });
}

/** The places of `count` suggestions, from the left, ids `suggestion-0` and on. */
export function placeSuggestions(count: number): KeyPlace[] {
  const shown = Math.min(SUGGESTIONS_MAX, Math.max(0, count));
  const widthDeg = BOARD_WIDTH_DEG / Math.max(1, shown);
  return Array.from({ length: shown }, (_, index) => ({
    id: `suggestion-${index}`,
    x: -BOARD_WIDTH_DEG / 2 + (index + 0.5) * widthDeg,
    y: TOP - FIELD_ROW_DEG - SUGGESTION_ROW_DEG / 2,
    widthDeg,
    heightDeg: SUGGESTION_ROW_DEG,
  }));
}

/** Accents stand in a row above their key, kept on the board; ids `accent-0` and on. */
export function placeAccents(key: KeyPlace, count: number): KeyPlace[] {
  const width = count * KEY_PITCH_DEG;
  const limit = BOARD_WIDTH_DEG / 2 - width / 2;
  const centre = Math.min(limit, Math.max(-limit, key.x));
  return Array.from({ length: count }, (_, index) => ({
    id: `accent-${index}`,
    x: centre - width / 2 + (index + 0.5) * KEY_PITCH_DEG,
    y: key.y + KEY_PITCH_DEG,
    widthDeg: KEY_PITCH_DEG,
    heightDeg: KEY_PITCH_DEG,
  }));
}

/** The place under a point. */
export function placeAt(places: readonly KeyPlace[], x: number, y: number): KeyPlace | null {
  for (const place of places) {
    if (Math.abs(x - place.x) <= place.widthDeg / 2 && Math.abs(y - place.y) <= place.heightDeg / 2)
      return place;
  }
  return null;
}
