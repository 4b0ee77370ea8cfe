import type { SurfaceTheme } from "#lib/client/surface/surface-options.ts";

/**
 * The look's tokens as a canvas wants them: sRGB, worked out once from the OKLCH
 * of the style sheets (a test does so again and compares). `muted` is the
 * article's own, quieter than the text and still above 7:1. What the flat view
 * mixes while it paints is mixed here.
 */
const THEMES = {
  light: {
    paper: "#fbfaf7",
    raised: "#ffffff",
    sunken: "#f2f0ec",
    ink: "#1c2024",
    muted: "#3e4145",
    faint: "#82878c",
    line: "#1c20241a",
    accent: "#007681",
    onAccent: "#ffffff",
    selection: "#00768138",
    linkLine: "#007681a6",
    quoteBar: "#00768173",
    mark: "#975d0047",
    initial: "#d7e4e4",
    notice: "#e9efed",
    noticeLine: "#00768159",
  },
  dark: {
    paper: "#111417",
    raised: "#1a1d21",
    sunken: "#0a0d10",
    ink: "#edebe7",
    muted: "#c0bfbd",
    faint: "#7c8186",
    line: "#edebe71f",
    accent: "#46c6cd",
    onAccent: "#0b0e11",
    selection: "#46c6cd57",
    linkLine: "#46c6cda6",
    quoteBar: "#46c6cd73",
    mark: "#f2af4847",
    initial: "#1c2c30",
    notice: "#172023",
    noticeLine: "#46c6cd59",
  },
  sepia: {
    paper: "#f5ecda",
    raised: "#fbf5e6",
    sunken: "#ebe1cc",
    ink: "#36261c",
    muted: "#554539",
    faint: "#8a7666",
    line: "#36261c24",
    accent: "#006670",
    onAccent: "#fbf5e6",
    selection: "#c99b5a6b",
    linkLine: "#006670a6",
    quoteBar: "#00667073",
    mark: "#975d0047",
    initial: "#d0d6c8",
    notice: "#e2e1d1",
    noticeLine: "#00667059",
  },
} as const satisfies Record<SurfaceTheme, Record<string, string>>;

export type ColorName = keyof (typeof THEMES)["light"];
export type ThemeColors = Readonly<Record<ColorName, string>>;

/** Search results look the same in every theme: dark letters on a marker's colour. */
export const MATCH_COLORS = { background: "#f2d454", activeBackground: "#f68a37", text: "#121517" } as const;

/** For those who need more: text and lines at full ink, edges that can be seen. */
const HIGH_CONTRAST: Record<"light" | "dark", Partial<Record<ColorName, string>>> = {
  light: { ink: "#08090a", muted: "#1c2024", faint: "#3e4145", line: "#1c202499", accent: "#00525a" },
  dark: { ink: "#f7f6f3", muted: "#edebe7", faint: "#c0bfbd", line: "#edebe799", accent: "#8ee6ea" },
};

export function themeColors(theme: SurfaceTheme, highContrast: boolean): ThemeColors {
  const colors = THEMES[theme];
  if (!highContrast) return colors;
  const stronger = HIGH_CONTRAST[theme === "dark" ? "dark" : "light"];
  return { ...colors, ...stronger, linkLine: stronger.accent ?? colors.accent };
}
