import type { PaddedSize, PlaneLayout } from "#lib/core/live/changed-tiles.ts";

/** What stands in a capture page to make video of pictures. */
export interface FilmScope {
  quiFilm: {
    /** Rows of a video below its picture, with the picture's own. */
    pad(height: number): number;
    /** @throws when this Chromium makes no such video. */
    open(options: FilmOptions): Film;
  };
}

export interface FilmOptions {
  size: PaddedSize;
  /** As WebCodecs names it. */
  codec: string;
  framesPerS: number;
  onFailed(): void;
}

export interface FilmPicture {
  bytes: Uint8Array<ArrayBuffer>;
  layout: PlaneLayout;
  format: VideoPixelFormat;
  colours: VideoColorSpaceInit;
  atMs: number;
}

/** One video, from its first key frame on. */
export interface Film {
  /** Null when the encoder left the picture out. @throws when it failed. */
  encode(
    picture: FilmPicture,
    options: { key: boolean; bitrate: number },
  ): Promise<{ key: boolean; data: Uint8Array } | null>;
  close(): void;
}

export interface FilmLimits {
  /** Rows below the picture that never change, as a share of it. */
  quietShare: number;
  /** From one picture to the next: taken for so long at first, and never for longer. */
  firstPaceMs: number;
  slowestPaceMs: number;
}

/** Runs in a capture page, written to be handed over as text: it may use nothing but its argument and the page. */
export function installFilms({ quietShare, firstPaceMs, slowestPaceMs }: FilmLimits): void {
  function open({ size, codec, framesPerS, onFailed }: FilmOptions): Film {
    let config: VideoEncoderConfig = {
      codec,
      width: size.width,
      height: size.paddedHeight,
      latencyMode: "realtime",
      avc: { format: "annexb" },
    };
    let made: EncodedVideoChunk | null = null;
    let stamp = 0;
    let lastMs: number | null = null;
    let paceMs = firstPaceMs;

    /** The encoder shares its bits out by the rate it is told, whatever the timestamps say (found by trial). */
    function adapt(atMs: number, bitrate: number): void {
      if (lastMs !== null) paceMs += (Math.min(slowestPaceMs, atMs - lastMs) - paceMs) / 10;
      lastMs = atMs;
      const pace = Math.round(1000 / paceMs);
      const framerate = pace > framesPerS * 0.85 ? framesPerS : pace;
      const known = config.framerate ?? 0;
      const isOff = Math.abs(framerate - known) > (framerate === framesPerS ? 0 : known / 6);
      if (config.bitrate === bitrate && !isOff) return;
      config = { ...config, bitrate, framerate };
      encoder.configure(config);
    }

    const encoder = new VideoEncoder({
      output(chunk) {
        made = chunk;
      },
      error: onFailed,
    });
    return {
      async encode({ bytes, layout, format, colours, atMs }, { key, bitrate }) {
        adapt(atMs, bitrate);
        stamp = Math.max(stamp + 1, Math.round(atMs * 1000));
        const frame = new VideoFrame(bytes, {
          format,
          codedWidth: size.width,
          codedHeight: size.paddedHeight,
          timestamp: stamp,
          layout: layout.planes.map(({ offset, stride }) => ({ offset, stride })),
          colorSpace: colours,
        });
        made = null;
        encoder.encode(frame, { keyFrame: key });
        frame.close();
        await encoder.flush();
        const chunk = made as EncodedVideoChunk | null;
        if (!chunk) return null;
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        return { key: chunk.type === "key", data };
      },
      close() {
        if (encoder.state !== "closed") encoder.close();
      },
    };
  }

  (globalThis as unknown as FilmScope).quiFilm = {
    pad: (height) => height + Math.ceil((height * quietShare) / 16) * 16,
    open,
  };
}
