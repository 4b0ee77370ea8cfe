import { chooseBitrate } from "#lib/core/live/choose-stream-mode.ts";
import type { Pacer } from "#lib/core/live/pacing.ts";
import { getLog } from "#lib/node/log/log.ts";
import {
  type EncoderPage,
  type EncoderSession,
  leaseEncoderPage,
} from "#services/live/stream/motion/encoder-page.ts";
import { type EncoderReport, QUIET_SHARE } from "#services/live/stream/motion/encoder-script.ts";
import type { Outlet } from "#services/live/stream/outlet.ts";
import type { CapturedFrame } from "#services/live/stream/screencast.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

/** About thirty frames a second; more would take cores from the pages themselves. */
const FRAME_MS = 28;
/** Frames handed to the helper that have not come back. */
const WAITING_MAX = 3;
/** Frames that have not come back after this long are lost, as when the helper's process dies. */
const LOST_MS = 2000;
/** A frame of a moving picture is larger than a byte for so many pixels. */
const PIXELS_PER_MOVING_BYTE = 900;
const BITRATE_EVERY_MS = 1000;

export interface VideoStreamOptions {
  host: TabHost;
  outlet: Outlet;
  pacer: Pacer;
  onLargeChange(): void;
}

export interface VideoStream {
  /** Whether client and Chromium both can, as far as is known. */
  canEncode(): boolean;
  /** Whether an encoder stands ready for frames of this size; it is started when there is none. */
  prepare(frame: CapturedFrame): boolean;
  /** Hands a frame to the encoder, or drops it; what it makes of it is sent when it is ready. */
  deliver(frame: CapturedFrame): void;
  requestKey(): void;
  /** Ends the stream; what comes back late is thrown away. */
  stop(): void;
}

interface Running {
  session: EncoderSession;
  page: EncoderPage;
  width: number;
  height: number;
  bitrate: number;
}

/** The picture as H.264, Annex B with its parameter sets before every key frame. */
export function createVideoStream({ host, outlet, pacer, onLargeChange }: VideoStreamOptions): VideoStream {
  const waiting = new Map<number, { frame: CapturedFrame; atMs: number; key: boolean }>();
  let running: Running | null = null;
  let isUnable = false;
  let stamp = 0;
  let wantsKey = true;
  let lastMs = 0;
  let bitrateAtMs = 0;
  let generation = 0;
  let starting = false;

  function receive(report: EncoderReport): void {
    if (!running) return;
    if (report.kind === "failed") {
      getLog().warn("the video encoder failed; this tab goes on with pictures");
      isUnable = true;
      stop();
      return;
    }
    const sent = waiting.get(report.stamp);
    waiting.delete(report.stamp);
    if (report.kind === "dropped") {
      wantsKey ||= sent?.key ?? true;
      return;
    }
    const { width, height } = running;
    const payload = Buffer.from(report.data, "base64");
    if (payload.byteLength * PIXELS_PER_MOVING_BYTE > width * height) onLargeChange();
    if (!sent) {
      // The chain is broken where a frame is thrown away.
      wantsKey = true;
      return;
    }
    const { frame } = sent;
    const place = {
      x: 0,
      y: 0,
      width: Math.round((width * frame.frameWidth) / frame.width),
      height: Math.round((height * frame.frameHeight) / frame.height),
    };
    outlet.send({
      tiles: [{ codec: "h264", place, payload }],
      width: frame.frameWidth,
      height: frame.frameHeight,
      key: report.key,
      sharp: false,
      capturedAtMs: frame.capturedAtMs,
    });
  }

  async function start(width: number, height: number): Promise<void> {
    const mine = ++generation;
    starting = true;
    const browser = host.context.browser();
    const page = browser ? await leaseEncoderPage(browser).catch(() => null) : null;
    if (mine !== generation) {
      page?.release();
      return;
    }
    starting = false;
    if (!page) {
      isUnable = true;
      return;
    }
    const bitrate = chooseBitrate({ bitsPerS: pacer.bitsPerS(), pixels: width * height });
    const session = page.open({ width, height, bitrate, codec: chooseCodec(width, height) }, receive);
    wantsKey = true;
    running = { session, page, width, height, bitrate };
  }

  function stop(): void {
    generation += 1;
    starting = false;
    running?.session.close();
    running?.page.release();
    running = null;
    waiting.clear();
  }

  function adapt(current: Running, nowMs: number): void {
    if (nowMs - bitrateAtMs < BITRATE_EVERY_MS) return;
    bitrateAtMs = nowMs;
    const wanted = chooseBitrate({
      bitsPerS: pacer.bitsPerS(),
      pixels: current.width * current.height,
    });
    if (Math.abs(wanted - current.bitrate) < current.bitrate * 0.2) return;
    current.bitrate = wanted;
    current.session.setBitrate(wanted);
  }

  return {
    canEncode: () => !isUnable && host.codecs.has("h264"),
    prepare(frame) {
      // The encoder takes even sizes only; an odd last line waits for the still picture.
      const [width, height] = [frame.width & ~1, frame.height & ~1];
      if (running && (running.width !== width || running.height !== height)) stop();
      if (!running && !starting && !isUnable) void start(width, height);
      return running !== null;
    },
    deliver(frame) {
      const nowMs = performance.now();
      const current = running;
      if (!current || nowMs - lastMs < FRAME_MS) return;
      for (const [id, { atMs }] of waiting) if (nowMs - atMs > LOST_MS) waiting.delete(id);
      if (waiting.size >= WAITING_MAX) return;
      adapt(current, nowMs);
      lastMs = nowMs;
      // Microseconds: the encoder spends its bits by them.
      stamp = Math.max(stamp + 1, Math.round(nowMs * 1000));
      waiting.set(stamp, { frame, atMs: nowMs, key: wantsKey });
      current.session.frame(frame.jpeg, { key: wantsKey, stamp });
      wantsKey = false;
    },
    requestKey() {
      wantsKey = true;
    },
    stop,
  };
}

/** Baseline at the lowest level that holds so many macroblocks (ITU H.264, table A-1). */
function chooseCodec(width: number, height: number): string {
  const rows = Math.ceil(height / 16) + Math.ceil((height * QUIET_SHARE) / 16);
  const blocks = Math.ceil(width / 16) * rows;
  return blocks <= 3600 ? "avc1.42E01F" : blocks <= 8192 ? "avc1.42E028" : "avc1.42E033";
}
