import { createChangeRate } from "#lib/core/live/change-rate.ts";
import {
  type CapturePlan,
  chooseStreamMode,
  planCapture,
  type StreamMode,
} from "#lib/core/live/choose-stream-mode.ts";
import { createPacer } from "#lib/core/live/pacing.ts";
import { createVideoStream } from "#services/live/stream/motion/video-stream.ts";
import { createOutlet } from "#services/live/stream/outlet.ts";
import { type CapturedFrame, createScreencast } from "#services/live/stream/screencast.ts";
import { createStillStream } from "#services/live/stream/still-stream.ts";
import type { LiveView, TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** A plan is kept this long, since each change restarts Chromium's capture. */
const PLAN_KEEP_MS = 2000;
const CHECK_EVERY_MS = 200;
/** How slowly Chromium is let go on while a frame waits for the client. */
const WAITING_RELEASE_MS = 100;
const REFRESH_EVERY_MS = 250;

/**
 * The picture of a tab on its way to the client. One newest frame waits at most; it leaves when the
 * client has drawn enough of what went before, as tiles, whole, or through the video encoder.
 */
export async function streamPicture(host: TabHost): Promise<TabPart> {
  const pacer = createPacer();
  const outlet = createOutlet(host, pacer);
  const rate = createChangeRate();
  let mode: StreamMode = "off";
  let plan: CapturePlan | null = null;
  let plannedAtMs = 0;
  let wantsPlan = false;
  let newest: CapturedFrame | null = null;
  let busy = false;
  let nextAtMs = 0;
  let refreshedAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  const still = createStillStream({ host, outlet, pacer, onLargeChange: () => rate.add(performance.now()) });
  const video = createVideoStream({ host, outlet, pacer, onLargeChange: () => rate.add(performance.now()) });
  const screencast = createScreencast(host.cdp, host.getView, (frame) => {
    // Three that were not released silence Chromium, so what is replaced is released, if slowly.
    if (newest) setTimeout(newest.release, outlet.maySend() ? 0 : WAITING_RELEASE_MS);
    newest = frame;
    pump();
  });

  function pump(): void {
    if (disposed || busy || !newest || mode === "off") return;
    const waitMs = nextAtMs - performance.now();
    if (waitMs > 1) {
      wake(waitMs);
      return;
    }
    if (!outlet.maySend()) {
      // With nothing in flight no answer will wake us: the socket is full of something else.
      if (pacer.inFlight() === 0) wake(20);
      return;
    }
    const frame = newest;
    newest = null;
    nextAtMs = performance.now() + (plan?.intervalMs ?? 0);
    busy = true;
    const done = () => {
      busy = false;
      frame.release();
      pump();
    };
    if (mode === "motion" && video.prepare(frame)) {
      still.cover({ width: frame.frameWidth, height: frame.frameHeight });
      video.deliver(frame);
      done();
    } else still.deliver(frame).catch(host.fail).finally(done);
  }

  function wake(afterMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(pump, afterMs);
  }

  function choose(): void {
    if (disposed) return;
    const nowMs = performance.now();
    const { attention } = host.getView();
    const bitsPerS = pacer.bitsPerS();
    const next = chooseStreamMode({
      mode,
      attention,
      canVideo: video.canEncode(),
      largeChangesPerS: rate.perS(nowMs),
      forMs: rate.forMs(nowMs),
      bitsPerS,
    });
    if (next !== mode) switchTo(next);
    if (next === "off") return;
    const wanted = planCapture({ mode, attention, bitsPerS });
    const isNew =
      wanted.quality !== plan?.quality || wanted.scale !== plan.scale || wanted.everyNth !== plan.everyNth;
    // A page that stands still gains nothing from a new plan and pays a whole picture for it.
    const isDue = nowMs - plannedAtMs > PLAN_KEEP_MS && rate.perS(nowMs) >= 2;
    if (isNew && (plan === null || wantsPlan || isDue)) restart(wanted);
  }

  function switchTo(next: StreamMode): void {
    if (next === "off") {
      screencast.stop();
      newest?.release();
      newest = null;
      plan = null;
    }
    if (mode === "motion") video.stop();
    still.pause(next !== "still");
    mode = next;
    wantsPlan = true;
  }

  function restart(wanted: CapturePlan): void {
    screencast.stop();
    plan = wanted;
    wantsPlan = false;
    plannedAtMs = performance.now();
    screencast.start(wanted);
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
        video.requestKey();
        // A page that stands still gives no frame by itself.
        if (plan) restart(plan);
      }
    },
    viewChanged,
    async dispose() {
      disposed = true;
      clearInterval(checks);
      clearTimeout(timer);
      still.dispose();
      video.stop();
    },
  };
}
