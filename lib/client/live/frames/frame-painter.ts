import { decodeLiveFrame, type LiveCodec } from "#lib/protocol/live-frame.ts";

/** Draws the pictures of one tab onto its canvas, newest last. */
export interface FramePainter {
  push(message: ArrayBuffer): void;
  /** Told once a frame is complete on the canvas. */
  onDrawn(listener: (drawn: { frame: number; drawMs: number }) => void): void;
  /** Told when no later frame can be drawn without one that needs no other. */
  onLost(listener: () => void): void;
  dispose(): void;
}

/** Picture kinds this browser can draw. */
export async function listCodecs(): Promise<LiveCodec[]> {
  return ["jpeg", "webp", "png"];
}

export function createFramePainter(canvas: HTMLCanvasElement): FramePainter {
  const context = canvas.getContext("2d", { alpha: false });
  let drawn: (drawn: { frame: number; drawMs: number }) => void = () => {};
  let lost = () => {};
  let disposed = false;
  let painting = Promise.resolve();

  async function paint(message: ArrayBuffer, arrivedAt: number): Promise<void> {
    const decoded = decodeLiveFrame(message);
    if (!decoded || !context) return;
    const { header, payload } = decoded;
    const type = `image/${header.codec}`;
    const bitmap = await createImageBitmap(new Blob([payload as Uint8Array<ArrayBuffer>], { type })).catch(
      () => null,
    );
    if (!bitmap) {
      lost();
      return;
    }
    if (!disposed) {
      if (canvas.width !== header.frameWidth) canvas.width = header.frameWidth;
      if (canvas.height !== header.frameHeight) canvas.height = header.frameHeight;
      context.drawImage(bitmap, header.x, header.y, header.width, header.height);
      if (header.last) drawn({ frame: header.frame, drawMs: performance.now() - arrivedAt });
    }
    bitmap.close();
  }

  return {
    push(message) {
      const arrivedAt = performance.now();
      painting = painting.then(() => paint(message, arrivedAt));
    },
    onDrawn: (listener) => {
      drawn = listener;
    },
    onLost: (listener) => {
      lost = listener;
    },
    dispose() {
      disposed = true;
    },
  };
}
