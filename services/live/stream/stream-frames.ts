import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** Sends the page's picture as whole JPEG frames, the next one once the last was drawn. */
export async function streamFrames({ cdp, getView, sendFrame }: TabHost): Promise<TabPart> {
  let frame = 0;
  let unacknowledged: number | null = null;

  const acknowledge = () => {
    if (unacknowledged === null) return;
    const sessionId = unacknowledged;
    unacknowledged = null;
    cdp.send("Page.screencastFrameAck", { sessionId }).catch(() => {
      // The page is gone; its own event ends the tab.
    });
  };

  cdp.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    const { width, height, dpr } = getView().viewport;
    const [w, h] = [Math.round(width * dpr), Math.round(height * dpr)];
    frame += 1;
    unacknowledged = sessionId;
    sendFrame(
      {
        codec: "jpeg",
        frame,
        x: 0,
        y: 0,
        width: w,
        height: h,
        frameWidth: w,
        frameHeight: h,
        last: true,
        key: true,
        sharp: false,
        capturedAtMs: (metadata.timestamp ?? 0) * 1000,
      },
      Buffer.from(data, "base64"),
    );
  });
  await cdp.send("Page.startScreencast", { format: "jpeg", quality: 70, everyNthFrame: 1 });

  return {
    handle(message) {
      if (message.type === "drawn") acknowledge();
    },
  };
}
