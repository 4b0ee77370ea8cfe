import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter, SRGBColorSpace } from "three";

/** Canvas pixels for each degree of the keyboard: a headset of today shows about 25. */
export const PX_PER_DEG = 32;
const ANISOTROPY = 4;

/** A picture of a part of the keyboard, painted with the system's fonts, so that every script has its letters. */
export interface PaintedCanvas {
  readonly texture: CanvasTexture;
  /** Paints anew in degrees, x to the right, y down, from the part's upper left corner. */
  paint(draw: (context: CanvasRenderingContext2D) => void): void;
  /** Width of a text in degrees. */
  measure(font: string, text: string): number;
  /** Frees the memory on the graphics card until it is painted again. */
  release(): void;
  dispose(): void;
}

export function createPaintedCanvas(widthDeg: number, heightDeg: number): PaintedCanvas {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(widthDeg * PX_PER_DEG);
  canvas.height = Math.ceil(heightDeg * PX_PER_DEG);
  const context = canvas.getContext("2d");
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.magFilter = LinearFilter;
  texture.anisotropy = ANISOTROPY;
  return {
    texture,
    paint(draw) {
      if (!context) return;
      context.setTransform(PX_PER_DEG, 0, 0, PX_PER_DEG, 0, 0);
      draw(context);
      texture.needsUpdate = true;
    },
    measure(font, text) {
      if (!context) return 0;
      context.font = font;
      return textWidth(context, text);
    },
    release: () => texture.dispose(),
    dispose: () => texture.dispose(),
  };
}

const FAMILY = '"Inter Variable", system-ui, "Noto Sans", "Noto Sans CJK JP", sans-serif';

export function fontOf(sizeDeg: number, weight = 450): string {
  return `${weight} ${sizeDeg * PX_PER_DEG}px ${FAMILY}`;
}

/** In degrees, in the context's font. */
export function textWidth(context: CanvasRenderingContext2D, text: string): number {
  return context.measureText(text).width / PX_PER_DEG;
}

/** Draws in the coordinates of `paint`, but in whole pixels: glyphs of a font one pixel high would be spaced by chance. */
export function drawText(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillText(text, x * PX_PER_DEG, y * PX_PER_DEG);
  context.restore();
}
