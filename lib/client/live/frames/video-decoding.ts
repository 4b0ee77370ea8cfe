import { readH264Codec } from "#lib/core/live/h264-codec.ts";

/** Frames inside the decoder beyond which it has fallen behind for good. */
const QUEUE_MAX = 30;
/** A decoder that gives nothing for so long is broken. */
const DECODE_MS = 2000;

/** Decodes one stream, a picture for each part, in order. */
export interface VideoDecoding {
  /** Rejects when the part cannot be decoded; then nothing can before the next key frame. */
  decode(part: Uint8Array, key: boolean): Promise<VideoFrame>;
  dispose(): void;
}

interface Waiting {
  resolve(frame: VideoFrame): void;
  reject(error: unknown): void;
}

export function createVideoDecoding(): VideoDecoding {
  let decoder: VideoDecoder | null = null;
  let codec = "";
  let needsKey = true;
  let stamp = 0;
  const waiting = new Map<number, Waiting>();

  function fail(error: unknown): void {
    needsKey = true;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    if (decoder && decoder.state !== "closed") decoder.close();
    decoder = null;
  }

  function open(named: string): VideoDecoder {
    codec = named;
    const created = new VideoDecoder({
      output(frame) {
        const known = waiting.get(frame.timestamp);
        waiting.delete(frame.timestamp);
        if (known) known.resolve(frame);
        else frame.close();
      },
      error: fail,
    });
    created.configure({ codec: named, optimizeForLatency: true });
    return created;
  }

  return {
    decode(part, key) {
      const named = key ? readH264Codec(part) : null;
      if (named !== null && (!decoder || named !== codec)) {
        decoder?.close();
        decoder = open(named);
      }
      if (!decoder || (needsKey && !key)) return Promise.reject(new Error("a key frame comes first"));
      if (decoder.decodeQueueSize > QUEUE_MAX) {
        fail(new Error("the decoder fell behind"));
        return Promise.reject(new Error("the decoder fell behind"));
      }
      needsKey = false;
      stamp += 1;
      const mine = stamp;
      const current = decoder;
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => fail(new Error("the decoder gave nothing")), DECODE_MS);
        waiting.set(mine, {
          resolve(frame) {
            clearTimeout(late);
            resolve(frame);
          },
          reject(error) {
            clearTimeout(late);
            reject(error);
          },
        });
        try {
          current.decode(new EncodedVideoChunk({ type: key ? "key" : "delta", timestamp: mine, data: part }));
        } catch (error) {
          fail(error);
        }
      });
    },
    dispose: () => fail(new Error("the stream ended")),
  };
}
