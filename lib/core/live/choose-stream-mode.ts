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
}

/** Frames a second of large changes from which it is movement, and under which it has stopped. */
const MOVES_FROM_PER_S = 6;
const STILL_UNDER_PER_S = 3;
/** Movement shorter than this is over before video pays. */
const PATIENCE_MS = 200;

/**
 * How a tab's picture travels now. Between the two rates a mode stays as it is, so that
 * a page at the edge does not flicker between sharp and soft.
 */
export function chooseStreamMode(conditions: StreamConditions): StreamMode {
  const { mode, attention, canVideo, largeChangesPerS, forMs } = conditions;
  if (attention === "hidden") return "off";
  // What is seen from the side is small and slow: an encoder each would cost more than it saves.
  if (attention === "aside" || !canVideo) return "still";
  if (mode === "motion") return largeChangesPerS < STILL_UNDER_PER_S && forMs >= 300 ? "still" : "motion";
  return largeChangesPerS >= MOVES_FROM_PER_S && forMs >= PATIENCE_MS ? "motion" : "still";
}

export interface CapturePlan {
  /** JPEG quality of whole pictures, from 0 to 1. */
  quality: number;
  /** Captured pixels for each CSS pixel of the panel, each way. */
  scale: number;
  framesPerS: number;
  /** Shortest time from one picture to the question for the next, milliseconds. */
  intervalMs: number;
}

/** Up to so many pixels a small panel's density is captured too: a phone's text is read while it moves. */
const PIXELS_FREE = 1_000_000;
/** Less gains nothing, and no pixel falls on another any more. */
const FINE_FROM = 1.2;

/** What is asked of Chromium. Steps are far apart, since each change begins a capture anew. */
export function planCapture({
  attention,
  bitsPerS,
  viewport,
}: {
  attention: StreamConditions["attention"];
  /** CSS pixels, and device pixels for each of them. */
  viewport: { width: number; height: number; dpr: number };
  /** Measured; null when nothing large was sent yet. */
  bitsPerS: number | null;
}): CapturePlan {
  if (attention !== "focused") return { quality: 0.55, scale: 0.5, framesPerS: 5, intervalMs: 200 };
  if (bitsPerS !== null && bitsPerS < 1_500_000)
    return { quality: 0.35, scale: 0.5, framesPerS: 10, intervalMs: 0 };
  if (bitsPerS !== null && bitsPerS < 8_000_000)
    return { quality: 0.45, scale: 1, framesPerS: 30, intervalMs: 0 };
  const fine = Math.min(viewport.dpr, Math.sqrt(PIXELS_FREE / (viewport.width * viewport.height)));
  return { quality: 0.7, scale: fine < FINE_FROM ? 1 : fine, framesPerS: 60, intervalMs: 0 };
}

/** Bits a second asked of the video encoder: most of the line, within what its pixels need. */
export function chooseBitrate({ bitsPerS, pixels }: { bitsPerS: number | null; pixels: number }): number {
  const share = Math.min(1, Math.max(0.15, pixels / (1280 * 720)));
  const most = 3_400_000 * share;
  return Math.round(bitsPerS === null ? most : Math.max(150_000, Math.min(most, bitsPerS * 0.8)));
}
