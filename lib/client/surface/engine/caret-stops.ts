import type { TextMark } from "#lib/client/surface/engine/display-list.ts";
import type { TextMetricsSource } from "#lib/client/surface/engine/text-metrics.ts";

/** Takes no room of its own: it stands on, or joins, what is before it. */
const JOINED = /\p{M}|\u200c|\u200d|\ufe0e|\ufe0f|\p{Emoji_Modifier}/u;

/**
 * Distance of every caret from the edge the text begins at (the right one for
 * right-to-left text), a number for each UTF-16 unit and one more. Letters are
 * measured one by one and stretched to the whole's true width: kerning and joined
 * letters may put a caret off by a fraction of a letter, which no press can tell.
 */
export function caretStops(
  mark: Pick<TextMark, "text" | "font" | "width" | "background">,
  metrics: TextMetricsSource,
): Float32Array {
  const { text, font, background } = mark;
  const stops = new Float32Array(text.length + 1);
  let at = 0;
  let x = 0;
  let isJoining = false;
  for (const character of text) {
    const isJoined = isJoining || JOINED.test(character);
    isJoining = character === "\u200d";
    for (let unit = 0; unit < character.length; unit++) stops[at++] = x;
    if (!isJoined) x += metrics.width(character, font);
  }
  stops[at] = x;
  const pad = background?.padPx ?? 0;
  const factor = x > 0 ? (mark.width - 2 * pad) / x : 0;
  for (let index = 0; index < stops.length; index++) stops[index] = pad + (stops[index] ?? 0) * factor;
  return stops;
}

/** The caret nearest to a distance from the beginning edge: an index into the stops. */
export function nearestStop(stops: ArrayLike<number>, distance: number): number {
  let low = 0;
  let high = stops.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops[middle] ?? 0) < distance) low = middle + 1;
    else high = middle;
  }
  const before = stops[low - 1];
  const isBeforeNearer = before !== undefined && distance - before < (stops[low] ?? 0) - distance;
  // Units of one letter share a place: the first of them is where the letter begins.
  let nearest = isBeforeNearer ? low - 1 : low;
  while (nearest > 0 && stops[nearest - 1] === stops[nearest]) nearest--;
  return nearest;
}
