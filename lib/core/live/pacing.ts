/** Frames on their way at once, before and whatever was measured. */
const FRAMES_FIRST = 3;
const FRAMES_MAX = 12;
/** A display's step: what a further frame in flight is worth. */
const STEP_MS = 16;
/** How long what is in flight may take beyond the way itself. */
const QUEUE_MS = 80;
const BYTES_FIRST = 1_000_000;
const BYTES_LEAST = 16_384;
/** Smaller frames say more about the page than about the line. */
const SAMPLE_BYTES = 16_384;

export interface Pacer {
  sent(frame: { frame: number; bytes: number; nowMs: number }): void;
  /** Everything up to `frame` was drawn. */
  drawn(ack: { frame: number; nowMs: number }): void;
  /** Whether one more frame can leave, after those that are being made, without waiting behind others. */
  maySend(now: { backlogBytes: number; pending: number }): boolean;
  /** Forgets what is in flight: the client lost its thread and says so. */
  forget(): void;
  /** What the line carried, bits a second; null before a large frame was drawn. */
  bitsPerS(): number | null;
  /** The shortest way there and back with drawing, milliseconds; null before the first. */
  roundTripMs(): number | null;
  inFlight(): number;
}

interface Flight {
  frame: number;
  bytes: number;
  sentAtMs: number;
  /** Bytes drawn when it left. */
  drawnBytes: number;
  /** Something was ahead of it or large, so its time tells of the line. */
  fills: boolean;
}

/**
 * How many frames may be under way to one client, from what it says it has drawn. The
 * rate of delivery is measured as in BBR (Cardwell et al., 2016): bytes drawn while a
 * frame was under way by the time it took. A client that never answers gets
 * the first window and no more.
 */
export function createPacer(): Pacer {
  let flights: Flight[] = [];
  let drawnBytes = 0;
  let bytesPerS: number | null = null;
  let shortestMs: number | null = null;
  const sumBytes = () => flights.reduce((sum, { bytes }) => sum + bytes, 0);

  return {
    sent({ frame, bytes, nowMs }) {
      const fills = sumBytes() + bytes >= SAMPLE_BYTES;
      flights.push({ frame, bytes, sentAtMs: nowMs, drawnBytes, fills });
    },
    drawn({ frame, nowMs }) {
      const done = flights.filter((flight) => flight.frame <= frame);
      flights = flights.filter((flight) => flight.frame > frame);
      const last = done.at(-1);
      if (!last) return;
      drawnBytes += done.reduce((sum, { bytes }) => sum + bytes, 0);
      const tookMs = Math.max(1, nowMs - last.sentAtMs);
      // A route may change: the shortest is forgotten slowly.
      shortestMs = shortestMs === null ? tookMs : Math.min(tookMs, shortestMs * 1.01 + 0.01);
      if (!last.fills) return;
      const sample = ((drawnBytes - last.drawnBytes) * 1000) / tookMs;
      bytesPerS = bytesPerS === null || sample > bytesPerS ? sample : bytesPerS * 0.9 + sample * 0.1;
    },
    maySend({ backlogBytes, pending }) {
      if (flights.length + pending === 0) return backlogBytes < BYTES_LEAST;
      const way = shortestMs ?? 0;
      const framesMax = Math.min(FRAMES_MAX, FRAMES_FIRST + Math.floor(way / STEP_MS));
      const bytesMax =
        bytesPerS === null ? BYTES_FIRST : Math.max(BYTES_LEAST, (bytesPerS * (way + QUEUE_MS)) / 1000);
      return flights.length + pending < framesMax && sumBytes() < bytesMax && backlogBytes < bytesMax;
    },
    forget() {
      flights = [];
    },
    bitsPerS: () => (bytesPerS === null ? null : bytesPerS * 8),
    roundTripMs: () => shortestMs,
    inFlight: () => flights.length,
  };
}
