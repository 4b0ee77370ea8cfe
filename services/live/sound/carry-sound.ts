import { createSoundGate } from "#lib/core/live/sound-gate.ts";
import { getLog } from "#lib/node/log/log.ts";
import {
  type Capture,
  type CapturePage,
  type CaptureReport,
  leaseCapturePage,
} from "#services/live/capture/capture-page.ts";
import { watchTabs } from "#services/live/capture/watch-tabs.ts";
import { SOUND, soundSchema } from "#services/live/sound/sound-capturing.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** Stereo that most people cannot tell from what went in. */
const BITRATE = 64_000;
const AGAIN_MS = 1_000;
/** In a row; then the tab stays silent until its sound begins anew. */
const FAILURES_MAX = 5;
/** To be told whether the tab sounds; a browser that cannot tell has no sound. */
const ATTEMPTS_MAX = 3;

/**
 * The sound of a tab on its way to the client: taken up while the tab sounds, the client plays it and the
 * panel is in sight. Nothing runs in the page, and nothing at all while one of these is not so.
 */
export function carrySound(host: TabHost): TabPart {
  const gate = createSoundGate();
  let tabId: number | null = null;
  let stopFollowing = (): void => {};
  let isWanted = false;
  let isAudible = false;
  let isDisposed = false;
  let running: { page: CapturePage; hearing: Capture } | null = null;
  let isStarting = false;
  /** Counts starts and stops: what began before the last of them is thrown away. */
  let turn = 0;
  let attempts = 0;
  let failures = 0;
  let packet = 0;
  let leftOut = false;
  let timer: NodeJS.Timeout | undefined;

  function again(work: () => void): void {
    clearTimeout(timer);
    if (!isDisposed) timer = setTimeout(work, AGAIN_MS).unref();
  }

  async function follow(): Promise<void> {
    const browser = host.context.browser();
    if (!browser || isDisposed) return;
    const { targetInfo } = await host.cdp.send("Target.getTargetInfo");
    const watch = await watchTabs(browser);
    const followed = await watch.follow(targetInfo.targetId, {
      onAudible: hearOf,
      onGone: () => again(begin),
    });
    if (!followed) throw new Error("Chromium knows no such tab.");
    if (isDisposed) {
      followed.stop();
      return;
    }
    tabId = followed.tabId;
    stopFollowing = followed.stop;
    choose();
  }

  function begin(): void {
    follow().catch((error: unknown) => {
      if (isDisposed) return;
      attempts += 1;
      if (attempts < ATTEMPTS_MAX) again(begin);
      else getLog().warn({ err: error }, "the sound of a live tab cannot be watched");
    });
  }

  function hearOf(audible: boolean): void {
    if (audible === isAudible || isDisposed) return;
    isAudible = audible;
    failures = 0;
    host.emit({ type: "state", state: { audible } });
    choose();
  }

  function choose(): void {
    const isDue = isWanted && isAudible && !isDisposed && host.getView().attention !== "hidden";
    if (!isDue) stop();
    else if (tabId !== null && !running && !isStarting && failures < FAILURES_MAX) void start(tabId);
  }

  async function start(id: number): Promise<void> {
    turn += 1;
    const mine = turn;
    isStarting = true;
    let page: CapturePage | null = null;
    try {
      page = await leaseCapturePage(host.context);
      if (mine !== turn) throw new Error("It is not wanted any more.");
      const hearing = await page.start(SOUND, { tabId: id, bitrate: BITRATE }, (report) => {
        if (mine === turn) receive(report);
      });
      if (mine === turn) {
        isStarting = false;
        running = { page, hearing };
        return;
      }
      hearing.stop();
      page.release();
    } catch (error) {
      page?.release();
      if (mine !== turn) return;
      isStarting = false;
      failures += 1;
      getLog().debug({ err: error }, "a live tab cannot be heard");
      again(choose);
    }
  }

  function stop(): void {
    if (!running && !isStarting) return;
    turn += 1;
    isStarting = false;
    running?.hearing.stop();
    running?.page.release();
    running = null;
  }

  function receive(told: CaptureReport): void {
    if (told.kind === "ended") {
      stop();
      failures += 1;
      again(choose);
      return;
    }
    const report = soundSchema.safeParse(told).data;
    if (!report) return;
    failures = 0;
    packet += 1;
    if (!gate.maySend({ backlogBytes: host.backlogBytes(), nowMs: performance.now() })) {
      leftOut = true;
      return;
    }
    const { samples, first, capturedAtMs } = report;
    host.sendSound(
      { packet, samples, channels: report.channels === 1 ? 1 : 2, first: first || leftOut, capturedAtMs },
      Buffer.from(report.data, "base64"),
    );
    leftOut = false;
  }

  begin();

  return {
    handle(message) {
      if (message.type !== "sound") return;
      isWanted = message.on;
      failures = 0;
      choose();
    },
    viewChanged(view, before) {
      if (view.attention !== before.attention) choose();
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
      stopFollowing();
      stop();
    },
  };
}
