import { type CueName, cueLengthS } from "#lib/core/room-audio/cues.ts";

/** More at once is noise. */
export const VOICES_MAX = 6;
/** The same cue again within this is the same event told twice, or a wheel that spins. */
const REPEAT_S: Readonly<Record<CueName, number>> = {
  press: 0.05,
  detent: 0.045,
  open: 0.12,
  close: 0.12,
  error: 0.8,
  grab: 0.1,
  release: 0.1,
};

/** Which cues are sounding, by a clock in seconds that only grows. Changed in place. */
export interface Voices {
  /** When each voice falls silent. */
  ends: Float64Array;
  lastAt: Record<CueName, number>;
}

export function createVoices(): Voices {
  const never = Number.NEGATIVE_INFINITY;
  return {
    ends: new Float64Array(VOICES_MAX).fill(never),
    lastAt: {
      press: never,
      open: never,
      close: never,
      detent: never,
      error: never,
      grab: never,
      release: never,
    },
  };
}

/** The voice to play a cue with now, or -1: all are busy, or it has just been heard. Allocates nothing. */
export function takeVoice(voices: Voices, name: CueName, nowS: number): number {
  if (nowS - voices.lastAt[name] < REPEAT_S[name]) return -1;
  for (let index = 0; index < VOICES_MAX; index += 1) {
    if ((voices.ends[index] ?? 0) > nowS) continue;
    voices.ends[index] = nowS + cueLengthS(name);
    voices.lastAt[name] = nowS;
    return index;
  }
  return -1;
}

/** So far is a page scrolled from one click of the wheel to the next, in CSS pixels. */
const DETENT_PX = 120;

/** Clicks heard on the way from one place of a page to another: one, however fast, or none. */
export function passesDetent(fromPx: number, toPx: number): boolean {
  return Math.floor(fromPx / DETENT_PX) !== Math.floor(toPx / DETENT_PX);
}
