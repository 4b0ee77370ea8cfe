import { KEY_INSET_DEG } from "#lib/client/xr/keyboard/paint-keys.ts";
import { drawText, fontOf, textWidth } from "#lib/client/xr/keyboard/painted-canvas.ts";
import {
  BOARD_WIDTH_DEG,
  FIELD_ROW_DEG,
  placeSuggestions,
  STRIP_HEIGHT_DEG,
  SUGGESTION_ROW_DEG,
} from "#lib/core/keyboard/key-geometry.ts";
import type { EntrySuggestion } from "#lib/core/keyboard/suggest-entry.ts";
import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";
import { fitText, oneLine } from "#lib/core/room-ui/label-text.ts";

/** What stands above the keys. */
export interface StripContent {
  text: string;
  caret: number;
  selection: { start: number; end: number };
  composition: { start: number; end: number } | null;
  /** Shown while there is no text. */
  label: string;
  suggestions: readonly EntrySuggestion[];
}

const TEXT_DEG = 1.1;
const DETAIL_DEG = 0.75;
export const STRIP_FONT = fontOf(TEXT_DEG);
const PADDING_DEG = 0.9;
/** Room for the text of the field. */
const FIELD_WIDTH_DEG = BOARD_WIDTH_DEG - 2 * PADDING_DEG;
const CORNER_DEG = 0.5;
const CARET_GAP_DEG = 0.25;

/** Measures text in `STRIP_FONT`, in degrees. */
export type Measure = (text: string) => number;

/** How far the text is moved to the left so that the caret is in sight. */
export function fieldScroll({ text, caret }: StripContent, measure: Measure): number {
  const before = measure(text.slice(0, caret));
  const whole = measure(text);
  if (whole <= FIELD_WIDTH_DEG) return 0;
  return Math.min(whole - FIELD_WIDTH_DEG, Math.max(0, before - FIELD_WIDTH_DEG * 0.7));
}

/** The offset of the text nearest to a place on the board, in degrees from its middle. */
export function offsetAtField(content: StripContent, x: number, measure: Measure): number {
  const wanted = x + FIELD_WIDTH_DEG / 2 + fieldScroll(content, measure);
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let offset = 0; offset <= content.text.length; offset += 1) {
    const away = Math.abs(measure(content.text.slice(0, offset)) - wanted);
    if (away < distance) [best, distance] = [offset, away];
  }
  return best;
}

/** `hovered` is the suggestion something points at; -1 for none. */
export function paintStrip(
  context: CanvasRenderingContext2D,
  content: StripContent,
  { theme, hovered }: { theme: ChromeTheme; hovered: number },
): void {
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, BOARD_WIDTH_DEG, STRIP_HEIGHT_DEG);
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  paintField(context, content, theme);
  paintSuggestions(context, content, theme, hovered);
}

function paintField(context: CanvasRenderingContext2D, content: StripContent, theme: ChromeTheme): void {
  context.fillStyle = theme.sunken;
  box(context, 0, 0, BOARD_WIDTH_DEG, FIELD_ROW_DEG);
  context.fill();
  context.save();
  context.beginPath();
  context.rect(PADDING_DEG / 2, 0, BOARD_WIDTH_DEG - PADDING_DEG, FIELD_ROW_DEG);
  context.clip();
  context.font = STRIP_FONT;
  const measure = (text: string) => textWidth(context, text);
  const { text, caret, selection, composition } = content;
  const left = PADDING_DEG - fieldScroll(content, measure);
  const at = (offset: number) => left + measure(text.slice(0, offset));
  const baseline = FIELD_ROW_DEG / 2 + TEXT_DEG * 0.36;
  if (selection.start !== selection.end) {
    context.fillStyle = theme.pressed;
    context.fillRect(at(selection.start), 0.55, at(selection.end) - at(selection.start), FIELD_ROW_DEG - 1.1);
  }
  context.fillStyle = text === "" ? theme.muted : theme.ink;
  drawText(context, text === "" ? content.label : text, text === "" ? left + CARET_GAP_DEG : left, baseline);
  context.fillStyle = theme.accent;
  if (composition) {
    const start = at(composition.start);
    context.fillRect(start, baseline + 0.3, at(composition.end) - start, 0.08);
  }
  context.fillRect(at(caret) - 0.05, 0.6, 0.1, FIELD_ROW_DEG - 1.2);
  context.restore();
}

function paintSuggestions(
  context: CanvasRenderingContext2D,
  { suggestions, text }: StripContent,
  theme: ChromeTheme,
  hovered: number,
): void {
  const places = placeSuggestions(suggestions.length);
  suggestions.slice(0, places.length).forEach((suggestion, index) => {
    const place = places[index];
    if (!place) return;
    const x = place.x - place.widthDeg / 2 + BOARD_WIDTH_DEG / 2;
    context.fillStyle = index === hovered ? theme.pressed : theme.hover;
    box(context, x, FIELD_ROW_DEG, place.widthDeg, SUGGESTION_ROW_DEG);
    context.fill();
    // What Enter does is marked; with an empty field it does nothing.
    if (index === 0 && suggestion.kind === "row" && text.trim() !== "") {
      context.strokeStyle = theme.accent;
      context.lineWidth = 0.1;
      context.stroke();
    }
    const middle = x + place.widthDeg / 2;
    const measure = (text: string) => textWidth(context, text);
    const width = place.widthDeg - 2 * PADDING_DEG;
    context.textAlign = "center";
    context.font = STRIP_FONT;
    context.fillStyle = theme.ink;
    const hasDetail = suggestion.detail !== "";
    const baseline = FIELD_ROW_DEG + (hasDetail ? 1.35 : SUGGESTION_ROW_DEG / 2 + TEXT_DEG * 0.36);
    drawText(context, fitText(oneLine(suggestion.label), width, measure), middle, baseline);
    if (!hasDetail) return;
    context.font = fontOf(DETAIL_DEG);
    context.fillStyle = theme.muted;
    drawText(context, fitText(oneLine(suggestion.detail), width, measure), middle, FIELD_ROW_DEG + 2.45);
  });
}

function box(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  const inset = KEY_INSET_DEG;
  context.beginPath();
  context.roundRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, CORNER_DEG);
}
