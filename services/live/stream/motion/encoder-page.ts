import type { Browser, CDPSession } from "playwright-core";
import { z } from "zod";
import {
  ENCODE_QUEUE_MAX,
  type EncoderLimits,
  type EncoderReport,
  type EncoderScope,
  installEncoder,
  QUIET_SHARE,
} from "#services/live/stream/motion/encoder-script.ts";

/** WebCodecs wants a secure context. The name is reserved (RFC 2606) and answered here, never asked of a network. */
const LIMITS: EncoderLimits = { queueMax: ENCODE_QUEUE_MAX, quietShare: QUIET_SHARE };
const HELPER_URL = "https://encoder.invalid/";
const CODEC_PROBE = "avc1.42E01F";
/** After the last session the helper's process is let go. */
const KEEP_MS = 30_000;
const START_MS = 15_000;

const reportSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("chunk"),
    id: z.number(),
    stamp: z.number(),
    key: z.boolean(),
    data: z.string(),
  }),
  z.object({ kind: z.literal("dropped"), id: z.number(), stamp: z.number() }),
  z.object({ kind: z.literal("failed"), id: z.number() }),
]) satisfies z.ZodType<EncoderReport>;

export interface EncoderSession {
  frame(jpeg: Buffer, options: { key: boolean; stamp: number }): void;
  setBitrate(bitrate: number): void;
  close(): void;
}

export interface EncoderPage {
  open(
    config: Parameters<EncoderScope["start"]>[1],
    onReport: (report: EncoderReport) => void,
  ): EncoderSession;
  release(): void;
}

interface Held {
  page: Promise<EncoderPage | null>;
  users: number;
  close(): void;
  timer?: NodeJS.Timeout;
}

const helpers = new WeakMap<Browser, Held>();

/**
 * The one helper page of a browser, in a context of its own that no web page shares: none can
 * name, open or message it. Null where this Chromium has no H.264. Released by each user;
 * it ends some time after the last.
 */
export async function leaseEncoderPage(browser: Browser): Promise<EncoderPage | null> {
  let held = helpers.get(browser);
  if (!held) {
    const opened = openHelper(browser);
    const created: Held = {
      page: opened.then(({ page }) => page),
      users: 0,
      close() {
        helpers.delete(browser);
        opened
          .then(({ close }) => close())
          .catch(() => {
            // Gone with its browser.
          });
      },
    };
    created.page.catch(created.close);
    helpers.set(browser, created);
    held = created;
  }
  const { users } = held;
  held.users = users + 1;
  clearTimeout(held.timer);
  const page = await held.page;
  if (!page) return null;
  let released = false;
  const lease = held;
  return {
    ...page,
    release() {
      if (released) return;
      released = true;
      lease.users -= 1;
      if (lease.users === 0) lease.timer = setTimeout(lease.close, KEEP_MS).unref();
    },
  };
}

async function openHelper(browser: Browser): Promise<{ page: EncoderPage | null; close(): Promise<void> }> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const close = () => context.close();
  try {
    await context.route("**", (route) =>
      route.request().url() === HELPER_URL
        ? route.fulfill({
            contentType: "text/html",
            headers: { "content-security-policy": "default-src 'none'" },
            body: "<!doctype html><title>encoder</title>",
          })
        : route.abort(),
    );
    const page = await context.newPage();
    await page.goto(HELPER_URL, { timeout: START_MS });
    const isSupported = await page.evaluate(
      async (codec) =>
        typeof VideoEncoder === "function" &&
        (
          await VideoEncoder.isConfigSupported({
            codec,
            width: 1280,
            height: 720,
            bitrate: 3_000_000,
            latencyMode: "realtime",
            avc: { format: "annexb" },
          })
        ).supported === true,
      CODEC_PROBE,
    );
    if (!isSupported) return { page: null, close };
    const cdp = await context.newCDPSession(page);
    return { page: await createEncoderPage(cdp), close };
  } catch (error) {
    await close().catch(() => {
      // Gone with its browser.
    });
    throw error;
  }
}

async function createEncoderPage(cdp: CDPSession): Promise<EncoderPage> {
  const sessions = new Map<number, (report: EncoderReport) => void>();
  let next = 0;
  cdp.on("Runtime.bindingCalled", ({ name, payload }) => {
    if (name !== "quiEncoded") return;
    const report = reportSchema.safeParse(JSON.parse(payload));
    if (report.success) sessions.get(report.data.id)?.(report.data);
  });
  await cdp.send("Runtime.enable");
  await cdp.send("Runtime.addBinding", { name: "quiEncoded" });
  await cdp.send("Runtime.evaluate", { expression: `(${installEncoder})(${JSON.stringify(LIMITS)})` });
  const call = (expression: string) =>
    void cdp.send("Runtime.evaluate", { expression }).catch(() => {
      // Gone with its browser, which ends every tab.
    });
  return {
    open(config, onReport) {
      next += 1;
      const id = next;
      sessions.set(id, onReport);
      call(`quiEncoder.start(${id}, ${JSON.stringify(config)})`);
      return {
        frame(jpeg, options) {
          call(`quiEncoder.frame(${id}, "${jpeg.toString("base64")}", ${JSON.stringify(options)})`);
        },
        setBitrate(bitrate) {
          call(`quiEncoder.bitrate(${id}, ${bitrate})`);
        },
        close() {
          sessions.delete(id);
          call(`quiEncoder.stop(${id})`);
        },
      };
    },
    release() {},
  };
}
