import { describe, expect, it } from "vitest";
import { angularHeightDeg } from "#lib/core/layout/panel-shape.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { layOutConstellation, STARS_MAX, starKind, starSentence } from "#lib/core/trackers/constellation.ts";
import type { TrackerReport } from "#lib/protocol/pages.ts";

function report(
  entities: TrackerReport["entities"],
  level: TrackerReport["level"] = "standard",
): TrackerReport {
  return {
    level,
    entities,
    count: entities.reduce((sum, { count }) => sum + count, 0),
    strippedParameters: 0,
  };
}

const many = (length: number) =>
  Array.from({ length }, (_, n) => ({ name: `Owner ${n}`, category: "ad", count: 1 + (n % 7) }));

describe("the constellation of trackers", () => {
  it("says so when nobody was found watching", () => {
    expect(layOutConstellation(report([]), DEFAULT_POSE)).toMatchObject({
      stars: [],
      restCount: 0,
      headline: "Nobody was found watching",
    });
  });

  it("has one star for each owner, the largest first, sized by what was found", () => {
    const { stars, headline } = layOutConstellation(
      report([
        { name: "Small", category: "analytics", count: 1 },
        { name: "Large", category: "ad", count: 16 },
        { name: "Middle", category: "social", count: 4 },
      ]),
      DEFAULT_POSE,
    );
    expect(stars.map(({ name, size }) => [name, size])).toEqual([
      ["Large", 1],
      ["Middle", 0.5],
      ["Small", 0.35],
    ]);
    expect(headline).toBe("3 companies kept away from this page");
  });

  it("hangs before its panel and lets no two stars touch", () => {
    const { stars } = layOutConstellation(report(many(STARS_MAX)), DEFAULT_POSE);
    const half = angularHeightDeg(DEFAULT_POSE) / 2;
    for (const [place, star] of stars.entries()) {
      expect(star.distanceM).toBeLessThan(DEFAULT_POSE.distanceM);
      expect(star.elevationDeg).toBeLessThan(half - 8);
      expect(star.elevationDeg).toBeGreaterThan(-half);
      for (const other of stars.slice(place + 1)) {
        const apart = Math.max(
          Math.abs(star.azimuthDeg - other.azimuthDeg) / 11,
          Math.abs(star.elevationDeg - other.elevationDeg) / 5,
        );
        expect(apart).toBeGreaterThanOrEqual(0.95);
      }
    }
  });

  it("counts those that are too many to show", () => {
    expect(layOutConstellation(report(many(STARS_MAX + 9)), DEFAULT_POSE)).toMatchObject({ restCount: 9 });
  });

  it("tells kinds apart without colour", () => {
    const kinds = ["ad", "analytics", "social", "marketing", "cdn"].map(starKind);
    expect(new Set(kinds.map(({ shape }) => shape)).size).toBe(5);
    expect(new Set(kinds.map(({ color }) => color)).size).toBe(5);
    expect(starKind("tag-manager")).toEqual(starKind("analytics"));
  });

  it("says in a sentence who, how often, what for, and what became of it", () => {
    const [star] = layOutConstellation(
      report([{ name: "Acme", category: "ad", count: 3 }]),
      DEFAULT_POSE,
    ).stars;
    expect(star && starSentence(star, "standard")).toBe(
      "Acme: 3 references, for advertising. None reached your device.",
    );
  });
});
