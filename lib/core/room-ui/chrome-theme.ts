/** The look's tokens in a headset: nothing is pure black or white, and every surface is opaque. */
export interface ChromeTheme {
  surface: string;
  /** Fields and wells. */
  sunken: string;
  hover: string;
  pressed: string;
  line: string;
  ink: string;
  muted: string;
  /** Icons of controls that are off. Never text. */
  faint: string;
  accent: string;
  onAccent: string;
  good: string;
  warn: string;
  bad: string;
}

/** sRGB of the OKLCH tokens in `app/globals.css`, drawn in towards the middle. */
const DARK: ChromeTheme = {
  surface: "#1a1d21",
  sunken: "#111417",
  hover: "#282c30",
  pressed: "#363b41",
  line: "#3e4348",
  ink: "#edebe7",
  muted: "#a6abb1",
  faint: "#7c8186",
  accent: "#46c6cd",
  onAccent: "#0b0e11",
  good: "#63b376",
  warn: "#f2af48",
  bad: "#f97770",
};

const LIGHT: ChromeTheme = {
  surface: "#f5f3f0",
  sunken: "#e6e4e0",
  hover: "#e3e1dd",
  pressed: "#d3d1cb",
  line: "#babec3",
  ink: "#1c2024",
  muted: "#4e5359",
  faint: "#646a70",
  accent: "#006d78",
  onAccent: "#f6f5f2",
  good: "#1d6835",
  warn: "#764700",
  bad: "#ac1922",
};

const DARK_CONTRAST: ChromeTheme = {
  ...DARK,
  surface: "#0a0d10",
  sunken: "#0a0d10",
  hover: "#282c30",
  pressed: "#3e4348",
  line: "#b9bec4",
  ink: "#f7f5f1",
  muted: "#dfdeda",
  faint: "#a6abb1",
  accent: "#5ce9f0",
};

const LIGHT_CONTRAST: ChromeTheme = {
  ...LIGHT,
  surface: "#f8f7f4",
  sunken: "#f8f7f4",
  line: "#4e5359",
  ink: "#0d1013",
  muted: "#1c2024",
  faint: "#4e5359",
  accent: "#004953",
};

export function chromeTheme(roomTheme: "dark" | "light", highContrast: boolean): ChromeTheme {
  if (roomTheme === "dark") return highContrast ? DARK_CONTRAST : DARK;
  return highContrast ? LIGHT_CONTRAST : LIGHT;
}

/** The contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
