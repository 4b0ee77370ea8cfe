/** What the room says by sound. Every one of them is seen as well. */
export type CueName = "press" | "open" | "close" | "detent" | "error" | "grab" | "release";

/** One short tone. Times in seconds, gains 0 to 1; the pitch glides from the first frequency to the second. */
export interface Tone {
  wave: "sine" | "triangle";
  fromHz: number;
  toHz: number;
  startS: number;
  lengthS: number;
  gain: number;
}

/**
 * Soft and short, all under a fifth of a second but the error: rising for what comes,
 * falling for what goes. Nothing here is above 1.5 kHz, where headsets hiss.
 */
export const CUES: Readonly<Record<CueName, readonly Tone[]>> = {
  press: [tone({ fromHz: 720, toHz: 640, lengthS: 0.035, gain: 0.16 })],
  detent: [tone({ fromHz: 1180, toHz: 1100, lengthS: 0.012, gain: 0.05, wave: "triangle" })],
  open: [
    tone({ fromHz: 440, toHz: 523, lengthS: 0.09, gain: 0.14 }),
    tone({ fromHz: 659, toHz: 659, startS: 0.07, lengthS: 0.11, gain: 0.12 }),
  ],
  close: [
    tone({ fromHz: 587, toHz: 523, lengthS: 0.08, gain: 0.12 }),
    tone({ fromHz: 392, toHz: 370, startS: 0.06, lengthS: 0.1, gain: 0.12 }),
  ],
  error: [
    tone({ fromHz: 233, toHz: 220, lengthS: 0.14, gain: 0.2, wave: "triangle" }),
    tone({ fromHz: 208, toHz: 196, startS: 0.17, lengthS: 0.18, gain: 0.2, wave: "triangle" }),
  ],
  grab: [tone({ fromHz: 330, toHz: 392, lengthS: 0.06, gain: 0.14 })],
  release: [tone({ fromHz: 392, toHz: 330, lengthS: 0.07, gain: 0.12 })],
};

export function cueLengthS(name: CueName): number {
  return Math.max(...CUES[name].map(({ startS, lengthS }) => startS + lengthS));
}

function tone(fields: Partial<Tone> & Pick<Tone, "fromHz" | "toHz" | "lengthS" | "gain">): Tone {
  return { wave: "sine", startS: 0, ...fields };
}
