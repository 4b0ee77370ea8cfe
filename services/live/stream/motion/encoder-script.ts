/**
 * What runs in the helper page, written to be handed over as text: it may use nothing but
 * its argument and the browser. Messages to the node are JSON through the binding `quiEncoded`.
 */
export interface EncoderScope {
  start(id: number, config: { width: number; height: number; codec: string; bitrate: number }): void;
  frame(id: number, jpeg: string, options: { key: boolean; stamp: number }): void;
  bitrate(id: number, bitrate: number): void;
  stop(id: number): void;
}

export type EncoderReport =
  | { kind: "chunk"; id: number; stamp: number; key: boolean; data: string }
  /** A frame was not encoded: the encoder had enough to do, or could not read it. */
  | { kind: "dropped"; id: number; stamp: number }
  | { kind: "failed"; id: number };

/**
 * Rows below the picture that never change, as a share of it. OpenH264 takes a frame in which more than 85 % of
 * the blocks moved for a cut and makes a key frame of it, every sixteenth frame of a page of text that is scrolled.
 */
export const QUIET_SHARE = 0.25;

/** Frames inside the encoder beyond which a new one is dropped. */
export const ENCODE_QUEUE_MAX = 2;

export interface EncoderLimits {
  queueMax: number;
  quietShare: number;
}

export function installEncoder({ queueMax, quietShare }: EncoderLimits): void {
  interface Session {
    encoder: VideoEncoder;
    config: VideoEncoderConfig;
    width: number;
    height: number;
    /** The picture with its quiet rows. */
    canvas: OffscreenCanvas;
  }
  const scope = globalThis as unknown as { quiEncoded(text: string): void; quiEncoder: EncoderScope };
  const base64 = {
    read: (text: string) =>
      (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text),
    write: (bytes: Uint8Array) => (bytes as unknown as { toBase64(): string }).toBase64(),
  };
  const sessions = new Map<number, Session>();
  const report = (message: EncoderReport) => scope.quiEncoded(JSON.stringify(message));

  function stop(id: number): void {
    const encoder = sessions.get(id)?.encoder;
    sessions.delete(id);
    if (encoder && encoder.state !== "closed") encoder.close();
  }

  async function encode(id: number, jpeg: string, key: boolean, stamp: number): Promise<void> {
    const blob = new Blob([base64.read(jpeg)], { type: "image/jpeg" });
    const bitmap = await createImageBitmap(blob);
    const session = sessions.get(id);
    const context = session?.canvas.getContext("2d", { alpha: false });
    const fits = session && bitmap.width >= session.width && bitmap.height >= session.height;
    if (
      session?.encoder.state !== "configured" ||
      !context ||
      !fits ||
      session.encoder.encodeQueueSize > queueMax
    ) {
      bitmap.close();
      report({ kind: "dropped", id, stamp });
      return;
    }
    const { encoder, canvas, width, height } = session;
    context.drawImage(bitmap, 0, 0, width, height, 0, 0, width, height);
    bitmap.close();
    const frame = new VideoFrame(canvas, { timestamp: stamp });
    encoder.encode(frame, { keyFrame: key });
    frame.close();
  }

  scope.quiEncoder = {
    start(id, { width, height, codec, bitrate }) {
      stop(id);
      const encoder = new VideoEncoder({
        output(chunk) {
          const data = new Uint8Array(chunk.byteLength);
          chunk.copyTo(data);
          const key = chunk.type === "key";
          report({ kind: "chunk", id, stamp: chunk.timestamp, key, data: base64.write(data) });
        },
        error() {
          report({ kind: "failed", id });
        },
      });
      const paddedHeight = height + Math.ceil((height * quietShare) / 16) * 16;
      const config: VideoEncoderConfig = {
        codec,
        width,
        height: paddedHeight,
        bitrate,
        framerate: 30,
        latencyMode: "realtime",
        avc: { format: "annexb" },
      };
      encoder.configure(config);
      const canvas = new OffscreenCanvas(width, paddedHeight);
      sessions.set(id, { encoder, config, width, height, canvas });
    },
    frame(id, jpeg, { key, stamp }) {
      encode(id, jpeg, key, stamp).catch(() => report({ kind: "dropped", id, stamp }));
    },
    bitrate(id, bitrate) {
      const session = sessions.get(id);
      if (session?.encoder.state !== "configured") return;
      session.config = { ...session.config, bitrate };
      session.encoder.configure(session.config);
    },
    stop,
  };
}
