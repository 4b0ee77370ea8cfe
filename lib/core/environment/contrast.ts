import type { EnvironmentPalette } from "#lib/core/environment/palettes.ts";

/** WCAG 2.2, success criterion 1.4.3, text of ordinary size. */
export const TEXT_CONTRAST_MIN = 4.5;

/** Relative luminance of `#rrggbb`, 0 black to 1 white (WCAG 2.2, definition of relative luminance). */
export function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrastRatio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Every colour an environment is mixed from. What it shows anywhere lies between the darkest and the brightest. */
export function colorsOf(palette: EnvironmentPalette): string[] {
  const { zenith, horizon, nadir, glow, ground, shapes, points } = palette;
  return [zenith, horizon, nadir, glow?.color, ground, shapes, points].filter((color) => color != null);
}

export function extremesOf(palette: EnvironmentPalette): { darkest: string; brightest: string } {
  const [first = palette.zenith, ...rest] = colorsOf(palette).sort((a, b) => luminance(a) - luminance(b));
  return { darkest: first, brightest: rest.at(-1) ?? first };
}

/** Half of the primary zone the panels stand in, with some room: nothing that shines may lie within it. */
const FRONT_DEG = 60;

/** Whether the light in the sky keeps clear of the panels in front. */
export function isBesidePanels({ glow }: EnvironmentPalette): boolean {
  return glow === null || Math.abs(glow.azimuthDeg) - glow.spreadDeg / 2 >= FRONT_DEG;
}

/** Pure black smears and pure white glares on the displays of headsets. */
export function isGentle(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return Math.max(red, green, blue) >= 0x0d && Math.min(red, green, blue) <= 0xf0;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
