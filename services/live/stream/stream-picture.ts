import { createChangeRate } from "#lib/core/live/change-rate.ts";
import {
  type CapturePlan,
  chooseBitrate,
  chooseStreamMode,
  planCapture,
  type StreamMode,
} from "#lib/core/live/choose-stream-mode.ts";
import { fitCapture } from "#lib/core/live/fit-capture.ts";
import { createPacer } from "#lib/core/live/pacing.ts";
import { getLog } from "#lib/node/log/log.ts";
import { createOutlet } from "#services/live/stream/outlet.ts";
import type { PictureReport, VideoRequest } from "#services/live/stream/picture-messages.ts";
import { createPictureSource } from "#services/live/stream/picture-source.ts";
import { createStillStream, type Size } from "#services/live/stream/still-stream.ts";
import type { LiveView, TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** A plan is kept this long, since a new size begins with a whole picture. */
const PLAN_KEEP_MS = 2000;
const CHECK_EVERY_MS = 200;
const REFRESH_EVERY_MS = 250;
/** A change that counts as movement of the page, as a share of the picture. */
const LARGE_SHARE = 0.2;
/** A frame of a moving picture is larger than a byte for so many pixels. */
const PIXELS_PER_MOVING_BYTE = 900;
const BITRATE_EVERY_MS = 1000;

interface Sizes {
  captured: Size;
  /** Device pixels of the panel. */
  panel: Size;
}

/**
 * The picture of a tab on its way to the client. It is asked for, one at a time, when the client has drawn enough
 * of what went before; what came in between is never made. It travels as tiles, whole, or as video.
 */
export async function streamPicture(host: TabHost): Promise<TabPart> {
  const pacer = createPacer();
  const outlet = createOutlet(host, pacer);
  const rate = createChangeRate();
  let mode: StreamMode = "off";
  let plan: CapturePlan | null = null;
  let plannedAtMs = 0;
  let wantsPlan = false;
  let sizes: Sizes = { captured: { width: 2, height: 2 }, panel: { width: 2, height: 2 } };
  /** Of this capture: questions, and answers to them. */
  let asked = 0;
  let answered = 0;
  let flows = false;
  let isUnable = !host.codecs.has("h264");
  let wantsKey = true;
  let bitrate = 0;
  let bitrateAtMs = Number.NEGATIVE_INFINITY;
  let nextAtMs = 0;
  let refreshedAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  const still = createStillStream({ host, outlet, pacer });
  const source = createPictureSource({
    host,
    onReport: receive,
    onBegin() {
      asked = 0;
      answered = 0;
      wantsKey = true;
      pump();
    },
  });

  function pump(): void {
    if (disposed || mode === "off" || !plan) return;
    const pending = asked - answered;
    // While everything moves, the next picture is made while one is on its way.
    if (pending >= (flows ? 2 : 1)) return;
    const waitMs = nextAtMs - performance.now();
    if (waitMs > 1) {
      wake(waitMs);
      return;
    }
    if (!outlet.maySend(pending)) {
      // With nothing in flight no answer will wake us: the socket is full of something else.
      if (pacer.inFlight() === 0) wake(20);
      return;
    }
    asked += 1;
    if (!ask(plan)) asked -= 1;
  }

  function ask({ quality }: CapturePlan): boolean {
    const adopts = asked === 1 && still.isSharp(sizes.panel);
    const question = mode === "motion" ? nextOfVideo() : { kind: "still" as const, quality, adopts };
    return source.ask({ ...question, upTo: asked });
  }

  /** What was asked before was asked of another kind, or of what the client has lost. */
  function askAnew(): void {
    if (plan && asked > answered) ask(plan);
    pump();
  }

  function nextOfVideo(): VideoRequest {
    const nowMs = performance.now();
    if (nowMs - bitrateAtMs >= BITRATE_EVERY_MS) {
      bitrateAtMs = nowMs;
      const { width, height } = sizes.captured;
      const wanted = chooseBitrate({ bitsPerS: pacer.bitsPerS(), pixels: width * height });
      if (Math.abs(wanted - bitrate) >= bitrate * 0.2) bitrate = wanted;
    }
    const key = wantsKey;
    wantsKey = false;
    return { kind: "video", key, bitrate };
  }

  function receive(report: PictureReport): void {
    answered += 1;
    if (disposed || mode === "off") return;
    const nowMs = performance.now();
    nextAtMs = nowMs + (plan?.intervalMs ?? 0);
    const { captured, panel } = sizes;
    if (report.kind === "unable") {
      getLog().warn("no video can be made of a live tab; it goes on with pictures");
      isUnable = true;
      choose();
    } else if (report.kind === "still") {
      flows = report.share >= LARGE_SHARE;
      if (flows) rate.add(nowMs);
      still.receive(report, captured, panel);
    } else {
      const payload = Buffer.from(report.data, "base64");
      flows = true;
      if (payload.byteLength * PIXELS_PER_MOVING_BYTE > captured.width * captured.height) rate.add(nowMs);
      still.cover(panel);
      const { key, capturedAtMs } = report;
      const tiles = [{ codec: "h264" as const, place: { x: 0, y: 0, ...panel }, payload }];
      outlet.send({ tiles, ...panel, key, sharp: false, capturedAtMs });
    }
    pump();
  }

  function wake(afterMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(pump, afterMs);
  }

  function choose(): void {
    if (disposed) return;
    const nowMs = performance.now();
    const { attention, viewport } = host.getView();
    const bitsPerS = pacer.bitsPerS();
    const next = chooseStreamMode({
      mode,
      attention,
      canVideo: !isUnable,
      largeChangesPerS: rate.perS(nowMs),
      forMs: rate.forMs(nowMs),
    });
    if (next !== mode) switchTo(next);
    if (next === "off") return;
    const wanted = planCapture({ attention, bitsPerS, viewport });
    const isNew = JSON.stringify(wanted) !== JSON.stringify(plan);
    // A page that stands still gains nothing from a new plan and pays a whole picture for it.
    const isDue = nowMs - plannedAtMs > PLAN_KEEP_MS && rate.perS(nowMs) >= 2;
    if (isNew && (plan === null || wantsPlan || isDue)) {
      plan = wanted;
      wantsPlan = false;
      plannedAtMs = nowMs;
    }
    capture();
  }

  function switchTo(next: StreamMode): void {
    mode = next;
    wantsKey = true;
    if (next === "off") {
      plan = null;
      still.forget();
      source.want(null);
    }
    still.pause(next !== "still");
    askAnew();
  }

  /** Captures the panel as it is now, as the plan has it. */
  function capture(): void {
    if (!plan) return;
    const { viewport } = host.getView();
    const panel = {
      width: Math.round(viewport.width * viewport.dpr),
      height: Math.round(viewport.height * viewport.dpr),
    };
    const size = fitCapture(panel, viewport.width * plan.scale);
    const captured = { width: size.width, height: size.filled };
    sizes = { captured, panel };
    source.want({ ...size, framesPerS: plan.framesPerS });
  }

  function viewChanged(view: LiveView, before: LiveView): void {
    wantsPlan ||= view.attention !== before.attention;
    choose();
  }

  const checks = setInterval(choose, CHECK_EVERY_MS);
  choose();

  return {
    handle(message) {
      if (message.type === "drawn") {
        pacer.drawn({ frame: message.frame, nowMs: performance.now() });
        still.mayGoOn();
        pump();
      } else if (message.type === "refresh" && performance.now() - refreshedAtMs > REFRESH_EVERY_MS) {
        refreshedAtMs = performance.now();
        pacer.forget();
        still.forget();
        wantsKey = true;
        source.forget();
        askAnew();
      }
    },
    viewChanged,
    async dispose() {
      disposed = true;
      clearInterval(checks);
      clearTimeout(timer);
      still.dispose();
      source.dispose();
    },
  };
}
