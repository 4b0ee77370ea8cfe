/**
 * What runs in an ear, written to be handed over as text: it may use nothing but its argument and
 * the browser. Messages to the node are JSON through the binding `quiHeard`.
 */
export interface EarScope {
  /** Resolves once the tab is heard; rejects when it cannot be. */
  start(id: number, options: { tabId: number; bitrate: number }): Promise<void>;
  stop(id: number): void;
}

export type EarReport =
  | {
      kind: "packet";
      id: number;
      data: string;
      samples: number;
      channels: number;
      first: boolean;
      capturedAtMs: number;
    }
  /** Nothing more comes: the tab is gone, or the encoder failed. */
  | { kind: "ended"; id: number };

export interface EarLimits {
  /** What is quieter than this, of 1, for so long is silence and is not sent. */
  silentBelow: number;
  silentMs: number;
  /** Pieces of sound inside the encoder beyond which a new one is dropped. */
  queueMax: number;
}

export function installEar({ silentBelow, silentMs, queueMax }: EarLimits): void {
  interface Hearing {
    track: MediaStreamTrack | null;
    encoder: AudioEncoder | null;
  }
  interface TabConstraints {
    audio: { mandatory: { chromeMediaSource: "tab"; chromeMediaSourceId: string } };
  }
  type Processor = new (init: { track: MediaStreamTrack }) => { readable: ReadableStream<AudioData> };
  const scope = globalThis as unknown as {
    quiHeard(text: string): void;
    quiEar: EarScope;
    MediaStreamTrackProcessor: Processor;
    chrome: { tabCapture: { getMediaStreamId(options: { targetTabId: number }): Promise<string> } };
  };
  const hearings = new Map<number, Hearing>();
  const report = (message: EarReport) => scope.quiHeard(JSON.stringify(message));
  const toBase64 = (bytes: Uint8Array) => (bytes as unknown as { toBase64(): string }).toBase64();

  function stop(id: number): void {
    const { track, encoder } = hearings.get(id) ?? {};
    hearings.delete(id);
    track?.stop();
    if (encoder && encoder.state !== "closed") encoder.close();
  }

  function end(id: number): void {
    if (!hearings.has(id)) return;
    stop(id);
    report({ kind: "ended", id });
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
        report({ kind: "packet", id, data: toBase64(data), samples, channels: 2, first, capturedAtMs });
        first = false;
      },
      error: () => end(id),
    });
    hearing.encoder = encoder;
    const reader = new scope.MediaStreamTrackProcessor({ track }).readable.getReader();
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

  scope.quiEar = {
    async start(id, { tabId, bitrate }) {
      stop(id);
      const hearing: Hearing = { track: null, encoder: null };
      hearings.set(id, hearing);
      try {
        const chromeMediaSourceId = await scope.chrome.tabCapture.getMediaStreamId({ targetTabId: tabId });
        const constraints: TabConstraints = {
          audio: { mandatory: { chromeMediaSource: "tab", chromeMediaSourceId } },
        };
        const stream = await navigator.mediaDevices.getUserMedia(constraints as MediaStreamConstraints);
        hearing.track = stream.getAudioTracks()[0] ?? null;
      } catch (error) {
        if (hearings.get(id) === hearing) hearings.delete(id);
        throw error;
      }
      // It may have been stopped on the way.
      if (hearings.get(id) !== hearing) hearing.track?.stop();
      else
        void encode(id, hearing, bitrate).then(
          () => end(id),
          () => end(id),
        );
    },
    stop,
  };
}
