import type { Appearance } from "#lib/core/reading/appearance.ts";

export type SurfaceTheme = "light" | "dark" | "sepia";

export interface SurfaceOptions {
  /** CSS pixels of the panel's viewport. */
  widthPx: number;
  heightPx: number;
  /** Tile pixels per CSS pixel. It follows the panel's angular size; kept to steps of a quarter, 0.5 to 3. */
  scale: number;
  /** Its `theme` is not read: the theme that holds is the one below. */
  appearance: Appearance;
  theme: SurfaceTheme;
  /** The page's zoom, and the person's own text size in 3D. Both multiply the size of text. */
  zoom: number;
  textScale: number;
  highContrast: boolean;
}

const SCALE_STEP = 0.25;

/** Steps of a quarter, so that a panel that is being moved does not repaint with every frame. */
export function tileScale(scale: number): number {
  return Math.min(3, Math.max(0.5, Math.round(scale / SCALE_STEP) * SCALE_STEP));
}

/** Whether lines may fall elsewhere under the changed options; if not, tiles are only painted again. */
export function movesLines(before: SurfaceOptions, after: SurfaceOptions): boolean {
  const key = ({ widthPx, heightPx, zoom, textScale, appearance }: SurfaceOptions) => {
    const { theme: _theme, ...layout } = appearance;
    return JSON.stringify([widthPx, heightPx, zoom, textScale, layout]);
  };
  return key(before) !== key(after);
}
