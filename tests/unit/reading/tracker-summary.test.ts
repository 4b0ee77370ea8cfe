import { describe, expect, it } from "vitest";
import { summariseTrackers } from "#lib/core/reading/tracker-summary.ts";

const REPORT = {
  level: "standard",
  count: 12,
  entities: [
    { name: "Small", category: "Analytics", count: 1 },
    { name: "Ads", category: "Advertising", count: 5 },
    { name: "Large", category: "Analytics", count: 6 },
  ],
  strippedParameters: 0,
} as const;

describe("summariseTrackers", () => {
  it("groups owners by purpose, the largest first", () => {
    expect(summariseTrackers({ ...REPORT, entities: [...REPORT.entities] })).toMatchObject({
      headline: "12 trackers of 3 companies left out",
      categories: [
        { category: "Analytics", count: 7, entities: [{ name: "Large" }, { name: "Small" }] },
        { category: "Advertising", count: 5 },
      ],
    });
  });

  it("says found, not left out, when protection is off", () => {
    const { headline, explanation } = summariseTrackers({ ...REPORT, entities: [], level: "off", count: 1 });
    expect(headline).toBe("1 tracker found");
    expect(explanation).not.toContain("left");
  });

  it("claims nothing when nothing was found", () => {
    expect(summariseTrackers({ ...REPORT, count: 0, entities: [] })).toEqual({
      headline: "No trackers found",
      explanation: "No known tracker is part of this page.",
      categories: [],
    });
  });
});
