import type { ColorName } from "#lib/client/surface/engine/theme-colors.ts";

/**
 * What layout leaves for painting: marks in the order they are drawn, in CSS
 * pixels of their item. They name colours by token, so that another theme paints
 * the same list.
 */
export type Mark = TextMark | BoxMark | ImageMark | ShapeMark;

export interface TextMark {
  kind: "text";
  /** Left edge and baseline. */
  x: number;
  y: number;
  width: number;
  text: string;
  font: string;
  letterSpacingPx: number;
  wordSpacingPx: number;
  color: ColorName;
  isRtl: boolean;
  /** The line's box, which selection and presses use. */
  top: number;
  height: number;
  /** Null: text of ours around the document, which cannot be selected or cited. */
  blockId: string | null;
  /** UTF-16 units of the block's text. */
  start: number;
  end: number;
  href: string | null;
  underline: { color: ColorName; offsetPx: number; thicknessPx: number } | null;
  isStruck: boolean;
  sizePx: number;
  background: { color: ColorName; padPx: number; radiusPx: number } | null;
}

export interface BoxMark {
  kind: "box";
  x: number;
  y: number;
  width: number;
  /** Until its content is laid out: beyond everything. */
  height: number;
  fill: ColorName | null;
  stroke: ColorName | null;
  radiusPx: number;
  isDashed: boolean;
}

export interface ImageMark {
  kind: "image";
  x: number;
  y: number;
  width: number;
  height: number;
  src: string;
  fit: "contain" | "cover";
  radiusPx: number;
  /** Drawn when it cannot be loaded. */
  alt: string;
  altFont: string;
}

export interface ShapeMark {
  kind: "shape";
  shape: "disc" | "circle" | "closed" | "open" | "play" | "out";
  /** The middle. */
  x: number;
  y: number;
  sizePx: number;
  color: ColorName;
  isRtl: boolean;
}

/** Where something can be pressed that is more than the text it holds. */
export interface HitArea {
  x: number;
  y: number;
  width: number;
  height: number;
  blockId: string;
  href: string | null;
  action: "toggle" | "image" | "copy" | null;
}

export interface BlockBox {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export const UNKNOWN_HEIGHT = 1e7;

/** Collects what one stretch of a document is drawn by. `reachedPx`: above it nothing more will be added. */
export class DisplayList {
  readonly marks: Mark[] = [];
  readonly areas: HitArea[] = [];
  readonly blocks: BlockBox[] = [];
  reachedPx = 0;

  addBox(box: Pick<BoxMark, "x" | "y" | "width"> & Partial<BoxMark>): BoxMark {
    const mark: BoxMark = {
      kind: "box",
      height: UNKNOWN_HEIGHT,
      fill: null,
      stroke: null,
      radiusPx: 0,
      isDashed: false,
      ...box,
    };
    this.marks.push(mark);
    return mark;
  }

  /** A block that begins here; its height is set when it ends. */
  addBlock(id: string, x: number, y: number, width: number): BlockBox {
    const block = { id, x, y, width, height: 0 };
    this.blocks.push(block);
    return block;
  }
}
