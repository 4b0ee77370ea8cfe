import { drawText, fontOf, textWidth } from "#lib/client/xr/keyboard/painted-canvas.ts";
import { BOARD_WIDTH_DEG, KEYS_HEIGHT_DEG, type KeyPlace } from "#lib/core/keyboard/key-geometry.ts";
import type { Key } from "#lib/core/keyboard/keys.ts";
import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";
import { fitText } from "#lib/core/room-ui/label-text.ts";

/** Half the space between two keys, in degrees. */
export const KEY_INSET_DEG = 0.12;
const CORNER_DEG = 0.4;
const LETTER_DEG = 1.15;
const WORD_DEG = 0.8;
const HINT_DEG = 0.55;
const ICON_DEG = 1.3;

/** Signs that fonts of headsets may lack, on a grid of 24 units. */
const ICONS: Readonly<Record<string, string>> = {
  backspace: "M9 5h12v14H9l-6-7zM12 9l6 6M18 9l-6 6",
  shift: "M12 4 4 12h4v7h8v-7h4z",
  locked: "M12 3 4 11h4v6h8v-6h4zM8 21h8",
  hide: "M3 5h18v8H3zM7 9h10M8 17l4 4 4-4",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  dictate: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
};

/** All keys, in the coordinates of the keys' part of the board. `top` is its upper edge on the board. */
export function paintKeys(
  context: CanvasRenderingContext2D,
  keys: readonly Key[],
  places: readonly KeyPlace[],
  { theme, top }: { theme: ChromeTheme; top: number },
): void {
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, BOARD_WIDTH_DEG, KEYS_HEIGHT_DEG);
  keys.forEach((key, index) => {
    const place = places[index];
    if (!place) return;
    paintKey(context, key, { x: place.x + BOARD_WIDTH_DEG / 2, y: top - place.y }, place, theme);
  });
}

/** Accents to choose from; `chosen` is the one a held press is over. */
export function paintAccents(
  context: CanvasRenderingContext2D,
  accents: readonly string[],
  { theme, pitch, chosen }: { theme: ChromeTheme; pitch: number; chosen: number },
): void {
  context.fillStyle = theme.sunken;
  context.fillRect(0, 0, accents.length * pitch, pitch);
  accents.forEach((accent, index) => {
    const centre = { x: (index + 0.5) * pitch, y: pitch / 2 };
    face(context, centre, pitch, pitch, index === chosen ? theme.accent : theme.hover);
    context.fillStyle = index === chosen ? theme.onAccent : theme.ink;
    letter(context, accent, centre, LETTER_DEG);
  });
}

interface Point {
  x: number;
  y: number;
}

function paintKey(
  context: CanvasRenderingContext2D,
  key: Key,
  centre: Point,
  { widthDeg, heightDeg }: KeyPlace,
  theme: ChromeTheme,
): void {
  const isBright = key.tone === "primary" || key.active;
  const fill = isBright ? theme.accent : key.tone === "letter" ? theme.hover : theme.pressed;
  face(context, centre, widthDeg, heightDeg, fill);
  const ink = isBright ? theme.onAccent : theme.ink;
  context.fillStyle = context.strokeStyle = ink;
  const icon = ICONS[key.id === "shift" && key.label === "⇪" ? "locked" : key.id];
  if (icon) {
    paintIcon(context, icon, centre);
    return;
  }
  const isWord = [...key.label].length > 1;
  const width = widthDeg - 4 * KEY_INSET_DEG;
  context.font = fontOf(isWord ? WORD_DEG : LETTER_DEG);
  const label = isWord ? fitText(key.label, width, (text) => textWidth(context, text)) : key.label;
  if (key.id === "space") context.fillStyle = theme.muted;
  letter(context, label, centre, isWord ? WORD_DEG : LETTER_DEG);
  const [first] = key.accents;
  if (first === undefined) return;
  // A small sign that a long press offers more.
  context.fillStyle = theme.muted;
  const corner = { x: centre.x + widthDeg / 2 - 0.6, y: centre.y - heightDeg / 2 + 0.65 };
  letter(context, first, corner, HINT_DEG);
}

function face(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  widthDeg: number,
  heightDeg: number,
  fill: string,
): void {
  const width = widthDeg - 2 * KEY_INSET_DEG;
  const height = heightDeg - 2 * KEY_INSET_DEG;
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, CORNER_DEG);
  context.fill();
}

function letter(context: CanvasRenderingContext2D, text: string, { x, y }: Point, sizeDeg: number): void {
  context.font = fontOf(sizeDeg);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  // By the height of capitals, so that letters with tails stand on the same line.
  drawText(context, text, x, y + sizeDeg * 0.36);
}

function paintIcon(context: CanvasRenderingContext2D, path: string, { x, y }: Point): void {
  context.save();
  context.translate(x - ICON_DEG / 2, y - ICON_DEG / 2);
  context.scale(ICON_DEG / 24, ICON_DEG / 24);
  context.lineWidth = 2;
  context.lineCap = context.lineJoin = "round";
  context.stroke(new Path2D(path));
  context.restore();
}
