import { z } from "zod";

/** How a person likes to read. Kept per person, with exceptions per site; never taken from a page. */
export const appearanceSchema = z.object({
  /** `system` follows the theme of the interface around the page. */
  theme: z.enum(["system", "light", "dark", "sepia"]),
  /** `dyslexic` is a stack of system fonts with wide letters and wider spacing. */
  font: z.enum(["serif", "sans", "mono", "dyslexic"]),
  sizePx: z.number(),
  /** Characters a line holds in running text. */
  measureCh: z.number(),
  lineHeight: z.number(),
  justify: z.boolean(),
  images: z.boolean(),
});
export type Appearance = z.infer<typeof appearanceSchema>;

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
  const fields = stored !== null && typeof stored === "object" ? stored : {};
  const result = { ...DEFAULT_APPEARANCE };
  for (const key of Object.keys(DEFAULT_APPEARANCE) as (keyof Appearance)[]) {
    const parsed = appearanceSchema.shape[key].safeParse((fields as Record<string, unknown>)[key]);
    if (parsed.success) Object.assign(result, { [key]: parsed.data });
  }
  for (const key of Object.keys(APPEARANCE_RANGES) as (keyof typeof APPEARANCE_RANGES)[]) {
    result[key] = clampToRange(result[key], APPEARANCE_RANGES[key]);
  }
  return result;
}

/** The stops of page zoom, the same as the big browsers use. */
export const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5] as const;

/** The next stop above (`1`) or below (`-1`) a zoom; the same zoom at either end. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  if (direction === 1) return ZOOM_STEPS.find((step) => step > zoom + 0.005) ?? zoom;
  return ZOOM_STEPS.findLast((step) => step < zoom - 0.005) ?? zoom;
}
