/** Environments that are drawn by code alone, without a picture to download. */
export const DRAWN_ENVIRONMENTS = ["daylight", "dawn", "forest", "space", "void"] as const;
export type DrawnEnvironment = (typeof DRAWN_ENVIRONMENTS)[number];

/** `own` is a picture chosen on this device; `passthrough` is the world around the headset. */
export type EnvironmentId = DrawnEnvironment | "own" | "passthrough";

export const DEFAULT_ENVIRONMENT: DrawnEnvironment = "daylight";

/** What a space names as its environment; a name nobody knows is the default. */
export function readEnvironment(name: string): EnvironmentId {
  const known = DRAWN_ENVIRONMENTS.find((id) => id === name);
  if (known) return known;
  return name === "own" || name === "passthrough" ? name : DEFAULT_ENVIRONMENT;
}

/**
 * The environment to draw now, null for none at all. An AR session shows the world and
 * nothing else; without one, passthrough is an empty room, and so is a picture of one's
 * own that is not on this device.
 */
export function drawnEnvironment(
  wanted: EnvironmentId,
  { isPassthrough, hasPhoto }: { isPassthrough: boolean; hasPhoto: boolean },
): DrawnEnvironment | "own" | null {
  if (isPassthrough) return null;
  if (wanted === "passthrough") return "void";
  return wanted === "own" && !hasPhoto ? "void" : wanted;
}

/**
 * What is left of an environment at a level of the quality governor: 2 everything,
 * 1 without what moves, 0 the sky and the ground.
 */
export function environmentParts(detail: 0 | 1 | 2): { hasShapes: boolean; moves: boolean } {
  return { hasShapes: detail > 0, moves: detail > 1 };
}
