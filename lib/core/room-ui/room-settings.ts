/** How a person uses the room, whatever is open in it. Kept per device: a phone and a headset differ. */
export interface RoomSettings {
  /** The hand that points; menus that hang from a hand take the other one. */
  handedness: "right" | "left";
  /** Everything that asks for a second hand is offered in another way. */
  oneHanded: boolean;
  /** Panels are kept within reach of someone who does not turn around. */
  seated: boolean;
  /** Looking at something for `dwellMs` presses it. */
  dwell: boolean;
  dwellMs: number;
  /** 1 is 100 %, on top of a panel's own zoom. */
  textScale: number;
  highContrast: boolean;
  /** Darkens the edges while something large moves fast. */
  vignette: boolean;
  sound: boolean;
  /** Says aloud what is pointed at. */
  speech: boolean;
  /** Thresholds of gestures that were adjusted, by their name in `lib/core/gestures`. */
  gestures: Readonly<Record<string, number>>;
  roomTheme: "dark" | "light";
}

export const TEXT_SCALE_MIN = 0.8;
export const TEXT_SCALE_MAX = 2;
export const DWELL_MIN_MS = 400;
export const DWELL_MAX_MS = 3000;
/** More adjusted thresholds than there are gestures come from somewhere else. */
const GESTURES_MAX = 64;

export const DEFAULT_ROOM_SETTINGS: RoomSettings = {
  handedness: "right",
  oneHanded: false,
  seated: false,
  dwell: false,
  dwellMs: 900,
  textScale: 1,
  highContrast: false,
  vignette: true,
  sound: false,
  speech: false,
  gestures: {},
  roomTheme: "dark",
};

/** Text sizes offered, largest last. */
export const TEXT_SCALES: readonly number[] = [0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2];

/** The next size in a direction; the same at the end of the list. */
export function stepTextScale(scale: number, step: 1 | -1): number {
  const next =
    step > 0
      ? TEXT_SCALES.find((size) => size > scale + 0.001)
      : TEXT_SCALES.findLast((size) => size < scale - 0.001);
  return next ?? scale;
}

const DWELL_STEP_MS = 150;

/** A longer (1) or shorter (-1) look; the same at either end. */
export function stepDwellMs(dwellMs: number, step: 1 | -1): number {
  return Math.min(DWELL_MAX_MS, Math.max(DWELL_MIN_MS, dwellMs + step * DWELL_STEP_MS));
}

/** What was stored, whoever wrote it: a field that is missing, damaged or out of range takes its default. */
export function readRoomSettings(text: string | null): RoomSettings {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    // Damaged text is as good as none.
  }
  const fields = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<
    Record<keyof RoomSettings, unknown>
  >;
  const fallback = DEFAULT_ROOM_SETTINGS;
  const choice = (
    name: "oneHanded" | "seated" | "dwell" | "highContrast" | "vignette" | "sound" | "speech",
  ) => (typeof fields[name] === "boolean" ? fields[name] : fallback[name]);
  return {
    handedness: fields.handedness === "left" ? "left" : "right",
    oneHanded: choice("oneHanded"),
    seated: choice("seated"),
    dwell: choice("dwell"),
    dwellMs: within(fields.dwellMs, DWELL_MIN_MS, DWELL_MAX_MS) ?? fallback.dwellMs,
    textScale: within(fields.textScale, TEXT_SCALE_MIN, TEXT_SCALE_MAX) ?? fallback.textScale,
    highContrast: choice("highContrast"),
    vignette: choice("vignette"),
    sound: choice("sound"),
    speech: choice("speech"),
    gestures: readGestures(fields.gestures),
    roomTheme: fields.roomTheme === "light" ? "light" : "dark",
  };
}

function within(value: unknown, min: number, max: number): number | null {
  return typeof value === "number" && value >= min && value <= max ? value : null;
}

function readGestures(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const numbers = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]),
  );
  return Object.fromEntries(numbers.slice(0, GESTURES_MAX));
}
