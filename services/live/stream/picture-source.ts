import type { CaptureSize } from "#lib/core/live/fit-capture.ts";
import { getLog } from "#lib/node/log/log.ts";
import {
  type Capture,
  type CapturePage,
  type CaptureReport,
  leaseCapturePage,
  TabLostError,
} from "#services/live/capture/capture-page.ts";
import { watchTabs } from "#services/live/capture/watch-tabs.ts";
import { chooseCodec, PICTURE, pictureSchema } from "#services/live/stream/picture-capturing.ts";
import type {
  PictureOptions,
  PictureReport,
  PictureRequest,
} from "#services/live/stream/picture-messages.ts";
import { getLayoutTurns } from "#services/live/tab/layout-turns.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

const AGAIN_MS = 500;
/** In a row, after which the page that captures is made anew; and then the tab cannot be shown and ends. */
const FAILURES_RENEW = 3;
const FAILURES_MAX = 6;

export interface SourceSize extends CaptureSize {
  framesPerS: number;
}

export interface PictureSourceOptions {
  host: TabHost;
  onReport(report: PictureReport): void;
  /** A capture began: nothing is known to the client of it, and nothing is asked. */
  onBegin(): void;
}

/** Keeps a capture of the tab running, through crashes and changes of size. */
export interface PictureSource {
  /** Null ends it. The same size again changes nothing. */
  want(size: SourceSize | null): void;
  /** @returns whether there was anyone to ask. */
  ask(request: PictureRequest): boolean;
  /** The client may show anything. */
  forget(): void;
  dispose(): void;
}

export function createPictureSource({ host, onReport, onBegin }: PictureSourceOptions): PictureSource {
  let wanted: SourceSize | null = null;
  let page: CapturePage | null = null;
  let capture: Capture | null = null;
  let tabId: number | null = null;
  /** Counts beginnings and ends: what began before the last of them is thrown away. */
  let turn = 0;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  const turns = getLayoutTurns(host.cdp);

  async function findTab(): Promise<number> {
    const browser = host.context.browser();
    if (!browser) throw new Error("This context has no browser.");
    const { targetInfo } = await host.cdp.send("Target.getTargetInfo");
    const found = await (await watchTabs(browser)).find(targetInfo.targetId);
    if (found === null) throw new Error("Chromium knows no such tab.");
    return found;
  }

  function end(): void {
    clearTimeout(timer);
    turn += 1;
    capture?.stop();
    capture = null;
  }

  function leave(): void {
    end();
    page?.release();
    page = null;
  }

  async function begin(size: SourceSize): Promise<void> {
    end();
    const mine = turn;
    const isOld = () => mine !== turn;
    try {
      await host.stands;
      if (isOld()) return;
      tabId ??= await findTab();
      if (isOld()) return;
      if (!page) {
        const leased = await leaseCapturePage(host.context);
        if (isOld()) {
          leased.release();
          return;
        }
        page = leased;
      }
      // A view that is still of the old size would be captured with bars beside it.
      await new Promise<void>((resolve) => turns.pass(resolve));
      if (isOld()) return;
      const { width, height } = size;
      const options: PictureOptions = {
        ...size,
        tabId,
        codec: chooseCodec(width, height),
        webp: host.codecs.has("webp"),
      };
      const begun = await page.start(PICTURE, options, (told) => {
        if (!isOld()) receive(told);
      });
      if (isOld()) {
        begun.stop();
        return;
      }
      capture = begun;
      onBegin();
    } catch (error) {
      if (!isOld()) retry(error);
    }
  }

  function retry(error: unknown): void {
    if (error instanceof TabLostError) {
      leave();
      host.fail(error, "picture-lost");
      return;
    }
    failures += 1;
    if (failures === FAILURES_RENEW) page?.renew();
    leave();
    if (failures >= FAILURES_MAX) {
      host.fail(error);
      return;
    }
    getLog().debug({ err: error }, "a live tab cannot be captured");
    timer = setTimeout(() => {
      if (wanted) void begin(wanted);
    }, AGAIN_MS).unref();
  }

  function receive(told: CaptureReport): void {
    if (told.kind === "ended") {
      retry(new Error("The capture of a tab ended."));
      return;
    }
    const { data } = pictureSchema.safeParse(told);
    if (!data) return;
    failures = 0;
    onReport(data);
  }

  return {
    want(size) {
      if (JSON.stringify(size) === JSON.stringify(wanted)) return;
      wanted = size;
      if (size) void begin(size);
      else leave();
    },
    ask(request) {
      capture?.tell("ask", request);
      return capture !== null;
    },
    forget: () => capture?.tell("forget"),
    dispose() {
      wanted = null;
      leave();
    },
  };
}
