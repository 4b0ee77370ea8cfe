import { describe, expect, it } from "vitest";
import { chromeTheme, contrastRatio } from "#lib/core/room-ui/chrome-theme.ts";

describe.each([
  ["dark", false],
  ["light", false],
  ["dark", true],
  ["light", true],
] as const)("the %s theme of the room, high contrast %s", (roomTheme, highContrast) => {
  const theme = chromeTheme(roomTheme, highContrast);

  it("keeps text readable on every ground it stands on", () => {
    for (const ground of [theme.surface, theme.sunken, theme.hover, theme.pressed]) {
      expect(contrastRatio(theme.ink, ground)).toBeGreaterThanOrEqual(7);
    }
    for (const ground of [theme.surface, theme.sunken, theme.hover]) {
      expect(contrastRatio(theme.muted, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrastRatio(theme.onAccent, theme.accent)).toBeGreaterThanOrEqual(4.5);
  });

  it("keeps marks and icons visible on the surface", () => {
    for (const mark of [theme.accent, theme.good, theme.warn, theme.bad, theme.faint]) {
      expect(contrastRatio(mark, theme.surface)).toBeGreaterThanOrEqual(3);
    }
  });

  it("uses neither pure black nor pure white", () => {
    for (const color of Object.values(theme)) expect(["#000000", "#ffffff"]).not.toContain(color);
  });
});

it.each(["dark", "light"] as const)(
  "high contrast in the %s room draws text at 7 to 1 and edges at 4.5 to 1",
  (name) => {
    const theme = chromeTheme(name, true);
    expect(contrastRatio(theme.muted, theme.surface)).toBeGreaterThanOrEqual(7);
    expect(contrastRatio(theme.accent, theme.surface)).toBeGreaterThanOrEqual(7);
    expect(contrastRatio(theme.line, theme.surface)).toBeGreaterThanOrEqual(4.5);
  },
);

describe("contrastRatio", () => {
  it("agrees with WCAG at its ends", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastRatio("#777777", "#777777")).toBe(1);
  });
});
