import type { PixelRect } from "#lib/core/live/changed-tiles.ts";
import type { Pacer } from "#lib/core/live/pacing.ts";
import { createBlinkMemory } from "#services/live/stream/blink-memory.ts";
import { encodeCoarseTile } from "#services/live/stream/encode-tile.ts";
import type { Outlet } from "#services/live/stream/outlet.ts";
import { createRefinement } from "#services/live/stream/refinement.ts";
import type { CapturedFrame } from "#services/live/stream/screencast.ts";
import { createStillPicture, nameJpeg, type StillChange } from "#services/live/stream/still-picture.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

/** Without a change for this long the page stands still. */
const SETTLE_MS = 150;
/** What is seen from the side becomes sharp later, and costs less where it changes often. */
const SETTLE_ASIDE_MS = 1000;
/** A page that always moves somewhere becomes sharp elsewhere after this long. */
const SETTLE_AT_LEAST_MS = 600;
/** Frames that change nothing follow a screenshot by less than this. */
const ECHO_MS = 400;
const NARROW_BITS_PER_S = 4_000_000;

export interface StillStreamOptions {
  host: TabHost;
  outlet: Outlet;
  pacer: Pacer;
  /** A large part of the picture changed. */
  onLargeChange(): void;
}

/** The picture as what changed of it, and as it is once it stands still. */
export interface StillStream {
  deliver(frame: CapturedFrame): Promise<void>;
  /** While paused nothing is refined; afterwards the whole picture is. */
  pause(paused: boolean): void;
  /** Something else drew over all of the client's picture, coarsely. */
  cover(size: { width: number; height: number }): void;
  /** The client has drawn something. */
  mayGoOn(): void;
  /** The client may show anything: the next frame goes whole. */
  forget(): void;
  dispose(): void;
}

export function createStillStream({ host, outlet, pacer, onLargeChange }: StillStreamOptions): StillStream {
  const { codecs } = host;
  const picture = createStillPicture();
  const blinks = createBlinkMemory();
  const waiting = new Set<() => void>();
  let paused = false;
  let settle: NodeJS.Timeout | undefined;
  let running: AbortController | null = null;
  let unsettledAtMs: number | null = null;
  let refinedAtMs = 0;
  /** The picture that was sharp last, and the one place that changed since; null when more did. */
  let settled: { name: string; rects: PixelRect[] | null } | null = null;
  const refinement = createRefinement({
    cdp: host.cdp,
    outlet,
    codecs,
    isNarrow: () => (pacer.bitsPerS() ?? Number.POSITIVE_INFINITY) < NARROW_BITS_PER_S,
    whenFree(signal) {
      if (signal.aborted || outlet.maySend()) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          waiting.delete(go);
          resolve();
        };
        waiting.add(go);
        signal.addEventListener("abort", go, { once: true });
      });
    },
  });

  function cancel(): void {
    clearTimeout(settle);
    unsettledAtMs = null;
    running?.abort();
    running = null;
  }

  function settleSoon(): void {
    if (paused || running) return;
    const nowMs = performance.now();
    unsettledAtMs ??= nowMs;
    if (nowMs - unsettledAtMs > SETTLE_AT_LEAST_MS) return;
    clearTimeout(settle);
    const { attention } = host.getView();
    settle = setTimeout(() => void refine(), attention === "focused" ? SETTLE_MS : SETTLE_ASIDE_MS);
  }

  async function refine(): Promise<void> {
    const control = new AbortController();
    unsettledAtMs = null;
    running = control;
    const from = settled;
    const to = picture.name();
    let isDone = false;
    try {
      const parts = await refinement.run(control.signal);
      if (!parts || to === null || to !== picture.name()) return;
      isDone = true;
      settled = { name: to, rects: [] };
      const patches = (from?.rects ?? []).map(picture.cut);
      if (from?.rects?.length && patches.every((patch) => patch !== null))
        blinks.propose(from.name, to, { parts, patches });
    } catch {
      // The page is gone or went elsewhere: the next frame settles anew.
      isDone = true;
    } finally {
      refinedAtMs = performance.now();
      if (running === control) {
        running = null;
        if (!isDone) settleSoon();
      }
    }
  }

  /** What is known to turn the settled picture into this one, sharp at once. */
  function replay(frame: CapturedFrame): boolean {
    const name = nameJpeg(frame.jpeg);
    const change = settled && settled.name === picture.name() ? blinks.find(settled.name, name) : null;
    if (!change) return false;
    picture.patch(frame, change.patches);
    refinement.restore(change.parts.flatMap(({ marks }) => marks));
    settled = { name, rects: [] };
    const [width, height] = [frame.frameWidth, frame.frameHeight];
    const tiles = change.parts.map(({ tile }) => tile);
    if (tiles.length > 0)
      outlet.send({ tiles, width, height, key: false, sharp: true, capturedAtMs: frame.capturedAtMs });
    return true;
  }

  async function sendChange(frame: CapturedFrame, change: StillChange): Promise<void> {
    if (change.kind === "none") return;
    const [width, height] = [frame.frameWidth, frame.frameHeight];
    const common = { width, height, sharp: false, capturedAtMs: frame.capturedAtMs };
    if (change.kind === "whole") {
      const place = { x: 0, y: 0, width, height };
      outlet.send({ ...common, key: true, tiles: [{ codec: "jpeg", place, payload: frame.jpeg }] });
      refinement.blur({ width, height });
      settled = null;
      return;
    }
    const tiles = await Promise.all(
      change.rects.map(async (rect) => ({
        ...(await encodeCoarseTile(change.raw, rect, codecs)),
        place: toPlace(rect, frame),
      })),
    );
    outlet.send({ ...common, key: false, tiles });
    refinement.blur(
      { width, height },
      tiles.map(({ place }) => place),
    );
    if (settled?.rects) settled.rects = settled.rects.length === 0 ? change.rects : null;
  }

  return {
    async deliver(frame) {
      if (nameJpeg(frame.jpeg) !== picture.name()) blinks.moved();
      if (replay(frame)) return;
      const change = await picture.take(frame);
      // A screenshot makes Chromium show the same picture again: that is no movement.
      if (change.kind === "none") {
        if (performance.now() - refinedAtMs > ECHO_MS) settleSoon();
        return;
      }
      if (change.kind === "whole") cancel();
      if (change.large) onLargeChange();
      await sendChange(frame, change);
      settleSoon();
    },
    pause(next) {
      paused = next;
      cancel();
      if (!next) picture.forget();
      if (!next) settleSoon();
    },
    cover(size) {
      refinement.blur(size);
      settled = null;
    },
    mayGoOn() {
      if (outlet.maySend()) for (const go of [...waiting]) go();
    },
    forget() {
      picture.forget();
      settled = null;
      settleSoon();
    },
    dispose: cancel,
  };
}

/** Where a place of the captured picture stands in the panel, whole pixels that hold all of it. */
function toPlace({ x, y, width, height }: PixelRect, frame: CapturedFrame): PixelRect {
  const [sx, sy] = [frame.frameWidth / frame.width, frame.frameHeight / frame.height];
  const left = Math.floor(x * sx);
  const top = Math.floor(y * sy);
  return {
    x: left,
    y: top,
    width: Math.min(Math.ceil((x + width) * sx), frame.frameWidth) - left,
    height: Math.min(Math.ceil((y + height) * sy), frame.frameHeight) - top,
  };
}
