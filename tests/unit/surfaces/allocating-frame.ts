/** What a frame must not do, to prove that the test would see it. */
export function allocate(): { x: number; y: number; z: number } {
  return { x: Math.random(), y: Math.random(), z: Math.random() };
}
