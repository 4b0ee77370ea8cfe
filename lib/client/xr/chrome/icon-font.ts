import type { FontFamilies } from "@react-three/uikit";
import { distanceField } from "#lib/core/room-ui/distance-field.ts";

/** A font as uikit reads it, in its plain form. */
export type FontInfo = Exclude<NonNullable<FontFamilies[string]["medium"]>, string | (() => unknown)>;

/** The grid icons are drawn on: 24 units with a border, so that the distances around them fit. */
const UNITS = 24;
const MARGIN_UNITS = 4;
const PX_PER_UNIT = 2;
const CELL_PX = (UNITS + 2 * MARGIN_UNITS) * PX_PER_UNIT;
const COLUMNS = 8;
const RANGE_PX = 6;
/** Private use area: no text of a page can hold an icon by accident of its letters. */
const FIRST_CHAR = 0xe000;

/** Font size at which an icon is as wide as asked. */
export function iconFontSize(widthPx: number): number {
  return (widthPx * (UNITS + 2 * MARGIN_UNITS)) / UNITS;
}

/** The character of the icon at a place in the list the font was made of. */
export function iconChar(index: number): string {
  return String.fromCharCode(FIRST_CHAR + index);
}

/**
 * A font of the interface's icons, for uikit: all icons of a bar are then one
 * instanced draw, where each SVG would be several. Painted from the same SVG
 * elements that the flat view shows.
 */
export function makeIconFont(icons: readonly SVGSVGElement[]): FontInfo {
  const rows = Math.ceil(icons.length / COLUMNS);
  const width = COLUMNS * CELL_PX;
  const height = rows * CELL_PX;
  const page = document.createElement("canvas");
  page.width = width;
  page.height = height;
  const context = page.getContext("2d", { willReadFrequently: true });
  if (context) {
    icons.forEach((icon, index) => {
      context.setTransform(PX_PER_UNIT, 0, 0, PX_PER_UNIT, ...cellOrigin(index));
      strokeIcon(context, icon);
    });
    toDistances(context, width, height);
  }
  return {
    pages: [page.toDataURL("image/png")],
    chars: [SPACE, ...icons.map((_, index) => glyph(index))],
    info: {
      face: "icons",
      size: CELL_PX,
      bold: 0,
      italic: 0,
      charset: [],
      unicode: 1,
      stretchH: 100,
      smooth: 1,
      aa: 1,
      padding: [0, 0, 0, 0],
      spacing: [0, 0],
      outline: 0,
    },
    common: {
      lineHeight: CELL_PX,
      base: CELL_PX,
      scaleW: width,
      scaleH: height,
      pages: 1,
      packed: 0,
      alphaChnl: 0,
      redChnl: 0,
      greenChnl: 0,
      blueChnl: 0,
    },
    distanceField: { fieldType: "sdf", distanceRange: RANGE_PX },
    kernings: [],
  };
}

/** uikit measures the space of every font. */
const SPACE: FontInfo["chars"][number] = { ...glyph(0), id: 32, char: " ", width: 0, height: 0 };

function glyph(index: number): FontInfo["chars"][number] {
  return {
    id: FIRST_CHAR + index,
    index,
    char: iconChar(index),
    x: (index % COLUMNS) * CELL_PX,
    y: Math.floor(index / COLUMNS) * CELL_PX,
    width: CELL_PX,
    height: CELL_PX,
    xoffset: 0,
    yoffset: 0,
    xadvance: CELL_PX,
    chnl: 15,
    page: 0,
  };
}

function cellOrigin(index: number): [number, number] {
  const margin = MARGIN_UNITS * PX_PER_UNIT;
  return [(index % COLUMNS) * CELL_PX + margin, Math.floor(index / COLUMNS) * CELL_PX + margin];
}

function strokeIcon(context: CanvasRenderingContext2D, icon: SVGSVGElement): void {
  context.lineWidth = 2;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
  for (const part of icon.children) context.stroke(pathOf(part));
}

/** Lucide draws with these shapes alone. */
function pathOf(part: Element): Path2D {
  const number = (name: string) => Number(part.getAttribute(name) ?? 0);
  const path = new Path2D(part.tagName === "path" ? (part.getAttribute("d") ?? "") : undefined);
  switch (part.tagName) {
    case "circle":
      path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
      break;
    case "ellipse":
      path.ellipse(number("cx"), number("cy"), number("rx"), number("ry"), 0, 0, 2 * Math.PI);
      break;
    case "rect":
      path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
      break;
    case "line":
      path.moveTo(number("x1"), number("y1"));
      path.lineTo(number("x2"), number("y2"));
      break;
    case "polyline":
    case "polygon": {
      const points = (part.getAttribute("points") ?? "")
        .trim()
        .split(/[\s,]+/)
        .map(Number);
      for (let at = 0; at + 1 < points.length; at += 2) path.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
      if (part.tagName === "polygon") path.closePath();
    }
  }
  return path;
}

/** Replaces what is painted by its distances, the same in all channels: uikit takes the middle one of three. */
function toDistances(context: CanvasRenderingContext2D, width: number, height: number): void {
  context.resetTransform();
  const image = context.getImageData(0, 0, width, height);
  const coverage = new Uint8Array(width * height);
  for (let at = 0; at < coverage.length; at++) coverage[at] = image.data[at * 4 + 3] ?? 0;
  const field = distanceField(coverage, { width, height, rangePx: RANGE_PX });
  for (let at = 0; at < field.length; at++) {
    const value = field[at] ?? 0;
    image.data[at * 4] = image.data[at * 4 + 1] = image.data[at * 4 + 2] = value;
    image.data[at * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
