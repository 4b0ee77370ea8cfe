import { describe, expect, it } from "vitest";
import { BlockMap } from "#lib/client/surface/block-map.ts";
import { nearestStop } from "#lib/client/surface/engine/caret-stops.ts";
import { readPlace, resolveGoal } from "#lib/client/surface/reading-place.ts";
import { movesLines, type SurfaceOptions, tileScale } from "#lib/client/surface/surface-options.ts";
import { findHit, nearestText, offsetAt } from "#lib/client/surface/tile-geometry.ts";
import { ringOffset, ringRepeat, TileRing } from "#lib/client/surface/tile-ring.ts";
import { TILE_HEIGHT_PX, tileRowsMax, tileSize, tileWindow } from "#lib/client/surface/tile-window.ts";
import { DEFAULT_APPEARANCE } from "#lib/core/reading/appearance.ts";
import { createRandom } from "../../fixtures/random.ts";

describe("the window of tiles", () => {
  it("asks for the view from its top, then ahead, then behind", () => {
    const place = { scrollPx: 1000, heightPx: 600, contentHeightPx: 10_000 };
    expect(tileWindow({ ...place, direction: 1 }).order).toEqual([3, 4, 5, 6, 7, 2]);
    expect(tileWindow({ ...place, direction: -1 }).order).toEqual([3, 4, 5, 6, 2, 7]);
  });

  it("stays within the document, also for one without height", () => {
    expect(tileWindow({ scrollPx: 0, heightPx: 600, contentHeightPx: 0, direction: 1 }).order).toEqual([0]);
    const end = tileWindow({ scrollPx: 400, heightPx: 600, contentHeightPx: 1000, direction: 1 });
    expect(end.reach).toEqual([0, 3]);
  });

  it("covers every pixel in view and never outgrows the ring, wherever one scrolls", () => {
    const random = createRandom(7);
    for (let round = 0; round < 2000; round++) {
      const heightPx = 200 + Math.floor(random() * 1400);
      const contentHeightPx = heightPx + Math.floor(random() * 100_000);
      const scrollPx = random() * (contentHeightPx - heightPx);
      const { view, reach, order } = tileWindow({
        scrollPx,
        heightPx,
        contentHeightPx,
        direction: random() < 0.5 ? 1 : -1,
      });
      expect(view[0] * TILE_HEIGHT_PX).toBeLessThanOrEqual(scrollPx);
      expect((view[1] + 1) * TILE_HEIGHT_PX).toBeGreaterThanOrEqual(scrollPx + heightPx);
      expect(order.length).toBe(reach[1] - reach[0] + 1);
      expect(order.length).toBeLessThanOrEqual(tileRowsMax(heightPx));
      expect(new Set(order.map((row) => row % tileRowsMax(heightPx))).size).toBe(order.length);
    }
  });

  it("has tiles of whole pixels at every scale", () => {
    for (let scale = 0; scale < 4; scale += 0.07) {
      const { width, height } = tileSize({ widthPx: 801.3, scale });
      expect(Number.isInteger(width) && Number.isInteger(height)).toBe(true);
    }
    expect([tileScale(0.1), tileScale(1.1), tileScale(1.2), tileScale(9)]).toEqual([0.5, 1, 1.25, 3]);
  });
});

describe("options", () => {
  const options: SurfaceOptions = {
    widthPx: 800,
    heightPx: 600,
    scale: 1,
    appearance: DEFAULT_APPEARANCE,
    theme: "dark",
    zoom: 1,
    textScale: 1,
    highContrast: false,
  };

  it("that only change how text is drawn move no line", () => {
    const sepia = { ...DEFAULT_APPEARANCE, theme: "sepia" as const };
    expect(
      movesLines(options, { ...options, scale: 2, theme: "light", highContrast: true, appearance: sepia }),
    ).toBe(false);
  });

  it("that change what fits a line do", () => {
    for (const change of [{ widthPx: 700 }, { zoom: 1.1 }, { textScale: 1.2 }]) {
      expect(movesLines(options, { ...options, ...change })).toBe(true);
    }
    expect(movesLines(options, { ...options, appearance: { ...DEFAULT_APPEARANCE, font: "sans" } })).toBe(
      true,
    );
  });
});

describe("the ring", () => {
  it("holds as many rows as it has slots, the later one in place of the earlier", () => {
    const ring = new TileRing(4);
    for (const row of [0, 1, 2, 3, 4]) ring.take(row);
    expect([0, 1, 2, 3, 4].map((row) => ring.holds(row))).toEqual([false, true, true, true, true]);
    ring.release(0);
    expect(ring.holds(4)).toBe(true);
    ring.release(4);
    expect(ring.isEmpty(0)).toBe(true);
  });

  it("shows the row at the top of the view at the top of the panel", () => {
    const [view, ring] = [600, 6 * TILE_HEIGHT_PX];
    for (const scroll of [0, 100, 1536, 99_000.5]) {
      const v = (panel: number) => ringOffset(scroll, view, ring) + panel * ringRepeat(view, ring);
      const wrap = (value: number) => ((value % 1) + 1) % 1;
      expect(wrap(v(1))).toBeCloseTo(wrap(scroll / ring), 6);
      expect(wrap(v(0))).toBeCloseTo(wrap((scroll + view) / ring), 6);
    }
  });
});

describe("places", () => {
  const blocks = new BlockMap();
  blocks.add([
    { id: "list", x: 0, y: 100, width: 500, height: 400 },
    { id: "item", x: 0, y: 200, width: 500, height: 100 },
    { id: "last", x: 0, y: 600, width: 500, height: 1000 },
  ]);
  const laid = { blocks, heightPx: 1700, isDone: false };

  it("are the innermost block at the top edge and the share of it above", () => {
    expect(readPlace(blocks, 0)).toEqual({ blockId: null, offset: 0, y: 0 });
    expect(readPlace(blocks, 250)).toEqual({ blockId: "item", offset: 0.5, y: 250 });
    expect(readPlace(blocks, 850)).toEqual({ blockId: "last", offset: 0.25, y: 850 });
  });

  it("lead back to where they were read", () => {
    for (const y of [250, 299, 700, 850]) {
      const position = readPlace(blocks, y);
      expect(resolveGoal({ kind: "position", position }, laid, 500)).toBeCloseTo(y, 6);
    }
  });

  it("wait until their block is laid out, and what is below it fills the view", () => {
    const goal = { kind: "block", blockId: "later", share: null } as const;
    expect(resolveGoal(goal, laid, 500)).toBeNull();
    expect(resolveGoal(goal, { ...laid, isDone: true }, 500)).toBeNaN();
    const last = { kind: "block", blockId: "last", share: null } as const;
    expect(resolveGoal(last, laid, 500)).toBe(584);
    expect(resolveGoal(last, { ...laid, heightPx: 900 }, 500)).toBeNull();
  });
});

describe("hits", () => {
  const fragment = (fields: object) => ({
    blockId: "b",
    start: 10,
    end: 14,
    x: 100,
    y: 50,
    width: 40,
    height: 20,
    isRtl: false,
    href: null,
    stops: new Float32Array([0, 10, 20, 30, 40]),
    ...fields,
  });
  const box = {
    x: 0,
    y: 0,
    width: 500,
    height: 100,
    blockId: "card",
    href: "https://example.org/",
    action: null,
  };

  it("count letters from the side their text begins at", () => {
    expect(offsetAt(fragment({}), 111)).toBe(11);
    expect(offsetAt(fragment({ isRtl: true }), 111)).toBe(13);
    expect(offsetAt(fragment({}), 999)).toBe(14);
  });

  it("take a link a little beside the point, but no text that is farther from it than a box", () => {
    const link = fragment({ href: "https://example.com/" });
    expect(findHit({ fragments: [link], boxes: [] }, 96, 60).fragment).toBe(link);
    expect(findHit({ fragments: [link], boxes: [] }, 80, 60).fragment).toBeNull();
    expect(findHit({ fragments: [fragment({})], boxes: [box] }, 300, 60)).toEqual({ fragment: null, box });
  });

  it("find the nearest text by line first", () => {
    const near = fragment({ blockId: "near", y: 80, x: 400 });
    const tiles = [{ fragments: [fragment({}), near], boxes: [] }];
    expect(nearestText(tiles, 110, 85)).toEqual({ blockId: "near", offset: 10 });
    expect(nearestText(tiles, 110, 60)).toEqual({ blockId: "b", offset: 11 });
    expect(nearestText([], 0, 0)).toBeNull();
  });

  it("never fall inside a letter of several units", () => {
    expect(nearestStop([0, 0, 20, 30], 2)).toBe(0);
    expect(nearestStop([0, 0, 20, 30], 19)).toBe(2);
    expect(nearestStop([0, 0, 20, 30], 99)).toBe(3);
  });
});
