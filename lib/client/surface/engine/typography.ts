import { FONT_FAMILIES } from "#lib/client/surface/engine/font-files.ts";
import type { ColorName } from "#lib/client/surface/engine/theme-colors.ts";
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import type { Appearance } from "#lib/core/reading/appearance.ts";

/** How a stretch of text is set, before marks such as bold change it. */
export interface TextStyle {
  family: string;
  sizePx: number;
  weight: number;
  isItalic: boolean;
  lineHeightPx: number;
  letterSpacingPx: number;
  color: ColorName;
}

/** All sizes of a document under one set of options, in CSS pixels. They follow `components/document/styles`. */
export interface Typography {
  widthPx: number;
  heightPx: number;
  /** One em of running text. */
  emPx: number;
  gutterPx: number;
  /** The column of running text, and that of tables and listings. */
  measurePx: number;
  widePx: number;
  body: TextStyle;
  sansFamily: string;
  monoFamily: string;
  isJustified: boolean;
  areImagesShown: boolean;
}

const SANS = `"${FONT_FAMILIES.sans.name}", system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif`;
const MONO = `"${FONT_FAMILIES.mono.name}", ui-monospace, "Noto Sans Mono", monospace`;
const SERIF = `"${FONT_FAMILIES.serif.name}", Georgia, "Noto Serif", "Noto Serif CJK SC", serif`;
const DYSLEXIC =
  '"Atkinson Hyperlegible", "Lexend", "Comic Neue", "Comic Sans MS", "Verdana", "DejaVu Sans", "Trebuchet MS", sans-serif';

/** `letter`: what an average letter of running text takes of a zero's width. */
const READING_FONTS = {
  serif: { family: SERIF, letter: 0.89, size: 1, spacingEm: 0 },
  sans: { family: SANS, letter: 0.75, size: 1, spacingEm: 0 },
  mono: { family: MONO, letter: 1, size: 0.92, spacingEm: 0 },
  dyslexic: { family: DYSLEXIC, letter: 0.87, size: 1, spacingEm: 0.03 },
} as const satisfies Record<Appearance["font"], unknown>;

/** Scripts with tall marks, set with more air. */
const TALL_SCRIPTS = /^(ar|fa|ur|hi|th)\b/i;
const WIDE_MAX_PX = 960;

/** Every family a document under these options is set in. They have to be there before anything is measured. */
export function fontFamilies({ appearance }: SurfaceOptions): string[] {
  return [READING_FONTS[appearance.font].family, SANS, MONO];
}

export function createTypography(
  options: SurfaceOptions,
  lang: string | null,
  measureWidth: (text: string, font: string) => number,
): Typography {
  const { appearance, widthPx, heightPx, zoom, textScale } = options;
  const reading = READING_FONTS[appearance.font];
  const emPx = Math.max(6, appearance.sizePx * zoom * textScale * reading.size);
  const leading = appearance.lineHeight + (TALL_SCRIPTS.test(lang ?? "") ? 0.15 : 0);
  const body: TextStyle = {
    family: reading.family,
    sizePx: round(emPx),
    weight: 400,
    isItalic: false,
    lineHeightPx: round(emPx * leading),
    letterSpacingPx: round(emPx * reading.spacingEm),
    color: "ink",
  };
  const gutterPx = Math.round(Math.min(48, Math.max(18, widthPx * 0.05)));
  const roomPx = Math.max(80, widthPx - 2 * gutterPx);
  const wantedPx = appearance.measureCh * reading.letter * measureWidth("0", fontOf(body));
  const measurePx = Math.round(Math.min(roomPx, wantedPx));
  return {
    widthPx,
    heightPx,
    emPx,
    gutterPx,
    measurePx,
    widePx: Math.max(measurePx, Math.min(WIDE_MAX_PX, roomPx)),
    body,
    sansFamily: SANS,
    monoFamily: MONO,
    isJustified: appearance.justify,
    areImagesShown: appearance.images,
  };
}

let generation = 0;

/**
 * Another part of a font has loaded. Chromium keeps what a canvas has once resolved
 * a font to, in workers also after that; with one more name, of no font, it is
 * another font and resolved anew.
 */
export function renewFonts(): void {
  generation++;
  fonts.clear();
}

/** By family, then by size, weight and slant as one number: the same string each time, which maps find fastest. */
const fonts = new Map<string, Map<number, string>>();

/** The style's canvas font. Sizes are whole hundredths, so that caches of widths are met. */
export function fontOf({ family, sizePx, weight, isItalic }: TextStyle): string {
  let ofFamily = fonts.get(family);
  if (!ofFamily) {
    ofFamily = new Map();
    fonts.set(family, ofFamily);
  }
  const key = Math.round(sizePx * 100) * 2048 + weight * 2 + (isItalic ? 1 : 0);
  let font = ofFamily.get(key);
  if (font === undefined) {
    font = `${isItalic ? "italic " : ""}${weight} ${sizePx}px ${family}, "${generation}"`;
    ofFamily.set(key, font);
  }
  return font;
}

/** Text of the interface within a document: bylines, captions, tables. `em` counts in that of running text. */
export function sansStyle(
  { emPx, sansFamily }: Typography,
  em: number,
  lineHeight: number,
  change: Partial<TextStyle> = {},
): TextStyle {
  const sizePx = round(emPx * em);
  return {
    family: sansFamily,
    sizePx,
    weight: 400,
    isItalic: false,
    lineHeightPx: round(sizePx * lineHeight),
    letterSpacingPx: 0,
    color: "ink",
    ...change,
  };
}

/** Scaled as a whole, lines included. */
export function resized(style: TextStyle, factor: number, lineHeight?: number): TextStyle {
  const sizePx = round(style.sizePx * factor);
  const ratio = lineHeight ?? style.lineHeightPx / style.sizePx;
  return { ...style, sizePx, lineHeightPx: round(sizePx * ratio) };
}

function round(px: number): number {
  return Math.round(px * 100) / 100;
}
