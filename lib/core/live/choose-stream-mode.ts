/** `off`: nothing is captured. `still`: changed tiles and whole pictures. `motion`: video. */
export type StreamMode = "off" | "still" | "motion";

export interface StreamConditions {
  mode: StreamMode;
  attention: "focused" | "aside" | "hidden";
  /** Both ends can make and read video. */
  canVideo: boolean;
  /** Frames of the last second in which a large part of the picture changed. */
  largeChangesPerS: number;
  /** How long it has moved so, or has not, milliseconds. */
  forMs: number;
  /** Measured; null when nothing large was sent yet. */
  bitsPerS: number | null;
}

/** Frames a second of large changes from which it is movement, and under which it has stopped. */
const MOVES_FROM_PER_S = 6;
const STILL_UNDER_PER_S = 3;
/** A line that carries whole pictures at full rate; movement must last longer there to be worth video's loss of sharpness. */
const WIDE_BITS_PER_S = 80_000_000;

/**
 * How a tab's picture travels now. Between the two rates a mode stays as it is, so that
 * a page at the edge does not flicker between sharp and soft.
 */
export function chooseStreamMode(conditions: StreamConditions): StreamMode {
  const { mode, attention, canVideo, largeChangesPerS, forMs, bitsPerS } = conditions;
  if (attention === "hidden") return "off";
  // What is seen from the side is small and slow: an encoder each would cost more than it saves.
  if (attention === "aside" || !canVideo) return "still";
  if (mode === "motion") return largeChangesPerS < STILL_UNDER_PER_S && forMs >= 300 ? "still" : "motion";
  const patienceMs = (bitsPerS ?? 0) >= WIDE_BITS_PER_S ? 1000 : 300;
  return largeChangesPerS >= MOVES_FROM_PER_S && forMs >= patienceMs ? "motion" : "still";
}

export interface CapturePlan {
  /** JPEG quality of whole pictures. */
  quality: number;
  /** Captured pixels for each CSS pixel of the panel, each way. */
  scale: number;
  /** Shortest time between two frames, milliseconds. */
  intervalMs: number;
  /** One of so many frames that Chromium draws is captured. */
  everyNth: number;
}

/** What is asked of Chromium. Steps are far apart, since each change restarts its capture. */
export function planCapture({
  mode,
  attention,
  bitsPerS,
}: Pick<StreamConditions, "mode" | "attention" | "bitsPerS">): CapturePlan {
  // Video takes thirty frames of sixty; the others would be captured for nothing.
  const everyNth = mode === "motion" ? 2 : 1;
  if (attention !== "focused") return { quality: 55, scale: 0.5, intervalMs: 200, everyNth };
  if (bitsPerS !== null && bitsPerS < 1_500_000)
    return { quality: 35, scale: 0.5, intervalMs: 100, everyNth };
  if (bitsPerS !== null && bitsPerS < 8_000_000) return { quality: 45, scale: 1, intervalMs: 40, everyNth };
  return { quality: 70, scale: 1, intervalMs: 0, everyNth };
}

/** Bits a second asked of the video encoder: most of the line, within what its pixels need. */
export function chooseBitrate({ bitsPerS, pixels }: { bitsPerS: number | null; pixels: number }): number {
  const share = Math.min(1, Math.max(0.15, pixels / (1280 * 720)));
  const most = 3_200_000 * share;
  return Math.round(bitsPerS === null ? most : Math.max(150_000, Math.min(most, bitsPerS * 0.8)));
}
