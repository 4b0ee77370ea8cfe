import { describe, expect, it } from "vitest";
import { clampToRange, DEFAULT_APPEARANCE, parseAppearance, stepZoom } from "#lib/core/reading/appearance.ts";

describe("parseAppearance", () => {
  it("gives the defaults for nothing and for what is no object", () => {
    expect(parseAppearance(null)).toEqual(DEFAULT_APPEARANCE);
    expect(parseAppearance("serif")).toEqual(DEFAULT_APPEARANCE);
  });

  it("keeps the valid fields beside invalid ones", () => {
    expect(parseAppearance({ theme: "sepia", font: "wingdings", sizePx: "20", images: false })).toEqual({
      ...DEFAULT_APPEARANCE,
      theme: "sepia",
      images: false,
    });
  });

  it("moves numbers out of range to the nearest allowed step", () => {
    expect(parseAppearance({ sizePx: 400, measureCh: 1, lineHeight: 1.63 })).toMatchObject({
      sizePx: 32,
      measureCh: 40,
      lineHeight: 1.6,
    });
    expect(parseAppearance({ sizePx: Number.NaN }).sizePx).toBe(DEFAULT_APPEARANCE.sizePx);
  });

  it("drops fields it does not know", () => {
    expect(parseAppearance({ onclick: "x" })).toEqual(DEFAULT_APPEARANCE);
  });
});

it("clamps without leaving binary fractions behind", () => {
  expect(clampToRange(1.7000000001, { min: 1.2, max: 2.2, step: 0.1 })).toBe(1.7);
});

describe("stepZoom", () => {
  it("goes through the stops and stays at the ends", () => {
    expect(stepZoom(1, 1)).toBe(1.1);
    expect(stepZoom(1, -1)).toBe(0.9);
    expect(stepZoom(5, 1)).toBe(5);
    expect(stepZoom(0.5, -1)).toBe(0.5);
  });

  it("goes to the nearest stop from between two", () => {
    expect(stepZoom(1.3, 1)).toBe(1.5);
    expect(stepZoom(1.3, -1)).toBe(1.25);
  });
});
