/** Dice's coefficient over the words of two texts: 1 for the same words, 0 for none in common. */
export function wordOverlap(a: string, b: string): number {
  const left = new Set(a.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const right = new Set(b.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  return (2 * shared) / Math.max(left.size + right.size, 1);
}
