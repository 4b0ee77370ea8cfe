import type { DrawnEnvironment } from "#lib/core/environment/environments.ts";

/** Colours are sRGB, `#rrggbb`. */
export interface EnvironmentPalette {
  /** Straight up, at eye level and straight down. */
  zenith: string;
  horizon: string;
  nadir: string;
  /** A soft light in the sky. Never in front, where the panels are: see `isBesidePanels`. */
  glow: { color: string; azimuthDeg: number; elevationDeg: number; spreadDeg: number } | null;
  /** Underfoot; it runs out into the colour of the horizon. */
  ground: string | null;
  /** Hills, trees, a planet: what has an outline. */
  shapes: string | null;
  /** Stars and fireflies. */
  points: string | null;
  /** For words and for outlines drawn straight onto the environment: at least 4.5 : 1 against every colour above. */
  label: string;
}

type Theme = "light" | "dark";

const DARK_LABEL = "#ece7dd";
const LIGHT_LABEL = "#23272e";

const PALETTES: Readonly<Record<DrawnEnvironment, Readonly<Record<Theme, EnvironmentPalette>>>> = {
  daylight: {
    light: {
      zenith: "#b7cad8",
      horizon: "#e6e3db",
      nadir: "#cdc9c0",
      glow: { color: "#efe9da", azimuthDeg: 150, elevationDeg: 38, spreadDeg: 40 },
      ground: "#d2cdc3",
      shapes: null,
      points: null,
      label: LIGHT_LABEL,
    },
    dark: {
      zenith: "#171c26",
      horizon: "#2c333d",
      nadir: "#14171c",
      glow: { color: "#3a4350", azimuthDeg: 150, elevationDeg: 20, spreadDeg: 45 },
      ground: "#1b1f25",
      shapes: null,
      points: null,
      label: DARK_LABEL,
    },
  },
  dawn: {
    light: {
      zenith: "#a9bcd2",
      horizon: "#eed8c5",
      nadir: "#c9bdb2",
      glow: { color: "#f1ceaa", azimuthDeg: 130, elevationDeg: 4, spreadDeg: 38 },
      ground: "#c4b5a9",
      shapes: "#b3a29c",
      points: null,
      label: LIGHT_LABEL,
    },
    dark: {
      zenith: "#1b2238",
      horizon: "#57404a",
      nadir: "#1a171b",
      glow: { color: "#7f5448", azimuthDeg: 130, elevationDeg: 3, spreadDeg: 40 },
      ground: "#231f22",
      shapes: "#2b2530",
      points: "#4f5870",
      label: DARK_LABEL,
    },
  },
  forest: atAnyHour({
    zenith: "#0d1420",
    horizon: "#1d2b33",
    nadir: "#0b1013",
    glow: { color: "#495a66", azimuthDeg: -115, elevationDeg: 32, spreadDeg: 16 },
    ground: "#10181a",
    shapes: "#0c1413",
    points: "#5f6650",
    label: DARK_LABEL,
  }),
  space: atAnyHour({
    zenith: "#0a0c16",
    horizon: "#11152a",
    nadir: "#0a0b14",
    glow: { color: "#2c2550", azimuthDeg: 125, elevationDeg: 24, spreadDeg: 55 },
    ground: null,
    shapes: "#33405a",
    points: "#5b6475",
    label: DARK_LABEL,
  }),
  void: {
    light: {
      zenith: "#d3d1cb",
      horizon: "#dcdad4",
      nadir: "#cbc8c1",
      glow: null,
      ground: "#d0cdc6",
      shapes: null,
      points: null,
      label: LIGHT_LABEL,
    },
    dark: {
      zenith: "#14161b",
      horizon: "#1a1d22",
      nadir: "#111317",
      glow: null,
      ground: "#16181d",
      shapes: null,
      points: null,
      label: DARK_LABEL,
    },
  },
};

/** The colours of an environment. Night in the forest and deep space are dark in both themes. */
export function paletteOf(id: DrawnEnvironment, theme: Theme): EnvironmentPalette {
  return PALETTES[id][theme];
}

function atAnyHour(palette: EnvironmentPalette): Record<Theme, EnvironmentPalette> {
  return { light: palette, dark: palette };
}
