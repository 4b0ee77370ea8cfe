import { describe, expect, it } from "vitest";
import {
  colorsOf,
  contrastRatio,
  extremesOf,
  isBesidePanels,
  isGentle,
  luminance,
  TEXT_CONTRAST_MIN,
} from "#lib/core/environment/contrast.ts";
import { DRAWN_ENVIRONMENTS } from "#lib/core/environment/environments.ts";
import { paletteOf } from "#lib/core/environment/palettes.ts";

const ALL = DRAWN_ENVIRONMENTS.flatMap((id) =>
  (["light", "dark"] as const).map((theme) => ({ name: `${id}, ${theme}`, palette: paletteOf(id, theme) })),
);

describe("the measure of contrast", () => {
  it("is WCAG's", () => {
    expect(contrastRatio("#ffffff", "#000000")).toBeCloseTo(21, 5);
    expect(contrastRatio("#777777", "#ffffff")).toBeCloseTo(4.478, 3);
    expect(contrastRatio("#336699", "#336699")).toBe(1);
    expect(luminance("#ff0000")).toBeCloseTo(0.2126, 4);
  });
});

describe.each(ALL)("the environment $name", ({ palette }) => {
  it("keeps words on it readable, AA against its darkest and its brightest part", () => {
    const { darkest, brightest } = extremesOf(palette);
    expect(contrastRatio(palette.label, darkest)).toBeGreaterThanOrEqual(TEXT_CONTRAST_MIN);
    expect(contrastRatio(palette.label, brightest)).toBeGreaterThanOrEqual(TEXT_CONTRAST_MIN);
  });

  it("is nowhere pure black or pure white", () => {
    expect([...colorsOf(palette), palette.label].filter((color) => !isGentle(color))).toEqual([]);
  });

  it("has no light behind the panels in front", () => {
    expect(isBesidePanels(palette)).toBe(true);
  });
});

it("a dark environment is darker than the dark page's ink by far, a light one never brighter than paper", () => {
  const paper = luminance("#fbfaf7");
  for (const { name, palette } of ALL) {
    const { brightest } = extremesOf(palette);
    expect(luminance(brightest), name).toBeLessThan(name.endsWith("dark") ? 0.14 : paper);
  }
});
