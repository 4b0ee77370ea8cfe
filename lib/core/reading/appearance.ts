/**
 * How a person likes to read. Kept per person, with exceptions per site; never
 * taken from a page. Checked by hand: the schema library would be the largest part
 * of what the first screen downloads.
 */
export interface Appearance {
  /** `system` follows the theme of the interface around the page. */
  theme: (typeof READER_THEMES)[number];
  /** `dyslexic` is a stack of system fonts with wide letters and wider spacing. */
  font: (typeof READER_FONTS)[number];
  /** At 100 % zoom and the browser's usual text size. */
  sizePx: number;
  /** Characters a line holds in running text. */
  measureCh: number;
  lineHeight: number;
  justify: boolean;
  /** Pictures load by themselves. */
  images: boolean;
}

export const READER_THEMES = ["system", "light", "dark", "sepia"] as const;
export const READER_FONTS = ["serif", "sans", "mono", "dyslexic"] as const;

export const DEFAULT_APPEARANCE: Appearance = {
  theme: "system",
  font: "serif",
  sizePx: 18,
  measureCh: 68,
  lineHeight: 1.6,
  justify: false,
  images: true,
};

export interface Range {
  min: number;
  max: number;
  step: number;
}

export const APPEARANCE_RANGES = {
  sizePx: { min: 12, max: 32, step: 1 },
  measureCh: { min: 40, max: 100, step: 2 },
  lineHeight: { min: 1.2, max: 2.2, step: 0.1 },
} as const satisfies Record<string, Range>;

/** Nearest value that the range's steps allow. */
export function clampToRange(value: number, { min, max, step }: Range): number {
  const stepped = min + Math.round((Math.min(max, Math.max(min, value)) - min) / step) * step;
  return Number(stepped.toFixed(2));
}

/**
 * Reads a stored appearance. A field that is missing, foreign or out of range
 * takes its default or its nearest allowed value, so settings kept by an older
 * version never lose what is still valid in them.
 */
export function parseAppearance(stored: unknown): Appearance {
  const fields = (stored !== null && typeof stored === "object" ? stored : {}) as Partial<
    Record<keyof Appearance, unknown>
  >;
  const { theme, font, sizePx, measureCh, lineHeight, justify, images } = DEFAULT_APPEARANCE;
  return {
    theme: oneOf(READER_THEMES, fields.theme, theme),
    font: oneOf(READER_FONTS, fields.font, font),
    sizePx: inRange("sizePx", fields.sizePx, sizePx),
    measureCh: inRange("measureCh", fields.measureCh, measureCh),
    lineHeight: inRange("lineHeight", fields.lineHeight, lineHeight),
    justify: typeof fields.justify === "boolean" ? fields.justify : justify,
    images: typeof fields.images === "boolean" ? fields.images : images,
  };
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown, fallback: Choice): Choice {
  return choices.find((choice) => choice === value) ?? fallback;
}

function inRange(key: keyof typeof APPEARANCE_RANGES, value: unknown, fallback: number): number {
  const number = typeof value === "number" && !Number.isNaN(value) ? value : fallback;
  return clampToRange(number, APPEARANCE_RANGES[key]);
}

/** The stops of page zoom, the same as the big browsers use. */
export const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5] as const;

/** The next stop above (`1`) or below (`-1`) a zoom; the same zoom at either end. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  if (direction === 1) return ZOOM_STEPS.find((step) => step > zoom + 0.005) ?? zoom;
  return ZOOM_STEPS.findLast((step) => step < zoom - 0.005) ?? zoom;
}
