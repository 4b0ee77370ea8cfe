/** Larger than any distance squared in a picture we make. */
const FAR = 1e10;

/**
 * A signed distance field of a painted shape: 0.5 at its edge, more inside, with
 * `rangePx` pixels from 0 to 1. `coverage` holds 0..255 for each pixel, row by row.
 * The distances come from the exact transform of Felzenszwalb and Huttenlocher
 * (Distance Transforms of Sampled Functions, 2012), started from the share of each
 * edge pixel that is painted, so that edges fall between pixels.
 */
export function distanceField(
  coverage: ArrayLike<number>,
  { width, height, rangePx }: { width: number; height: number; rangePx: number },
): Uint8ClampedArray {
  const outside = new Float64Array(width * height);
  const inside = new Float64Array(width * height);
  for (let at = 0; at < outside.length; at++) {
    const share = (coverage[at] ?? 0) / 255;
    outside[at] = share === 0 ? FAR : Math.max(0, 0.5 - share) ** 2;
    inside[at] = share === 1 ? FAR : Math.max(0, share - 0.5) ** 2;
  }
  transform(outside, width, height);
  transform(inside, width, height);
  const field = new Uint8ClampedArray(width * height);
  for (let at = 0; at < field.length; at++) {
    const distancePx = Math.sqrt(inside[at] ?? 0) - Math.sqrt(outside[at] ?? 0);
    field[at] = Math.round(255 * (0.5 + distancePx / rangePx));
  }
  return field;
}

function transform(grid: Float64Array, width: number, height: number): void {
  const longest = Math.max(width, height);
  const scratch: Scratch = {
    line: new Float64Array(longest),
    places: new Int32Array(longest),
    bounds: new Float64Array(longest + 1),
  };
  for (let x = 0; x < width; x++) transformLine(grid, { start: x, step: width, length: height }, scratch);
  for (let y = 0; y < height; y++) transformLine(grid, { start: y * width, step: 1, length: width }, scratch);
}

interface Scratch {
  line: Float64Array;
  places: Int32Array;
  bounds: Float64Array;
}

/** One row or column: the lower envelope of the parabolas that stand on its values. */
function transformLine(
  grid: Float64Array,
  { start, step, length }: { start: number; step: number; length: number },
  { line, places, bounds }: Scratch,
): void {
  for (let at = 0; at < length; at++) line[at] = grid[start + at * step] ?? 0;
  const value = (at: number) => line[at] ?? 0;
  const place = (index: number) => places[index] ?? 0;
  const crossing = (a: number, b: number) => (value(a) + a * a - value(b) - b * b) / (2 * (a - b));
  let last = 0;
  places[0] = 0;
  bounds[0] = -FAR;
  bounds[1] = FAR;
  for (let at = 1; at < length; at++) {
    let bound = crossing(at, place(last));
    while (last > 0 && bound <= (bounds[last] ?? 0)) {
      last--;
      bound = crossing(at, place(last));
    }
    last++;
    places[last] = at;
    bounds[last] = bound;
    bounds[last + 1] = FAR;
  }
  let nearest = 0;
  for (let at = 0; at < length; at++) {
    while ((bounds[nearest + 1] ?? FAR) < at) nearest++;
    const from = place(nearest);
    grid[start + at * step] = (at - from) ** 2 + value(from);
  }
}
