import type { PixelRect } from "#lib/core/live/changed-tiles.ts";
import type { Pacer } from "#lib/core/live/pacing.ts";
import { createBlinkMemory } from "#services/live/stream/blink-memory.ts";
import type { Outlet, PictureTile } from "#services/live/stream/outlet.ts";
import type { PictureReport } from "#services/live/stream/picture-messages.ts";
import { createRefinement } from "#services/live/stream/refinement.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

/** Without a change for this long the page stands still. */
const SETTLE_MS = 150;
/** What is seen from the side becomes sharp later, and costs less where it changes often. */
const SETTLE_ASIDE_MS = 1000;
/** A page that always moves somewhere becomes sharp elsewhere after this long. */
const SETTLE_AT_LEAST_MS = 600;
const NARROW_BITS_PER_S = 4_000_000;

export interface Size {
  width: number;
  height: number;
}

export interface StillStreamOptions {
  host: TabHost;
  outlet: Outlet;
  pacer: Pacer;
}

export type StillReport = Extract<PictureReport, { kind: "still" }>;

/** The picture as what changed of it, and as it is once it stands still. */
export interface StillStream {
  /** What changed, in pixels as captured, of a panel with so many device pixels. */
  receive(report: StillReport, captured: Size, panel: Size): void;
  /** The client shows the page of this size as it is, as far as is known. */
  isSharp(panel: Size): boolean;
  /** While paused nothing is refined; afterwards the whole picture is. */
  pause(paused: boolean): void;
  /** Something else drew over all of the client's picture, coarsely. */
  cover(panel: Size): void;
  /** The client has drawn something. */
  mayGoOn(): void;
  /** The client may show anything. */
  forget(): void;
  dispose(): void;
}

export function createStillStream({ host, outlet, pacer }: StillStreamOptions): StillStream {
  const { codecs } = host;
  const blinks = createBlinkMemory();
  const waiting = new Set<() => void>();
  let shown: string | null = null;
  let paused = false;
  let settle: NodeJS.Timeout | undefined;
  let running: AbortController | null = null;
  let unsettledAtMs: number | null = null;
  /** The picture that was sharp last, and in how many steps it changed since; null when all of it did. */
  let settled: { name: string; steps: number } | null = null;
  let size: Size = { width: 0, height: 0 };
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
    const to = shown;
    let isDone = false;
    try {
      const parts = await refinement.run(control.signal);
      if (!parts || to === null || to !== shown) return;
      isDone = true;
      settled = { name: to, steps: 0 };
      if (from?.steps === 1) blinks.propose(from.name, to, parts);
    } catch {
      // The page is gone or went elsewhere: the next change settles anew.
      isDone = true;
    } finally {
      if (running === control) {
        running = null;
        if (!isDone) settleSoon();
      }
    }
  }

  /** What is known to turn the settled picture into this one, sharp at once. */
  function replay({ name, from, capturedAtMs }: StillReport, panel: Size): boolean {
    const parts = settled && settled.name === from ? blinks.find(settled.name, name) : null;
    if (!parts) return false;
    refinement.restore(parts.flatMap(({ marks }) => marks));
    settled = { name, steps: 0 };
    const tiles = parts.map(({ tile }) => tile);
    if (tiles.length > 0) outlet.send({ tiles, ...panel, key: false, sharp: true, capturedAtMs });
    return true;
  }

  return {
    receive(report, captured, panel) {
      const { name, whole, capturedAtMs } = report;
      size = panel;
      if (name !== shown) blinks.moved();
      shown = name;
      if (report.tiles.length === 0) {
        // Adopted: whatever did change since the last screenshot, the next one finds.
        settled = { name, steps: 0 };
        settleSoon();
        return;
      }
      if (!whole && replay(report, panel)) return;
      const tiles = report.tiles.map(
        ({ codec, data, ...rect }): PictureTile => ({
          codec,
          place: toPlace(rect, captured, panel),
          payload: Buffer.from(data, "base64"),
        }),
      );
      outlet.send({ tiles, ...panel, key: whole, sharp: false, capturedAtMs });
      if (whole) {
        cancel();
        refinement.blur(panel);
        settled = null;
      } else {
        refinement.blur(
          panel,
          tiles.map(({ place }) => place),
        );
        if (settled) settled.steps += 1;
      }
      settleSoon();
    },
    isSharp: (panel) => settled?.steps === 0 && panel.width === size.width && panel.height === size.height,
    pause(next) {
      paused = next;
      cancel();
      if (!next) settleSoon();
    },
    cover(panel) {
      refinement.blur(panel);
      settled = null;
    },
    mayGoOn() {
      if (outlet.maySend()) for (const go of [...waiting]) go();
    },
    forget() {
      settled = null;
      settleSoon();
    },
    dispose: cancel,
  };
}

/** Where a place of the captured picture stands in the panel, whole pixels that hold all of it. */
function toPlace({ x, y, width, height }: PixelRect, captured: Size, panel: Size): PixelRect {
  const [sx, sy] = [panel.width / captured.width, panel.height / captured.height];
  const left = Math.floor(x * sx);
  const top = Math.floor(y * sy);
  return {
    x: left,
    y: top,
    width: Math.min(Math.ceil((x + width) * sx), panel.width) - left,
    height: Math.min(Math.ceil((y + height) * sy), panel.height) - top,
  };
}
