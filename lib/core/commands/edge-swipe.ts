/** A finger has to set down this near an edge, CSS pixels. */
export const EDGE_PX = 24;
/** And travel this far for the swipe to count when it lifts. */
export const SWIPE_PX = 84;
/** Going this far up or down first means scrolling. */
const SLOP_PX = 12;

export interface SwipeStart {
  x: number;
  y: number;
  width: number;
}

export type SwipeSide = "left" | "right";

/** The edge a touch begins at, or null when it begins in the middle. */
export function swipeSide({ x, width }: Pick<SwipeStart, "x" | "width">): SwipeSide | null {
  if (x <= EDGE_PX) return "left";
  return x >= width - EDGE_PX ? "right" : null;
}

export type SwipeProgress =
  /** Too early to tell it from a tap or a scroll. */
  | { state: "undecided" }
  /** It is something else. */
  | { state: "scroll" }
  /** `progress` is 0 to 1; at 1 lifting the finger goes. */
  | { state: "swipe"; progress: number };

/** What a touch that began at `side` has become by now. */
export function swipeProgress(
  side: SwipeSide,
  moved: { dx: number; dy: number },
  decided: boolean,
): SwipeProgress {
  const inward = side === "left" ? moved.dx : -moved.dx;
  if (!decided) {
    if (Math.abs(moved.dy) > SLOP_PX && Math.abs(moved.dy) >= Math.abs(moved.dx)) return { state: "scroll" };
    if (inward < -SLOP_PX) return { state: "scroll" };
    if (inward < SLOP_PX) return { state: "undecided" };
  }
  return { state: "swipe", progress: Math.max(0, Math.min(1, inward / SWIPE_PX)) };
}
