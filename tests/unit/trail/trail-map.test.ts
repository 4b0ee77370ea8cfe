import { describe, expect, it } from "vitest";
import { layOutTrail } from "#lib/core/trail/trail-map.ts";
import { MAP_PAGES_MAX, placeTrailMap } from "#lib/core/trail/trail-places.ts";
import type { TrailLink } from "#lib/protocol/space.ts";
import { createRandom } from "../../fixtures/random.ts";

let count = 0;
function link(from: string, to: string, fields: Partial<TrailLink> = {}): TrailLink {
  count += 1;
  const end = (name: string) => ({ url: `https://site.test/${name}`, title: name, panelId: `panel-${name}` });
  const at = new Date(Date.UTC(2026, 10, 20) + count * 1000).toISOString();
  return { id: `link-${count}`, from: end(from), to: end(to), at, private: false, ...fields };
}

const shape = (trail: readonly TrailLink[]) =>
  layOutTrail(trail).pages.map(({ title, column, row }) => `${title} ${column}:${row}`);

describe("the map of a trail", () => {
  it("is empty when no link was followed", () => {
    expect(layOutTrail([])).toEqual({ pages: [], links: [], columns: 0, rows: 0 });
  });

  it("goes from left to right with each link", () => {
    expect(shape([link("a", "b"), link("b", "c")])).toEqual(["a 0:0", "b 1:0", "c 2:0"]);
  });

  it("spreads branches up and down around the page they left from", () => {
    expect(shape([link("a", "b"), link("a", "c"), link("a", "d"), link("c", "e")])).toEqual([
      "a 0:1",
      "b 1:0",
      "c 1:1",
      "e 2:1",
      "d 1:2",
    ]);
  });

  it("puts threads that have nothing in common below each other", () => {
    expect(shape([link("a", "b"), link("x", "y"), link("b", "c")])).toEqual([
      "a 0:0",
      "b 1:0",
      "c 2:0",
      "x 0:1",
      "y 1:1",
    ]);
  });

  it("holds every page once, also when links lead in a circle", () => {
    const map = layOutTrail([link("a", "b"), link("b", "c"), link("c", "a"), link("b", "a")]);
    expect(map.pages.map(({ title }) => title)).toEqual(["a", "b", "c"]);
    expect(map.links).toHaveLength(3);
  });

  it("takes places within a page for the page itself", () => {
    const within = link("a", "b");
    const again = link("b", "c");
    again.from.url += "#part-two";
    expect(shape([within, again])).toEqual(["a 0:0", "b 1:0", "c 2:0"]);
  });

  it("leaves private links out", () => {
    expect(shape([link("a", "b", { private: true }), link("c", "d")])).toEqual(["c 0:0", "d 1:0"]);
  });

  it("gives no two pages of one column the same row, whatever was followed", () => {
    const random = createRandom(4);
    for (let round = 0; round < 60; round += 1) {
      const name = () => `page-${Math.floor(random() * 30)}`;
      const map = layOutTrail(Array.from({ length: 80 }, () => link(name(), name())));
      const seats = map.pages.map(({ column, row }) => `${column}:${row}`);
      expect(new Set(seats).size).toBe(seats.length);
      const byKey = new Map(map.pages.map((page, place) => [page.key, { page, place }]));
      for (const [place, page] of map.pages.entries()) {
        const parent = page.parent === null ? null : byKey.get(page.parent);
        if (parent) {
          expect(parent.page.column).toBe(page.column - 1);
          expect(parent.place).toBeLessThan(place);
        }
      }
    }
  });

  it("takes a thread of a thousand links", () => {
    const long = Array.from({ length: 1000 }, (_, n) => link(`p${n}`, `p${n + 1}`));
    expect(layOutTrail(long)).toMatchObject({ columns: 1001, rows: 1 });
  });
});

describe("the map in space", () => {
  it("stands around the person, its middle ahead, and never closes on itself", () => {
    const long = Array.from({ length: 50 }, (_, n) => link(`q${n}`, `q${n + 1}`));
    const { places, scale } = placeTrailMap(layOutTrail(long));
    const azimuths = places.map(({ azimuthDeg }) => azimuthDeg);
    expect(Math.max(...azimuths)).toBeCloseTo(150, 5);
    expect(Math.min(...azimuths)).toBeCloseTo(-150, 5);
    expect(azimuths).toEqual(azimuths.toSorted((a, b) => a - b));
    expect(scale).toBeLessThan(1);
    expect(placeTrailMap(layOutTrail([link("a", "b")])).scale).toBe(1);
  });

  it("keeps within arm's reach of eye level and shows the newest pages of many", () => {
    const wide = Array.from({ length: 200 }, (_, n) => link("start", `leaf-${n}`));
    const { places } = placeTrailMap(layOutTrail(wide));
    expect(places).toHaveLength(MAP_PAGES_MAX);
    expect(places.some(({ page }) => page.title === "leaf-199")).toBe(true);
    expect(places.every(({ heightM }) => Math.abs(heightM) <= 0.521)).toBe(true);
  });
});
