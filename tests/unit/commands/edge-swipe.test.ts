import { describe, expect, it } from "vitest";
import { swipeProgress, swipeSide } from "#lib/core/commands/edge-swipe.ts";

describe("a swipe from the edge", () => {
  it("begins only at an edge", () => {
    expect([5, 200, 385].map((x) => swipeSide({ x, width: 390 }))).toEqual(["left", null, "right"]);
  });

  it("is a scroll when it goes up or down first, or outward", () => {
    expect(swipeProgress("left", { dx: 4, dy: 20 }, false)).toEqual({ state: "scroll" });
    expect(swipeProgress("right", { dx: 20, dy: 0 }, false)).toEqual({ state: "scroll" });
  });

  it("waits until it is clear", () => {
    expect(swipeProgress("left", { dx: 8, dy: 3 }, false)).toEqual({ state: "undecided" });
  });

  it("counts once it has gone far enough, from either side, and can be taken back", () => {
    expect(swipeProgress("left", { dx: 42, dy: 0 }, true)).toEqual({ state: "swipe", progress: 0.5 });
    expect(swipeProgress("right", { dx: -200, dy: 60 }, true)).toEqual({ state: "swipe", progress: 1 });
    expect(swipeProgress("left", { dx: -5, dy: 0 }, true)).toEqual({ state: "swipe", progress: 0 });
  });
});
