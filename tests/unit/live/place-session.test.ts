import { expect, it } from "vitest";
import { freePlaces, type NodeLoad, placeSession } from "#lib/core/live/place-session.ts";

function node(id: string, tabs: number, tabsMax = 10, draining = false): NodeLoad {
  return { id, tabs, tabsMax, draining };
}
const placed = (nodes: NodeLoad[], home: string | null = null) => placeSession(nodes, home)?.id ?? null;

it("takes the node with the smallest share of its places taken, not the fewest tabs", () => {
  expect(placed([node("small", 2, 4), node("large", 8, 40)])).toBe("large");
  expect(placed([node("a", 0), node("b", 1)])).toBe("a");
});

it("keeps an account where it is while that node lives and has room", () => {
  const nodes = [node("empty", 0), node("home", 9)];
  expect(placed(nodes, "home")).toBe("home");
  expect(placed([node("empty", 0), node("home", 10)], "home")).toBe("empty");
  expect(placed([node("empty", 0)], "home")).toBe("empty");
});

it("sends nobody to a node that drains, not even who was there", () => {
  expect(placed([node("a", 5), node("b", 0, 10, true)], "b")).toBe("a");
  expect(placed([node("b", 0, 10, true)], "b")).toBeNull();
});

it("has no place where every node is full, over-full or of no size", () => {
  expect(placed([node("a", 10), node("b", 12), node("c", 0, 0)])).toBeNull();
  expect(placed([])).toBeNull();
  expect(freePlaces(node("b", 12))).toBe(0);
});

it("decides alike everywhere: by free places, then by name, whatever the order", () => {
  const nodes = [node("b", 0), node("a", 0), node("big", 0, 20)];
  expect(placed(nodes)).toBe("big");
  expect(placed([node("b", 0), node("a", 0)])).toBe("a");
  expect(placed([node("a", 0), node("b", 0)])).toBe("a");
});

it("fills nodes in proportion to their size", () => {
  const nodes = [node("small", 0, 5), node("large", 0, 20)];
  for (let tabs = 0; tabs < 10; tabs++) {
    const chosen = placeSession(nodes, null);
    if (chosen) chosen.tabs++;
  }
  expect(nodes.map(({ tabs }) => tabs)).toEqual([2, 8]);
});
