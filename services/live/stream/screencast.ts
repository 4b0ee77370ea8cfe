import type { CDPSession } from "playwright-core";
import type { CapturePlan } from "#lib/core/live/choose-stream-mode.ts";
import { readJpegSize } from "#lib/core/live/jpeg-size.ts";
import type { LiveView } from "#services/live/tab/tab-host.ts";

/** How long after a change of size frames of the old size are thrown away. */
const STALE_MS = 1000;

export interface CapturedFrame {
  jpeg: Buffer;
  /** Pixels of the JPEG: CSS pixels of the view times the plan's scale, whatever the density. */
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
  /** Sizes are about to change: what still comes of the old one is not for the client. */
  expectNewSize(): void;
}

/**
 * Chromium's own capture. It ignores the density: its frames have the view's CSS pixels, or
 * fewer when asked (measured, Chromium 156). The first after a change of size may still
 * have the former one.
 */
export function createScreencast(
  cdp: CDPSession,
  getView: () => LiveView,
  onFrame: (frame: CapturedFrame) => void,
): Screencast {
  let strictUntilMs = 0;
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
    const { viewport, zoom } = getView();
    const cssWidth = Math.round(viewport.width / zoom);
    const cssHeight = Math.round(viewport.height / zoom);
    const isOurs =
      size !== null &&
      near(metadata.deviceWidth, cssWidth, 1) &&
      near(metadata.deviceHeight, cssHeight, 1) &&
      near(size.width / size.height, cssWidth / cssHeight, 0.02);
    if (!running || !size || (!isOurs && performance.now() < strictUntilMs)) {
      release();
      return;
    }
    const density = viewport.dpr * zoom;
    onFrame({
      jpeg,
      ...size,
      frameWidth: Math.round(isOurs ? viewport.width * viewport.dpr : metadata.deviceWidth * density),
      frameHeight: Math.round(isOurs ? viewport.height * viewport.dpr : metadata.deviceHeight * density),
      capturedAtMs: (metadata.timestamp ?? Date.now() / 1000) * 1000,
      release,
    });
  });

  return {
    start({ quality, scale }) {
      running = true;
      strictUntilMs = performance.now() + STALE_MS;
      const { viewport, zoom } = getView();
      ask(
        cdp.send("Page.startScreencast", {
          format: "jpeg",
          quality,
          everyNthFrame: 1,
          ...(scale < 1 && {
            maxWidth: Math.round((viewport.width / zoom) * scale),
            maxHeight: Math.round((viewport.height / zoom) * scale),
          }),
        }),
      );
    },
    stop() {
      if (!running) return;
      running = false;
      ask(cdp.send("Page.stopScreencast"));
    },
    expectNewSize() {
      strictUntilMs = performance.now() + STALE_MS;
    },
  };
}

function near(a: number, b: number, within: number): boolean {
  return Math.abs(a - b) <= within;
}
