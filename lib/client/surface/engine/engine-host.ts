import { clearCache } from "@chenglou/pretext";
import { createFonts } from "#lib/client/surface/engine/fonts.ts";
import { createImageStore } from "#lib/client/surface/engine/image-store.ts";
import type { PaintContext } from "#lib/client/surface/engine/paint-tile.ts";
import { type EngineParts, SurfaceEngine } from "#lib/client/surface/engine/surface-engine.ts";
import { createTextMetrics } from "#lib/client/surface/engine/text-metrics.ts";
import { renewFonts } from "#lib/client/surface/engine/typography.ts";
import { type FromEngine, isToEngine } from "#lib/client/surface/surface-messages.ts";

/** The worker's own port, or one end of a channel within the page. */
export interface HostPort {
  postMessage(message: FromEngine, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Where tiles are painted: an `OffscreenCanvas`, or a canvas of the page where there is none. */
export interface HostCanvas {
  measuring: Parameters<typeof createTextMetrics>[0];
  fonts: FontFaceSet | undefined;
  paint: EngineParts["paint"];
}

/** After so long at a time messages get their turn, and on the page's own thread everything else. */
const SLICE_MS = 8;

/**
 * Runs all surfaces of a window. Work is done in slices, tiles before layout and
 * what is in view before what lies ahead; scrolls and requests get in between.
 */
export function startEngineHost(port: HostPort, canvas: HostCanvas): void {
  const engines = new Map<number, SurfaceEngine>();
  const metrics = createTextMetrics(canvas.measuring);
  const fonts = createFonts(canvas.fonts, () => {
    renewFonts();
    clearCache();
    metrics.forget();
  });
  const images = createImageStore((src) => {
    for (const engine of engines.values()) engine.pictureCame(src);
  });
  const turn = new MessageChannel();
  let isTurnDue = false;
  const wake = (): void => {
    if (isTurnDue) return;
    isTurnDue = true;
    turn.port2.postMessage(null);
  };
  turn.port1.onmessage = () => {
    isTurnDue = false;
    const deadline = performance.now() + SLICE_MS;
    while (performance.now() < deadline) {
      const job = nextJob(engines);
      if (!job) return;
      const [channel, engine, kind] = job;
      // The one that had its turn goes to the end of the line.
      engines.delete(channel);
      engines.set(channel, engine);
      if (kind === "paint") void engine.paint().catch((error) => fail(channel, error));
      else guard(channel, () => engine.layOut(deadline));
    }
    wake();
  };
  const fail = (channel: number, error: unknown): void => {
    engines.delete(channel);
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    port.postMessage({ type: "error", channel, message }, []);
  };
  const guard = (channel: number, work: () => void): void => {
    try {
      work();
    } catch (error) {
      fail(channel, error);
    }
  };

  port.onmessage = ({ data }) => {
    if (!isToEngine(data)) return;
    const { channel } = data;
    if (data.type === "close") {
      engines.delete(channel);
      return;
    }
    let engine = engines.get(channel);
    if (!engine) {
      // Only what is shown has a surface; the rest comes too late for one that failed.
      if (data.type !== "show") return;
      const post: EngineParts["post"] = (message, transfer) => port.postMessage(message, transfer);
      engine = new SurfaceEngine(channel, { metrics, fonts, images, paint: canvas.paint, post, wake });
      engines.set(channel, engine);
    }
    const receiver = engine;
    guard(channel, () => receiver.receive(data));
    wake();
  };
  port.postMessage({ type: "ready" }, []);
}

type Job = [channel: number, engine: SurfaceEngine, kind: "paint" | "layout"];

function nextJob(engines: ReadonlyMap<number, SurfaceEngine>): Job | null {
  let ahead: Job | null = null;
  let urgent: Job | null = null;
  for (const [channel, engine] of engines) {
    if (engine.canPaint) return [channel, engine, "paint"];
    if (!engine.canLayOut) continue;
    if (engine.isUrgent) urgent ??= [channel, engine, "layout"];
    else ahead ??= [channel, engine, "layout"];
  }
  return urgent ?? ahead;
}

/** A canvas of a worker, or of a page that knows `OffscreenCanvas`. */
export function offscreenCanvas(fonts: FontFaceSet | undefined): HostCanvas {
  const measuring = new OffscreenCanvas(1, 1).getContext("2d");
  if (!measuring) throw new Error("This browser draws nothing on an OffscreenCanvas.");
  let canvas = new OffscreenCanvas(1, 1);
  return {
    measuring,
    fonts,
    async paint({ width, height }, draw) {
      if (canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
      draw(contextOf(canvas));
      return canvas.transferToImageBitmap();
    },
  };
}

/** A canvas element, never attached. */
export function elementCanvas(document: Document): HostCanvas {
  const measuring = contextOf(document.createElement("canvas"));
  return {
    measuring,
    fonts: document.fonts,
    async paint({ width, height }, draw) {
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      draw(contextOf(canvas));
      return await createImageBitmap(canvas);
    },
  };
}

function contextOf(canvas: OffscreenCanvas | HTMLCanvasElement): PaintContext {
  const context = canvas.getContext("2d") as PaintContext | null;
  if (!context) throw new Error("This browser gave no canvas to draw on.");
  return context;
}
