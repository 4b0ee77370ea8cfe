import { caretStops } from "#lib/client/surface/engine/caret-stops.ts";
import type {
  BoxMark,
  ImageMark,
  Mark,
  ShapeMark,
  TextMark,
} from "#lib/client/surface/engine/display-list.ts";
import type { DocumentLayout, LaidItem } from "#lib/client/surface/engine/document-layout.ts";
import type { Highlights } from "#lib/client/surface/engine/highlights.ts";
import type { ImageStore } from "#lib/client/surface/engine/image-store.ts";
import { MATCH_COLORS, type ThemeColors } from "#lib/client/surface/engine/theme-colors.ts";

export type PaintContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface TilePaint {
  layout: DocumentLayout;
  /** CSS pixels of the document. */
  top: number;
  bottom: number;
  /** Device pixels. */
  width: number;
  height: number;
  colors: ThemeColors;
  highlights: Highlights;
  images: ImageStore;
}

/** Paints one tile. Returns the pictures it shows, so that it can be painted again when they have come. */
export function paintTile(canvas: PaintContext, paint: TilePaint): string[] {
  const { layout, top, bottom, width, height, colors } = paint;
  const scaleX = width / layout.context.typography.widthPx;
  const scaleY = height / (bottom - top);
  canvas.setTransform(1, 0, 0, 1, 0, 0);
  canvas.fillStyle = colors.paper;
  canvas.fillRect(0, 0, width, height);
  const painter = new Painter(canvas, paint, scaleX);
  for (const item of itemsBetween(layout.items, top, bottom)) {
    canvas.setTransform(scaleX, 0, 0, scaleY, 0, (item.y - top) * scaleY);
    for (const mark of item.list.marks) {
      if (overlaps(mark, top - item.y, bottom - item.y)) painter.paint(mark);
    }
  }
  return painter.sources;
}

/** Items whose stretch of the document meets the given one. */
export function itemsBetween(items: readonly LaidItem[], top: number, bottom: number): LaidItem[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.y ?? 0) <= top) low = middle + 1;
    else high = middle;
  }
  const found: LaidItem[] = [];
  for (let index = Math.max(0, low - 1); index < items.length; index++) {
    const item = items[index];
    if (!item || item.y > bottom) break;
    found.push(item);
  }
  return found;
}

function overlaps(mark: Mark, top: number, bottom: number): boolean {
  if (mark.kind === "shape") return mark.y + mark.sizePx >= top && mark.y - mark.sizePx <= bottom;
  // Letters may reach a little beyond their line.
  const slack = mark.kind === "text" ? mark.sizePx / 2 : 1;
  const y = mark.kind === "text" ? mark.top : mark.y;
  return y + mark.height + slack >= top && y - slack <= bottom;
}

const HIGHLIGHT_COLORS = { match: MATCH_COLORS.background, active: MATCH_COLORS.activeBackground } as const;

class Painter {
  readonly sources: string[] = [];
  readonly #canvas: PaintContext;
  readonly #paint: TilePaint;
  readonly #scale: number;
  #font = "";

  constructor(canvas: PaintContext, paint: TilePaint, scale: number) {
    this.#canvas = canvas;
    this.#paint = paint;
    this.#scale = scale;
    canvas.textBaseline = "alphabetic";
    canvas.textAlign = "left";
  }

  paint(mark: Mark): void {
    if (mark.kind === "text") this.#text(mark);
    else if (mark.kind === "box") this.#box(mark);
    else if (mark.kind === "image") this.#image(mark);
    else paintShape(this.#canvas, mark, this.#paint.colors);
  }

  #text(mark: TextMark): void {
    const canvas = this.#canvas;
    const { colors } = this.#paint;
    const { background, underline } = mark;
    if (background) {
      const height = mark.sizePx * 1.35;
      canvas.fillStyle = colors[background.color];
      canvas.beginPath();
      canvas.roundRect(mark.x, mark.y - mark.sizePx, mark.width, height, background.radiusPx);
      canvas.fill();
    }
    const found = this.#highlight(mark);
    if (this.#font !== mark.font) canvas.font = mark.font;
    this.#font = mark.font;
    canvas.direction = mark.isRtl ? "rtl" : "ltr";
    canvas.letterSpacing = `${mark.letterSpacingPx}px`;
    canvas.wordSpacing = `${mark.wordSpacingPx}px`;
    canvas.fillStyle = colors[mark.color];
    const x = mark.x + (background?.padPx ?? 0);
    canvas.fillText(mark.text, x, mark.y);
    // Over a marker's colour letters are dark in every theme.
    for (const { from, width } of found) {
      canvas.save();
      canvas.beginPath();
      canvas.rect(from, mark.top, width, mark.height);
      canvas.clip();
      canvas.fillStyle = MATCH_COLORS.text;
      canvas.fillText(mark.text, x, mark.y);
      canvas.restore();
    }
    if (underline) {
      canvas.fillStyle = colors[underline.color];
      canvas.fillRect(mark.x, mark.y + underline.offsetPx, mark.width, underline.thicknessPx);
    }
    if (mark.isStruck) {
      canvas.fillStyle = colors[mark.color];
      canvas.fillRect(mark.x, mark.y - mark.sizePx * 0.3, mark.width, Math.max(1, mark.sizePx * 0.06));
    }
  }

  /** Draws what is selected or found behind the text. Returns the found stretches. */
  #highlight(mark: TextMark): { from: number; width: number }[] {
    const { highlights, colors, layout } = this.#paint;
    const found: { from: number; width: number }[] = [];
    const ranges = mark.blockId === null ? [] : highlights.of(mark.blockId);
    let stops: Float32Array | null = null;
    for (const { start, end, kind } of ranges) {
      if (end <= mark.start || start >= mark.end) continue;
      stops ??= caretStops(mark, layout.context.metrics);
      const last = stops.length - 1;
      const from = stops[Math.max(0, Math.min(last, start - mark.start))] ?? 0;
      const to = end >= mark.end ? mark.width : (stops[Math.min(last, end - mark.start)] ?? mark.width);
      const x = mark.isRtl ? mark.x + mark.width - to : mark.x + from;
      this.#canvas.fillStyle = kind === "selection" ? colors.selection : HIGHLIGHT_COLORS[kind];
      this.#canvas.fillRect(x, mark.top, to - from, mark.height);
      if (kind !== "selection") found.push({ from: x, width: to - from });
    }
    return found;
  }

  #box({ x, y, width, height, fill, stroke, radiusPx, isDashed }: BoxMark): void {
    const canvas = this.#canvas;
    const { colors } = this.#paint;
    canvas.beginPath();
    if (radiusPx > 0)
      canvas.roundRect(x + 0.5, y + 0.5, Math.max(0, width - 1), Math.max(0, height - 1), radiusPx);
    else canvas.rect(x, y, width, height);
    if (fill) {
      canvas.fillStyle = colors[fill];
      canvas.fill();
    }
    if (!stroke) return;
    canvas.strokeStyle = colors[stroke];
    canvas.lineWidth = 1;
    canvas.setLineDash(isDashed ? [4, 4] : []);
    canvas.stroke();
  }

  #image(mark: ImageMark): void {
    const canvas = this.#canvas;
    const { images, colors } = this.#paint;
    const { x, y, width, height, fit, radiusPx } = mark;
    const picture = images.get(mark.src, width * this.#scale);
    this.sources.push(mark.src);
    canvas.save();
    canvas.beginPath();
    canvas.roundRect(x, y, width, height, radiusPx);
    canvas.clip();
    if (picture === null || picture === "failed") {
      canvas.fillStyle = colors.sunken;
      canvas.fillRect(x, y, width, height);
      if (picture === "failed" && mark.alt) {
        canvas.font = mark.altFont;
        canvas.direction = "inherit";
        canvas.fillStyle = colors.muted;
        canvas.fillText(mark.alt, x + 12, y + Math.min(height - 8, 28), Math.max(16, width - 24));
      }
    } else {
      const factor =
        fit === "cover"
          ? Math.max(width / picture.width, height / picture.height)
          : Math.min(width / picture.width, height / picture.height);
      const [w, h] = [picture.width * factor, picture.height * factor];
      canvas.imageSmoothingQuality = "high";
      canvas.drawImage(picture, x + (width - w) / 2, y + (height - h) / 2, w, h);
    }
    canvas.restore();
    this.#font = "";
  }
}

function paintShape(canvas: PaintContext, mark: ShapeMark, colors: ThemeColors): void {
  const { shape, x, y, sizePx, isRtl } = mark;
  const half = sizePx / 2;
  canvas.fillStyle = colors[mark.color];
  canvas.strokeStyle = colors[mark.color];
  canvas.lineWidth = Math.max(1, sizePx / 10);
  canvas.setLineDash([]);
  canvas.beginPath();
  if (shape === "disc" || shape === "circle" || shape === "play") {
    canvas.arc(x, y, half, 0, 2 * Math.PI);
    if (shape === "circle") canvas.stroke();
    else canvas.fill();
  }
  if (shape === "play") {
    canvas.fillStyle = colors.onAccent;
    canvas.beginPath();
    canvas.moveTo(x - half * 0.28, y - half * 0.45);
    canvas.lineTo(x + half * 0.52, y);
    canvas.lineTo(x - half * 0.28, y + half * 0.45);
    canvas.fill();
  } else if (shape === "open") {
    canvas.moveTo(x - half, y - half / 2);
    canvas.lineTo(x + half, y - half / 2);
    canvas.lineTo(x, y + half);
    canvas.fill();
  } else if (shape === "closed") {
    const forward = isRtl ? -1 : 1;
    canvas.moveTo(x - (half / 2) * forward, y - half);
    canvas.lineTo(x + half * forward, y);
    canvas.lineTo(x - (half / 2) * forward, y + half);
    canvas.fill();
  } else if (shape === "out") {
    canvas.rect(x - half * 0.8, y - half * 0.4, half * 1.2, half * 1.2);
    canvas.moveTo(x - half * 0.1, y + half * 0.1);
    canvas.lineTo(x + half * 0.8, y - half * 0.8);
    canvas.lineTo(x + half * 0.2, y - half * 0.8);
    canvas.moveTo(x + half * 0.8, y - half * 0.8);
    canvas.lineTo(x + half * 0.8, y - half * 0.2);
    canvas.stroke();
  }
}
