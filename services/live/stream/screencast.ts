import type { CDPSession } from "playwright-core";
import type { CapturePlan } from "#lib/core/live/choose-stream-mode.ts";
import { readJpegSize } from "#lib/core/live/jpeg-size.ts";
import type { LiveView } from "#services/live/tab/tab-host.ts";

/** Frames of another size are thrown away until nothing else has come for so long. */
const STALE_MS = 1500;

export interface CapturedFrame {
  jpeg: Buffer;
  /** Pixels of the JPEG: CSS pixels of the panel times the plan's scale. */
  width: number;
  height: number;
  /** Device pixels of the panel it stands for. */
  frameWidth: number;
  frameHeight: number;
  capturedAtMs: number;
  /** Lets Chromium capture the next: it stays silent after three that were not released. */
  release(): void;
}

export interface Screencast {
  start(plan: CapturePlan): void;
  stop(): void;
}

/**
 * Chromium's own capture of a view that has the panel's pixels, made smaller as the plan says. The first frame after
 * a change of size may show the old one and is not for the client.
 */
export function createScreencast(
  cdp: CDPSession,
  getView: () => LiveView,
  onFrame: (frame: CapturedFrame) => void,
): Screencast {
  /** When the first of the frames came that do not fit, with none that fits since. */
  let misfitSinceMs: number | null = null;
  let newest = 0;
  let running = false;
  const ask = (sent: Promise<unknown>) =>
    void sent.catch(() => {
      // The page is gone; its own event ends the tab.
    });

  cdp.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      ask(cdp.send("Page.screencastFrameAck", { sessionId }));
    };
    const jpeg = Buffer.from(data, "base64");
    const size = readJpegSize(jpeg);
    const { viewport } = getView();
    const frameWidth = Math.round(viewport.width * viewport.dpr);
    const frameHeight = Math.round(viewport.height * viewport.dpr);
    const isOurs =
      size !== null &&
      near(metadata.deviceWidth, frameWidth, 1) &&
      near(metadata.deviceHeight, frameHeight, 1) &&
      near(size.width / size.height, frameWidth / frameHeight, 0.02);
    const nowMs = performance.now();
    const timestamp = metadata.timestamp ?? Date.now() / 1000;
    misfitSinceMs = isOurs ? null : (misfitSinceMs ?? nowMs);
    const isMisfit = misfitSinceMs !== null && nowMs - misfitSinceMs < STALE_MS;
    // A screenshot makes Chromium hand out frames in another order than it took them in.
    if (!running || !size || isMisfit || timestamp < newest) {
      release();
      return;
    }
    newest = timestamp;
    // One of another size that stays tells how large the view is now.
    onFrame({
      jpeg,
      ...size,
      frameWidth: isOurs ? frameWidth : metadata.deviceWidth,
      frameHeight: isOurs ? frameHeight : metadata.deviceHeight,
      capturedAtMs: timestamp * 1000,
      release,
    });
  });

  return {
    start({ quality, scale, everyNth }) {
      running = true;
      misfitSinceMs = null;
      const { viewport } = getView();
      ask(
        cdp.send("Page.startScreencast", {
          format: "jpeg",
          quality,
          everyNthFrame: everyNth,
          maxWidth: Math.round(viewport.width * scale),
          maxHeight: Math.round(viewport.height * scale),
        }),
      );
    },
    stop() {
      if (!running) return;
      running = false;
      ask(cdp.send("Page.stopScreencast"));
    },
  };
}

function near(a: number, b: number, within: number): boolean {
  return Math.abs(a - b) <= within;
}
