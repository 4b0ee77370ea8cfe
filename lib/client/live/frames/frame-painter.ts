import type { FromFrameWorker, ToFrameWorker } from "#lib/client/live/frames/frame-messages.ts";
import type { LiveCodec } from "#lib/protocol/live-frame.ts";

export interface Drawn {
  frame: number;
  /** From the message's arrival to the pixels, milliseconds. */
  drawMs: number;
}

/** Draws the pictures of one tab onto a canvas, which always holds the newest complete one. */
export interface FramePainter {
  /** Takes a binary message of the connection; it is the painter's from now on. */
  push(message: ArrayBuffer): void;
  /** After each frame that is on the canvas, or was passed over for a newer one. */
  onDrawn(listener: (drawn: Drawn) => void): () => void;
  /** What follows cannot be drawn before a key frame: the node is to be asked for one. */
  onLost(listener: () => void): () => void;
  /** Messages that could not be read. */
  badMessages(): number;
  dispose(): void;
}

/**
 * The canvas takes the size of the frames, device pixels of the panel, and is filled again in the
 * same task, so no empty one is ever shown. Decoding happens in a worker.
 */
export function createFramePainter(canvas: HTMLCanvasElement): FramePainter {
  const context = canvas.getContext("2d", { alpha: false });
  const worker = new Worker(new URL("./frames.worker.ts", import.meta.url), { type: "module" });
  const drawnListeners = new Set<(drawn: Drawn) => void>();
  const lostListeners = new Set<() => void>();
  let bad = 0;

  const tell = (frame: number, atMs: number) => {
    for (const listener of [...drawnListeners]) listener({ frame, drawMs: performance.now() - atMs });
  };
  const lose = () => {
    for (const listener of [...lostListeners]) listener();
  };

  worker.addEventListener("message", ({ data }: MessageEvent<FromFrameWorker>) => {
    if (data.kind === "bad") {
      bad += 1;
      if (data.lost) lose();
      return;
    }
    if (data.kind === "passed") {
      tell(data.frame, data.atMs);
      return;
    }
    const last = data.tiles.at(-1);
    if (last && context) {
      const { frameWidth, frameHeight } = last.header;
      if (canvas.width !== frameWidth || canvas.height !== frameHeight) resize(frameWidth, frameHeight);
      for (const { header, image } of data.tiles) {
        const { x, y, width, height } = header;
        const [across, down] = sizeOf(image);
        // A video may have more rows than its picture, below it.
        const rows = Math.min(down, Math.round((across * height) / width));
        context.drawImage(image, 0, 0, across, header.codec === "h264" ? rows : down, x, y, width, height);
      }
    }
    for (const { image } of data.tiles) image.close();
    if (last) tell(last.header.frame, data.atMs);
  });
  worker.addEventListener("error", lose);

  /** Keeps what was shown, stretched, until the new frame stands over it. */
  function resize(width: number, height: number): void {
    const old = new OffscreenCanvas(Math.max(1, canvas.width), Math.max(1, canvas.height));
    old.getContext("2d")?.drawImage(canvas, 0, 0);
    canvas.width = width;
    canvas.height = height;
    context?.drawImage(old, 0, 0, width, height);
  }

  const post = (message: ToFrameWorker, transfer: Transferable[] = []) =>
    worker.postMessage(message, transfer);

  return {
    push(message) {
      post({ kind: "message", message, atMs: performance.now() }, [message]);
    },
    onDrawn(listener) {
      drawnListeners.add(listener);
      return () => drawnListeners.delete(listener);
    },
    onLost(listener) {
      lostListeners.add(listener);
      return () => lostListeners.delete(listener);
    },
    badMessages: () => bad,
    dispose() {
      drawnListeners.clear();
      lostListeners.clear();
      worker.terminate();
    },
  };
}

function sizeOf(image: ImageBitmap | VideoFrame): [width: number, height: number] {
  return "displayWidth" in image ? [image.displayWidth, image.displayHeight] : [image.width, image.height];
}

/** Picture kinds this browser can draw, as a live connection is told when it opens. */
export async function listCodecs(): Promise<LiveCodec[]> {
  const images: LiveCodec[] = ["jpeg", "webp", "png"];
  if (typeof VideoDecoder !== "function") return images;
  try {
    const { supported } = await VideoDecoder.isConfigSupported({
      codec: "avc1.42E01F",
      codedWidth: 1280,
      codedHeight: 720,
      optimizeForLatency: true,
    });
    return supported ? [...images, "h264"] : images;
  } catch {
    // A browser that does not know the codec's name has no decoder for it either.
    return images;
  }
}
