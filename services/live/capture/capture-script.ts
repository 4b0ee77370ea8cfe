/**
 * What runs in the capture page beneath sound and picture, written to be handed over as text: it may use
 * nothing but its argument and the browser. Messages to the node are JSON through the binding `quiCaptured`.
 */
export interface CaptureScope {
  quiCapture: {
    /** Rejects when the tab cannot be captured. */
    takeSound(tabId: number): Promise<MediaStreamTrack>;
    /** The tab's one picture. `onTrack` is given its track, another one when sound begins beside it, null for the last. */
    takePicture(
      tabId: number,
      size: TrackSize,
      onTrack: (track: MediaStreamTrack | null) => void,
    ): Promise<Taken>;
    report(id: number, message: object): void;
    read(track: MediaStreamTrack): ReadableStreamDefaultReader<AudioData | VideoFrame>;
    toBase64(bytes: Uint8Array): string;
  };
  quiSound?: CaptureKind;
  quiPicture?: CaptureKind;
}

/** One kind of what can be captured; the node calls these by name. */
export interface CaptureKind {
  /** Resolves once the tab is captured; rejects when it cannot be. */
  start(id: number, options: object): Promise<void>;
  stop(id: number): void;
}

export interface TrackSize {
  width: number;
  height: number;
  framesPerS: number;
}

export interface Taken {
  /** The track is being changed for another: its end means nothing. */
  isChanging(): boolean;
  stop(): void;
}

export interface CaptureLimits {
  /** How soon, and for how long, a tab is asked for again whose last capture is still ending. */
  againMs: number;
  againForMs: number;
}

export function installCapture({ againMs, againForMs }: CaptureLimits): void {
  interface Picture {
    size: TrackSize;
    track: MediaStreamTrack | null;
    isChanging: boolean;
    onTrack(track: MediaStreamTrack | null): void;
  }
  type Processor = new (init: {
    track: MediaStreamTrack;
    maxBufferSize: number;
  }) => { readable: ReadableStream<AudioData | VideoFrame> };
  const scope = globalThis as unknown as CaptureScope & {
    quiCaptured(text: string): void;
    MediaStreamTrackProcessor: Processor;
    chrome: { tabCapture: { getMediaStreamId(options: { targetTabId: number }): Promise<string> } };
  };
  const pictures = new Map<number, Picture>();
  const turns = new Map<number, Promise<unknown>>();
  let beginning: Promise<unknown> = Promise.resolve();

  /** One after the other for each tab, as two streams of one would meet while they begin. */
  function inTurn<T>(tabId: number, take: () => Promise<T>): Promise<T> {
    const taken = (turns.get(tabId) ?? Promise.resolve()).then(take);
    const done = taken.catch(() => {
      // Whoever asked is told.
    });
    turns.set(tabId, done);
    void done.then(() => turns.get(tabId) === done && turns.delete(tabId));
    return taken;
  }

  /**
   * A stream is named by the tab's document. Where another document comes before the stream begins, that fails
   * ("Failed due to shutdown"), and Chromium may take the tab for captured as long as it lives (found by trial).
   * So a name is asked for when its stream is the next of the page to begin, and not while others do.
   */
  function openStream(
    tabId: number,
    wanted: { sound: boolean; size: TrackSize | null },
  ): Promise<MediaStream> {
    const opened = beginning.then(async () => {
      const id = await scope.chrome.tabCapture.getMediaStreamId({ targetTabId: tabId });
      return navigator.mediaDevices.getUserMedia(constrain(id, wanted));
    });
    beginning = opened.catch(() => {
      // Whoever asked is told.
    });
    return opened;
  }

  function constrain(
    chromeMediaSourceId: string,
    { sound, size }: { sound: boolean; size: TrackSize | null },
  ): MediaStreamConstraints {
    const source = { chromeMediaSource: "tab", chromeMediaSourceId };
    const picture = size && {
      ...source,
      minWidth: size.width,
      maxWidth: size.width,
      minHeight: size.height,
      maxHeight: size.height,
      maxFrameRate: size.framesPerS,
    };
    return {
      ...(sound ? { audio: { mandatory: source } } : {}),
      ...(picture ? { video: { mandatory: picture } } : {}),
    } as unknown as MediaStreamConstraints;
  }

  async function takeTracks(tabId: number, wanted: { sound: boolean; size: TrackSize | null }) {
    const againUntilMs = performance.now() + againForMs;
    let stream: MediaStream | null = null;
    while (!stream) {
      // A try that began in time is not the last, however long it took: the capture may have ended meanwhile.
      const isLast = performance.now() >= againUntilMs;
      try {
        stream = await openStream(tabId, wanted);
      } catch (error) {
        if (isLast || !String(error).includes("active stream")) throw error;
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
    return { sound: stream.getAudioTracks()[0] ?? null, picture: stream.getVideoTracks()[0] ?? null };
  }

  function hand(tabId: number, picture: Picture, track: MediaStreamTrack | null): void {
    picture.isChanging = false;
    if (pictures.get(tabId) !== picture) {
      track?.stop();
      return;
    }
    picture.track = track;
    picture.onTrack(track);
  }

  scope.quiCapture = {
    takeSound: (tabId) =>
      inTurn(tabId, async () => {
        const picture = pictures.get(tabId);
        // Chromium refuses a second stream of a tab while all of the first runs (found by trial): so
        // a picture that is captured stops for a moment, and goes on as a part of the new one.
        if (picture) {
          picture.isChanging = true;
          picture.track?.stop();
        }
        try {
          const taken = await takeTracks(tabId, { sound: true, size: picture?.size ?? null });
          if (picture) hand(tabId, picture, taken.picture);
          if (!taken.sound) throw new Error("The tab gives no sound.");
          return taken.sound;
        } catch (error) {
          if (picture?.isChanging) {
            const again = await takeTracks(tabId, { sound: false, size: picture.size }).catch(() => null);
            hand(tabId, picture, again?.picture ?? null);
          }
          throw error;
        }
      }),
    takePicture(tabId, size, onTrack) {
      const picture: Picture = { size, track: null, isChanging: false, onTrack };
      const stop = () => {
        if (pictures.get(tabId) === picture) pictures.delete(tabId);
        picture.track?.stop();
      };
      return inTurn(tabId, async () => {
        pictures.set(tabId, picture);
        try {
          hand(tabId, picture, (await takeTracks(tabId, { sound: false, size })).picture);
        } catch (error) {
          stop();
          throw error;
        }
        return { stop, isChanging: () => picture.isChanging };
      });
    },
    report: (id, message) => scope.quiCaptured(JSON.stringify({ ...message, id })),
    read: (track) => new scope.MediaStreamTrackProcessor({ track, maxBufferSize: 4 }).readable.getReader(),
    toBase64: (bytes) => (bytes as unknown as { toBase64(): string }).toBase64(),
  };
}
