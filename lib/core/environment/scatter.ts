/** mulberry32 (Tommy Ettinger, public domain): numbers in [0, 1), so that a place looks the same each time it is entered. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Placed {
  x: number;
  z: number;
  /** Turn around the vertical, radians. */
  turn: number;
  /** 1 is the usual size. */
  size: number;
}

/**
 * Things standing around the person, evenly by area between two distances in metres;
 * nothing stands nearer than `nearM`, where the panels are.
 */
export function scatterAround(
  count: number,
  { nearM, farM, seed }: { nearM: number; farM: number; seed: number },
): Placed[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const angle = random() * 2 * Math.PI;
    const distance = Math.sqrt(nearM ** 2 + random() * (farM ** 2 - nearM ** 2));
    return {
      x: Math.sin(angle) * distance,
      z: Math.cos(angle) * distance,
      turn: random() * 2 * Math.PI,
      size: 0.7 + random() * 0.7,
    };
  });
}

/** Directions spread over the sky above `lowestY` (-1 straight down to 1 straight up), as x, y, z triples of unit length. */
export function scatterOnSky(
  count: number,
  { lowestY, seed }: { lowestY: number; seed: number },
): Float32Array {
  const random = seededRandom(seed);
  const directions = new Float32Array(count * 3);
  for (let at = 0; at < directions.length; at += 3) {
    const y = lowestY + random() * (1 - lowestY);
    const angle = random() * 2 * Math.PI;
    const flat = Math.sqrt(Math.max(0, 1 - y * y));
    directions.set([Math.cos(angle) * flat, y, Math.sin(angle) * flat], at);
  }
  return directions;
}
