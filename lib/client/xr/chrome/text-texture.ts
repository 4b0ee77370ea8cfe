import { LinearFilter, LinearMipmapLinearFilter, SRGBColorSpace, Texture } from "three";
import { fitText, labelDirection, oneLine } from "#lib/core/room-ui/label-text.ts";

export interface TextLine {
  text: string;
  sizePx: number;
  weight: number;
  /** `#rrggbb`. */
  color: string;
}

export interface TextTexture {
  texture: Texture;
  /** Of the picture in interface pixels. As wide as asked, so that right-to-left lines can end at the right; a plate only as wide as its text. */
  widthPx: number;
  heightPx: number;
}

/** Device pixels per interface pixel: a headset of today shows about 1.4 for each. */
const SCALE = 2;
const LINE_HEIGHT = 1.35;
/** Every panel's title and two full lists fit; what was used longest ago goes first. */
const ENTRIES_MAX = 48;
const FAMILY = '"Inter Variable", system-ui, "Noto Sans", sans-serif';

/** Around the text of a plate, interface pixels. */
const PLATE_PAD_X = 14;
const PLATE_PAD_Y = 7;
const PLATE_RADIUS = 12;

/** A filled ground with round corners, for text that stands in the room by itself. */
export interface TextPlate {
  /** `#rrggbb`. */
  background: string;
}

interface Entry extends TextTexture {
  /** How many components show it now: those are never dropped. */
  users: number;
}

const entries = new Map<string, Entry>();

/**
 * A picture of a few lines of text in any script the system has fonts for. Asking
 * again for the same lines gives the same picture. Each call is paired with one of
 * `releaseText`; pictures nobody shows are kept for a while, at most 48 in all.
 */
export function acquireText(lines: readonly TextLine[], widthPx: number, plate?: TextPlate): TextTexture {
  const key = keyOf(lines, widthPx, plate);
  const known = entries.get(key);
  const entry = known ?? { ...paint(lines, widthPx, plate), users: 0 };
  entries.delete(key);
  entries.set(key, entry);
  entry.users++;
  evict();
  return entry;
}

export function releaseText(lines: readonly TextLine[], widthPx: number, plate?: TextPlate): void {
  const entry = entries.get(keyOf(lines, widthPx, plate));
  if (entry) entry.users--;
  evict();
}

function keyOf(lines: readonly TextLine[], widthPx: number, plate?: TextPlate): string {
  return JSON.stringify([Math.ceil(widthPx), plate?.background, lines.map((line) => Object.values(line))]);
}

function evict(): void {
  for (const [key, entry] of entries) {
    if (entries.size <= ENTRIES_MAX) return;
    if (entry.users > 0) continue;
    entry.texture.dispose();
    entries.delete(key);
  }
}

function paint(lines: readonly TextLine[], width: number, plate: TextPlate | undefined): TextTexture {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const fitted = context ? fitLines(context, lines, width - (plate ? 2 * PLATE_PAD_X : 0)) : [];
  const textPx = Math.max(1, ...fitted.map((line) => line.widthPx));
  const widthPx = Math.max(1, Math.ceil(plate ? textPx + 2 * PLATE_PAD_X : width));
  const linesPx = lines.reduce((sum, { sizePx }) => sum + sizePx * LINE_HEIGHT, 0);
  const heightPx = Math.max(1, Math.ceil(linesPx + (plate ? 2 * PLATE_PAD_Y : 0)));
  canvas.width = widthPx * SCALE;
  canvas.height = heightPx * SCALE;
  const image = context ? paintLines(context, fitted, plate) : new ImageData(canvas.width, canvas.height);
  const texture = new Texture(image);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.magFilter = LinearFilter;
  texture.anisotropy = 4;
  texture.needsUpdate = true;
  return { texture, widthPx, heightPx };
}

interface FittedLine extends TextLine {
  direction: "ltr" | "rtl";
  widthPx: number;
}

function fitLines(
  context: CanvasRenderingContext2D,
  lines: readonly TextLine[],
  maxPx: number,
): FittedLine[] {
  return lines.map((line) => {
    const text = oneLine(line.text);
    context.font = fontOf(line);
    const measure = (part: string) => context.measureText(part).width;
    const fitted = fitText(text, maxPx, measure);
    return { ...line, text: fitted, direction: labelDirection(text), widthPx: measure(fitted) };
  });
}

function fontOf({ sizePx, weight }: TextLine): string {
  return `${weight} ${sizePx}px ${FAMILY}`;
}

function paintLines(
  context: CanvasRenderingContext2D,
  lines: readonly FittedLine[],
  plate: TextPlate | undefined,
): ImageData {
  const widthPx = context.canvas.width / SCALE;
  const padX = plate ? PLATE_PAD_X : 0;
  let top = plate ? PLATE_PAD_Y : 0;
  context.scale(SCALE, SCALE);
  if (plate) {
    context.fillStyle = plate.background;
    context.beginPath();
    context.roundRect(0, 0, widthPx, context.canvas.height / SCALE, PLATE_RADIUS);
    context.fill();
  }
  context.textBaseline = "middle";
  // All lines stand at the side the first one begins at.
  const isRtl = lines[0]?.direction === "rtl";
  for (const line of lines) {
    context.font = fontOf(line);
    context.fillStyle = line.color;
    context.direction = line.direction;
    context.textAlign = isRtl ? "right" : "left";
    context.fillText(line.text, isRtl ? widthPx - padX : padX, top + (line.sizePx * LINE_HEIGHT) / 2);
    top += line.sizePx * LINE_HEIGHT;
  }
  return spreadColor(context, plate ? [{ color: plate.background, sizePx: top + PLATE_PAD_Y }] : lines);
}

/**
 * Clear pixels take the colour of the text beside them: blending between a letter
 * and black nothing would draw a dark edge around every letter.
 */
function spreadColor(
  context: CanvasRenderingContext2D,
  lines: readonly Pick<TextLine, "color" | "sizePx">[],
): ImageData {
  const { width, height } = context.canvas;
  const image = context.getImageData(0, 0, width, height);
  let bottom = 0;
  let at = 0;
  for (const { sizePx, color } of lines) {
    bottom += sizePx * LINE_HEIGHT * SCALE;
    const end = Math.min(height, Math.ceil(bottom)) * width * 4;
    const value = Number.parseInt(color.slice(1), 16);
    for (; at < end; at += 4) {
      if (image.data[at + 3] !== 0) continue;
      image.data[at] = value >> 16;
      image.data[at + 1] = (value >> 8) & 255;
      image.data[at + 2] = value & 255;
    }
  }
  return image;
}
