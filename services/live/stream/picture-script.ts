import type {
  carryMark as CarryMark,
  coverTiles as CoverTiles,
  findChangedTiles as FindChangedTiles,
  layPlanes as LayPlanes,
  PaddedSize,
  PixelRect,
  PlaneLayout,
} from "#lib/core/live/changed-tiles.ts";
import type { CaptureScope, Taken } from "#services/live/capture/capture-script.ts";
import type { Film, FilmScope } from "#services/live/stream/film-script.ts";
import type {
  CapturedTile,
  PictureLimits,
  PictureOptions,
  PictureReport,
  PictureRequest,
  StillRequest,
  VideoRequest,
} from "#services/live/stream/picture-messages.ts";

/**
 * Runs in a capture page, written to be handed over as text: it may use nothing but its arguments and the page.
 * One picture of a tab at most waits here, the newest.
 */
export function installPictures(
  limits: PictureLimits,
  tiles: {
    layPlanes: typeof LayPlanes;
    findChangedTiles: typeof FindChangedTiles;
    coverTiles: typeof CoverTiles;
    carryMark: typeof CarryMark;
  },
): void {
  interface Watching {
    options: PictureOptions;
    size: PaddedSize;
    /** Null while it begins. */
    taken: Taken | null;
    track: MediaStreamTrack | null;
    held: VideoFrame | null;
    heldAtMs: number;
    /** What is held was not looked at yet. */
    isNew: boolean;
    isBusy: boolean;
    request: PictureRequest | null;
    answers: number;
    wantsKey: boolean;
    /** What the client was sent last, bit by bit. */
    shown: Uint8Array<ArrayBuffer> | null;
    name: string | null;
    /** Names begin with the last wholly new picture, as no other does, and go on with the mark of what changed since. */
    whole: string;
    mark: number;
    /** What a step from one picture to another was made into, by their names, the newest last: a caret blinks for long. */
    steps: Map<string, CapturedTile[]>;
    spare: Uint8Array<ArrayBuffer> | null;
    film: Film | null;
    canvas: OffscreenCanvas;
  }
  const scope = globalThis as unknown as CaptureScope &
    FilmScope & {
      quiPicture: CaptureScope["quiPicture"] & {
        ask(id: number, request: PictureRequest): void;
        forget(id: number): void;
      };
    };
  const { takePicture, report, read, toBase64 } = scope.quiCapture;
  const { quiFilm } = scope;
  const watchings = new Map<number, Watching>();

  function tell(id: number, message: PictureReport): void {
    const watching = watchings.get(id);
    if (!watching) return;
    watching.answers += 1;
    report(id, message);
  }

  async function copy(
    watching: Watching,
    frame: VideoFrame,
  ): Promise<[Uint8Array<ArrayBuffer>, PlaneLayout]> {
    const layout = tiles.layPlanes(frame.format, watching.size);
    const { spare } = watching;
    // Black, where quiet rows stay as they are.
    const bytes =
      spare?.byteLength === layout.byteLength ? spare : new Uint8Array(layout.byteLength).fill(128);
    watching.spare = bytes;
    await frame.copyTo(bytes, { layout: layout.planes.map(({ offset, stride }) => ({ offset, stride })) });
    // Below the view stands a black bar, of which a video's last row would show something.
    for (const { offset, stride, rows } of watching.options.filled < watching.options.height
      ? layout.planes
      : [])
      bytes.copyWithin(offset + rows * stride, offset + (rows - 1) * stride, offset + rows * stride);
    return [bytes, layout];
  }

  /** The client is about to show these bytes. */
  function show(watching: Watching, bytes: Uint8Array<ArrayBuffer>, name: string | null): void {
    watching.spare = watching.shown?.byteLength === bytes.byteLength ? watching.shown : null;
    watching.shown = bytes;
    watching.name = name;
  }

  async function encodeTile(watching: Watching, frame: VideoFrame, rect: PixelRect, quality: number) {
    const { canvas, options } = watching;
    canvas.width = rect.width;
    canvas.height = rect.height;
    const { x, y, width, height } = rect;
    // Only what is in sight of a frame is turned into colours.
    const part = new VideoFrame(frame, { visibleRect: { x, y, width, height } });
    canvas.getContext("2d", { alpha: false, willReadFrequently: true })?.drawImage(part, 0, 0);
    part.close();
    const isSmall = width * height <= limits.webpPixels;
    const codec: CapturedTile["codec"] = options.webp && isSmall ? "webp" : "jpeg";
    const blob = await canvas.convertToBlob({ type: `image/${codec}`, quality });
    return { ...rect, codec, data: toBase64(new Uint8Array(await blob.arrayBuffer())) };
  }

  function keepStep({ steps }: Watching, step: string, made: CapturedTile[]): void {
    steps.set(step, made);
    const oldest = steps.size > limits.stepsMax ? steps.keys().next() : null;
    if (oldest?.value !== undefined) steps.delete(oldest.value);
  }

  async function still(
    id: number,
    watching: Watching,
    frame: VideoFrame,
    { quality, adopts }: StillRequest,
  ): Promise<void> {
    const { width, height } = watching.size;
    const [bytes, layout] = await copy(watching, frame);
    const { shown, name: from, heldAtMs: capturedAtMs } = watching;
    const grid = shown?.byteLength === bytes.byteLength ? tiles.findChangedTiles(shown, bytes, layout) : null;
    if (grid?.count === 0) return;
    const isAdopted = adopts && shown === null;
    const share = grid ? grid.count / grid.changed.length : isAdopted ? 0 : 1;
    const whole = share >= limits.wholeShare;
    const covered = () => (grid ? tiles.coverTiles(grid, { tile: limits.tile, width, height }) : []);
    const rects = whole ? [{ x: 0, y: 0, width, height }] : covered();
    if (shown && grid && from && !whole)
      watching.mark = tiles.carryMark(watching.mark, { before: shown, after: bytes, grid, layout });
    else watching.whole = crypto.randomUUID();
    const name = `${watching.whole}:${watching.mark}`;
    show(watching, bytes, name);
    const step = `${from} ${name}`;
    const made = watching.steps.get(step) ?? [];
    watching.steps.delete(step);
    if (made.length === 0)
      for (const rect of rects)
        made.push(await encodeTile(watching, frame, rect, whole ? quality : limits.tileQuality));
    if (!whole) keepStep(watching, step, made);
    tell(id, { kind: "still", name, from, whole, share, tiles: made, capturedAtMs });
  }

  async function encode(
    id: number,
    watching: Watching,
    frame: VideoFrame,
    { bitrate }: VideoRequest,
  ): Promise<void> {
    const { codec, framesPerS } = watching.options;
    const [bytes, layout] = await copy(watching, frame);
    const key = watching.wantsKey || !watching.film;
    watching.film ??= quiFilm.open({
      size: watching.size,
      codec,
      framesPerS,
      onFailed: () => tell(id, { kind: "unable" }),
    });
    const { heldAtMs: capturedAtMs } = watching;
    // A key that is asked for while this picture is made is the next one's.
    watching.wantsKey = false;
    const made = await watching.film.encode(
      {
        bytes,
        layout,
        format: frame.format ?? "I420",
        colours: frame.colorSpace.toJSON(),
        atMs: capturedAtMs,
      },
      { key, bitrate },
    );
    if (!made) {
      watching.wantsKey ||= key;
      return;
    }
    show(watching, bytes, null);
    tell(id, { kind: "video", key: made.key, data: toBase64(made.data), capturedAtMs });
  }

  function endFilm(watching: Watching): void {
    watching.film?.close();
    watching.film = null;
  }

  async function work(id: number): Promise<void> {
    const watching = watchings.get(id);
    const { held, request } = watching ?? {};
    if (!watching || !held || !request || watching.isBusy || !watching.isNew) return;
    if (watching.answers >= request.upTo) return;
    watching.isBusy = true;
    watching.isNew = false;
    const frame = held.clone();
    try {
      if (request.kind === "video") await encode(id, watching, frame, request);
      else {
        endFilm(watching);
        await still(id, watching, frame, request);
      }
    } catch {
      // The client may show anything now: an encoder failed, or the capture ended under it.
      watching.shown = null;
      if (request.kind === "video") {
        endFilm(watching);
        tell(id, { kind: "unable" });
      }
    } finally {
      frame.close();
      watching.isBusy = false;
    }
    void work(id);
  }

  async function hold(id: number, watching: Watching, track: MediaStreamTrack): Promise<void> {
    const reader = read(track) as ReadableStreamDefaultReader<VideoFrame>;
    while (watchings.get(id) === watching) {
      const { value, done } = await reader.read();
      if (done) break;
      if (watchings.get(id) !== watching) value.close();
      else {
        watching.held?.close();
        watching.held = value;
        watching.heldAtMs = performance.timeOrigin + performance.now();
        watching.isNew = true;
        void work(id);
      }
    }
    const isLast = watchings.get(id) === watching && watching.track === track;
    if (isLast && !watching.taken?.isChanging()) end(id);
  }

  function end(id: number): void {
    if (!watchings.has(id)) return;
    stop(id);
    report(id, { kind: "ended" });
  }

  /**
   * Chromium may lose the first picture of a view whose size has just changed (found by trial), and a page that
   * stands still gives no other: each further reader of the track asks for it anew.
   */
  async function urge(id: number, watching: Watching): Promise<void> {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    await wait(limits.urgeMs);
    for (let turn = 0; watchings.get(id) === watching && !watching.held && watching.track; turn += 1) {
      const again = watching.track.clone();
      const reader = read(again) as ReadableStreamDefaultReader<VideoFrame>;
      void reader.read().then(({ value }) => value?.close());
      await wait(turn < limits.urgesOften ? limits.urgeMs : limits.urgeSeldomMs);
      again.stop();
    }
  }

  function stop(id: number): void {
    const watching = watchings.get(id);
    if (!watching) return;
    watchings.delete(id);
    watching.taken?.stop();
    watching.held?.close();
    endFilm(watching);
  }

  scope.quiPicture = {
    async start(id, given) {
      const options = given as PictureOptions;
      const watching: Watching = {
        options,
        size: { width: options.width, height: options.filled, paddedHeight: quiFilm.pad(options.height) },
        taken: null,
        track: null,
        held: null,
        heldAtMs: 0,
        isNew: false,
        isBusy: false,
        request: null,
        answers: 0,
        wantsKey: false,
        shown: null,
        name: null,
        whole: "",
        mark: 0,
        steps: new Map(),
        spare: null,
        film: null,
        canvas: new OffscreenCanvas(1, 1),
      };
      watchings.set(id, watching);
      try {
        const taken = await takePicture(options.tabId, options, (track) => {
          watching.track = track;
          if (track) void hold(id, watching, track);
          else end(id);
        });
        watching.taken = taken;
        // It may have been stopped on the way.
        if (watchings.get(id) !== watching) taken.stop();
      } catch (error) {
        stop(id);
        throw error;
      }
      void urge(id, watching);
    },
    stop,
    ask(id, request) {
      const watching = watchings.get(id);
      if (!watching) return;
      watching.request = request;
      if (request.kind === "video") watching.wantsKey ||= request.key;
      void work(id);
    },
    /** The client may show anything: the next picture is whole, be it an old one. */
    forget(id) {
      const watching = watchings.get(id);
      if (!watching) return;
      watching.shown = null;
      watching.wantsKey = true;
      watching.isNew = watching.held !== null;
      void work(id);
    },
  };
}
