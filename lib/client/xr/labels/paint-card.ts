import { wrapLines } from "#lib/core/room-labels/wrap-lines.ts";
import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";
import { fitText, labelDirection, oneLine } from "#lib/core/room-ui/label-text.ts";

const INTERFACE_FAMILY = '"Inter Variable", system-ui, "Noto Sans", sans-serif';
const READING_FAMILY = '"Source Serif 4 Variable", "Noto Serif", serif';
const LINE_HEIGHT = 1.35;

/** A line of a card, or several where it may wrap. */
export interface CardText {
  text: string;
  sizePx: number;
  color: string;
  weight?: number;
  /** Words of a page rather than of Qui. */
  isReading?: boolean;
  linesMax?: number;
}

export interface CardLook {
  widthPx: number;
  heightPx: number;
  theme: ChromeTheme;
  isHovered: boolean;
  /** Room left free at the line's beginning, for a mark. */
  insetPx?: number;
  /** Room left free at its end, for a button. */
  outsetPx?: number;
}

const PAD = 18;
const RADIUS = 18;

/** An opaque plate with a hairline: what stands on it has the theme's contrast, whatever is behind. */
export function paintPlate(
  context: CanvasRenderingContext2D,
  { widthPx, heightPx, theme, isHovered }: CardLook,
): void {
  context.beginPath();
  context.roundRect(2, 2, widthPx - 4, heightPx - 4, RADIUS);
  context.fillStyle = isHovered ? theme.hover : theme.surface;
  context.fill();
  context.lineWidth = isHovered ? 4 : 2;
  context.strokeStyle = isHovered ? theme.accent : theme.line;
  context.stroke();
}

/** Texts below each other, from the top; right-to-left ones begin at the right. */
export function paintTexts(
  context: CanvasRenderingContext2D,
  texts: readonly CardText[],
  look: CardLook,
): void {
  const { widthPx, heightPx, insetPx = 0, outsetPx = 0 } = look;
  const left = PAD + insetPx;
  const right = widthPx - PAD - outsetPx;
  const lines = texts.flatMap((text) => {
    context.font = fontOf(text);
    const measure = (part: string) => context.measureText(part).width;
    const maxPx = right - left;
    const broken =
      (text.linesMax ?? 1) > 1
        ? wrapLines(text.text, { maxPx, maxLines: text.linesMax ?? 1, measure })
        : [fitText(oneLine(text.text), maxPx, measure)];
    return broken.map((line) => ({ line, text }));
  });
  const height = lines.reduce((sum, { text }) => sum + text.sizePx * LINE_HEIGHT, 0);
  let y = Math.max(PAD / 3, (heightPx - height) / 2);
  context.textBaseline = "middle";
  for (const { line, text } of lines) {
    const direction = labelDirection(text.text);
    context.font = fontOf(text);
    context.fillStyle = text.color;
    context.direction = direction;
    context.textAlign = "start";
    context.fillText(line, direction === "rtl" ? right : left, y + (text.sizePx * LINE_HEIGHT) / 2);
    y += text.sizePx * LINE_HEIGHT;
  }
}

function fontOf({ sizePx, weight = 400, isReading = false }: CardText): string {
  return `${weight} ${sizePx}px ${isReading ? READING_FAMILY : INTERFACE_FAMILY}`;
}

/** A cross in the upper corner, as large as a finger needs it. */
export function paintClose(context: CanvasRenderingContext2D, look: CardLook, sizePx: number): void {
  const middle = sizePx / 2;
  const arm = sizePx * 0.16;
  const x = look.widthPx - middle;
  context.strokeStyle = look.theme.muted;
  context.lineWidth = 4;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x - arm, middle - arm);
  context.lineTo(x + arm, middle + arm);
  context.moveTo(x + arm, middle - arm);
  context.lineTo(x - arm, middle + arm);
  context.stroke();
}
