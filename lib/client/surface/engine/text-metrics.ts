/** A context that is only measured with, and what it has measured so far. */
export interface TextMetricsSource {
  width(text: string, font: string, letterSpacingPx?: number): number;
  /** Above and below the baseline, of the font as a whole. */
  extent(font: string): { ascent: number; descent: number };
  /** After a font has loaded: what was measured before was measured in another. */
  forget(): void;
}

type MeasuringContext = Pick<
  CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  "font" | "measureText" | "letterSpacing"
>;

const CHARACTERS_MAX = 4000;

export function createTextMetrics(context: MeasuringContext): TextMetricsSource {
  const extents = new Map<string, { ascent: number; descent: number }>();
  const characters = new Map<string, Map<string, number>>();
  let font = "";
  const use = (wanted: string): void => {
    if (font !== wanted) context.font = wanted;
    font = wanted;
  };
  return {
    width(text, wanted, letterSpacingPx = 0) {
      const isCharacter = text.length <= 2;
      const known = isCharacter ? characters.get(wanted)?.get(text) : undefined;
      if (known !== undefined) return known + letterSpacingPx;
      use(wanted);
      const { width } = context.measureText(text);
      if (isCharacter) {
        let ofFont = characters.get(wanted);
        if (!ofFont || ofFont.size > CHARACTERS_MAX) {
          ofFont = new Map();
          characters.set(wanted, ofFont);
        }
        ofFont.set(text, width);
      }
      return width + letterSpacingPx * text.length;
    },
    extent(wanted) {
      const known = extents.get(wanted);
      if (known) return known;
      use(wanted);
      const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText("x");
      const extent = { ascent: fontBoundingBoxAscent, descent: fontBoundingBoxDescent };
      extents.set(wanted, extent);
      return extent;
    },
    forget() {
      extents.clear();
      characters.clear();
      font = "";
    },
  };
}
