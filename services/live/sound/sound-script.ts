import type { CaptureScope } from "#services/live/capture/capture-script.ts";

/** A report of sound; `ended` is the capture's own. */
export interface SoundPacket {
  kind: "packet";
  data: string;
  samples: number;
  channels: number;
  first: boolean;
  capturedAtMs: number;
}

export interface SoundOptions {
  tabId: number;
  bitrate: number;
}

export interface SoundLimits {
  /** What is quieter than this, of 1, for so long is silence and is not sent. */
  silentBelow: number;
  silentMs: number;
  /** Pieces of sound inside the encoder beyond which a new one is dropped. */
  queueMax: number;
}

/** Runs in a capture page, written to be handed over as text: it may use nothing but its argument and the page. */
export function installSound({ silentBelow, silentMs, queueMax }: SoundLimits): void {
  interface Hearing {
    track: MediaStreamTrack | null;
    encoder: AudioEncoder | null;
  }
  const scope = globalThis as unknown as CaptureScope;
  const { takeSound, report, read, toBase64 } = scope.quiCapture;
  const hearings = new Map<number, Hearing>();

  function stop(id: number): void {
    const { track, encoder } = hearings.get(id) ?? {};
    hearings.delete(id);
    track?.stop();
    if (encoder && encoder.state !== "closed") encoder.close();
  }

  function end(id: number): void {
    if (!hearings.has(id)) return;
    stop(id);
    report(id, { kind: "ended" });
  }

  /** Reads until the track ends. Silence resets the encoder, so that times and packets begin anew after it. */
  async function encode(id: number, hearing: Hearing, bitrate: number): Promise<void> {
    const { track } = hearing;
    if (!track) return;
    let quietMs = silentMs;
    let first = true;
    let startedAtMs = 0;
    let startStamp = 0;
    const encoder = new AudioEncoder({
      output(chunk) {
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        const capturedAtMs = startedAtMs + (chunk.timestamp - startStamp) / 1000;
        const samples = Math.round(((chunk.duration ?? 20_000) * 48) / 1000);
        const packet: SoundPacket = {
          kind: "packet",
          data: toBase64(data),
          samples,
          channels: 2,
          first,
          capturedAtMs,
        };
        report(id, packet);
        first = false;
      },
      error: () => end(id),
    });
    hearing.encoder = encoder;
    const reader = read(track) as ReadableStreamDefaultReader<AudioData>;
    let plane = new Float32Array(0);

    function isQuiet(sound: AudioData): boolean {
      if (plane.length < sound.numberOfFrames) plane = new Float32Array(sound.numberOfFrames);
      for (let planeIndex = 0; planeIndex < sound.numberOfChannels; planeIndex += 1) {
        sound.copyTo(plane, { planeIndex, format: "f32-planar" });
        for (let index = 0; index < sound.numberOfFrames; index += 1)
          if (Math.abs(plane[index] ?? 0) > silentBelow) return false;
      }
      return true;
    }

    function take(sound: AudioData): void {
      const durationMs = sound.duration / 1000;
      const wasQuiet = quietMs >= silentMs;
      quietMs = isQuiet(sound) ? quietMs + durationMs : 0;
      if (quietMs >= silentMs) return;
      if (wasQuiet) {
        if (encoder.state === "configured") encoder.reset();
        encoder.configure({
          codec: "opus",
          sampleRate: sound.sampleRate,
          numberOfChannels: sound.numberOfChannels,
          bitrate,
          opus: { frameDuration: 20_000, complexity: 5 },
        });
        first = true;
        startStamp = sound.timestamp;
        startedAtMs = performance.timeOrigin + performance.now() - durationMs;
      }
      if (encoder.encodeQueueSize < queueMax) encoder.encode(sound);
    }

    while (hearings.get(id) === hearing) {
      const { value, done } = await reader.read();
      if (done) break;
      try {
        take(value);
      } finally {
        value.close();
      }
    }
  }

  scope.quiSound = {
    async start(id, options) {
      const { tabId, bitrate } = options as SoundOptions;
      stop(id);
      const hearing: Hearing = { track: null, encoder: null };
      hearings.set(id, hearing);
      try {
        hearing.track = await takeSound(tabId);
      } catch (error) {
        if (hearings.get(id) === hearing) hearings.delete(id);
        throw error;
      }
      // It may have been stopped on the way.
      if (hearings.get(id) !== hearing) hearing.track.stop();
      else
        void encode(id, hearing, bitrate).then(
          () => end(id),
          () => end(id),
        );
    },
    stop,
  };
}
