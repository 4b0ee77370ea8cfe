/** A press of a button, in CSS pixels and milliseconds of any one clock. */
export interface Press {
  button: string;
  x: number;
  y: number;
  timeMs: number;
}

export interface CountedPress extends Press {
  clicks: number;
}

const INTERVAL_MS = 500;
/** A finger lands less exactly than a mouse. */
const DISTANCE_PX = { mouse: 4, touch: 24 } as const;

/** How many clicks a press is the last of: 2 selects a word, 3 a paragraph; then it begins anew, as in Chromium. */
export function countClicks(
  press: Press,
  previous: CountedPress | null,
  pointer: keyof typeof DISTANCE_PX = "mouse",
): CountedPress {
  const near =
    previous !== null &&
    Math.hypot(press.x - previous.x, press.y - previous.y) <= DISTANCE_PX[pointer] &&
    press.timeMs - previous.timeMs <= INTERVAL_MS &&
    press.button === previous.button;
  return { ...press, clicks: near ? (previous.clicks % 3) + 1 : 1 };
}
