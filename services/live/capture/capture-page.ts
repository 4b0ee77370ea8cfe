import type { BrowserContext } from "playwright-core";
import { z } from "zod";
import { within } from "#services/live/browser/within.ts";
import { CAPTURE_URL, loadCaptureExtensions } from "#services/live/capture/capture-extensions.ts";
import { type CaptureLimits, installCapture } from "#services/live/capture/capture-script.ts";

/**
 * Patient, since a tab that is taken for lost is opened anew, and what its page held is gone. A start with sound may
 * ask twice for so long, and must have its answer well before `START_MS`, which says nothing of the tab.
 */
const LIMITS: CaptureLimits = { againMs: 50, againForMs: 5_000 };
const START_MS = 15_000;
/** After its last user a page's process is let go. */
const KEEP_MS = 60_000;

const calledSchema = z.looseObject({ id: z.number(), kind: z.string() });

/** What is told of a capture; whoever started it knows its shape. */
export type CaptureReport = z.infer<typeof calledSchema>;

export interface Capture {
  /** Calls a method of the kind in the page, with what JSON can carry. Never waits, never throws. */
  tell(method: string, ...args: unknown[]): void;
  stop(): void;
}

/** What a page can capture: its name there, and the text that puts it there, which runs once in each page. */
export interface Capturing {
  name: "quiSound" | "quiPicture";
  script: string;
}

/** A page of our own in a context, which captures tabs of that context and, by Chromium's own rule, of no other. */
export interface CapturePage {
  /**
   * `ended` is the last report of a capture that was not stopped.
   * @throws when the tab cannot be captured; `TabLostError` when it never can be.
   */
  start(capturing: Capturing, options: object, onReport: (report: CaptureReport) => void): Promise<Capture>;
  /** Each lease is given back once. */
  release(): void;
  /** Ends the page with all its captures, which begin anew in another one: for one that Chromium has lost track of. */
  renew(): void;
}

/** Chromium takes this tab for captured as long as it lives, and shows it to nobody. */
export class TabLostError extends Error {}

/** What Chromium says of such a tab however often it is asked; of one whose last capture is still ending, not for long. */
const isForGood = (error: unknown): error is Error =>
  error instanceof Error && error.message.includes("active stream");

type Opened = Pick<CapturePage, "start">;

interface Held {
  page: Promise<Opened>;
  users: number;
  close(): void;
  timer?: NodeJS.Timeout;
}

const pages = new WeakMap<BrowserContext, Held>();

/** The context's one capture page, opened for the first that needs it. @throws when it cannot be. */
export async function leaseCapturePage(context: BrowserContext): Promise<CapturePage> {
  const held = pages.get(context) ?? open(context);
  held.users += 1;
  clearTimeout(held.timer);
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    held.users -= 1;
    if (held.users === 0) held.timer = setTimeout(held.close, KEEP_MS).unref();
  };
  try {
    return { ...(await within(held.page, START_MS, "a capture page")), release, renew: held.close };
  } catch (error) {
    release();
    held.close();
    throw error;
  }
}

function open(context: BrowserContext): Held {
  const forget = () => {
    if (pages.get(context) === held) pages.delete(context);
  };
  const opened = openPage(context, forget);
  const held: Held = {
    page: opened.then(({ page }) => page),
    users: 0,
    close() {
      forget();
      opened
        .then(({ close }) => close())
        .catch(() => {
          // It never opened, or is gone with its context.
        });
    },
  };
  held.page.catch(forget);
  pages.set(context, held);
  return held;
}

async function openPage(
  context: BrowserContext,
  forget: () => void,
): Promise<{ page: Opened; close(): Promise<void> }> {
  const browser = context.browser();
  if (!browser) throw new Error("This context has no browser.");
  await loadCaptureExtensions(browser);
  const page = await context.newPage();
  const captures = new Map<number, (report: CaptureReport) => void>();
  let next = 0;
  const lose = () => {
    forget();
    for (const [id, onReport] of [...captures]) onReport({ kind: "ended", id });
    captures.clear();
  };
  page.on("close", lose);
  page.on("crash", () => {
    lose();
    page.close().catch(() => {
      // Gone with its context.
    });
  });
  try {
    await page.goto(CAPTURE_URL, { timeout: START_MS });
    const cdp = await context.newCDPSession(page);
    cdp.on("Runtime.bindingCalled", ({ name, payload }) => {
      if (name !== "quiCaptured") return;
      const report = calledSchema.safeParse(JSON.parse(payload));
      if (!report.success) return;
      const { id, kind } = report.data;
      const onReport = captures.get(id);
      if (kind === "ended") captures.delete(id);
      onReport?.(report.data);
    });
    await cdp.send("Runtime.enable");
    await cdp.send("Runtime.addBinding", { name: "quiCaptured" });
    const call = async (expression: string) => {
      const evaluation = cdp.send("Runtime.evaluate", { expression, awaitPromise: true });
      const { exceptionDetails } = await within(evaluation, START_MS, "a capture page");
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    };
    await call(`(${installCapture})(${JSON.stringify(LIMITS)})`);
    const installed = new Map<string, Promise<void>>();
    return {
      page: {
        async start({ name, script }, options, onReport) {
          const ready = installed.get(name) ?? call(script);
          installed.set(name, ready);
          await ready;
          next += 1;
          const id = next;
          const tell = (method: string, ...args: unknown[]) => {
            const expression = `${name}.${method}(${[id, ...args].map((arg) => JSON.stringify(arg)).join()})`;
            cdp.send("Runtime.evaluate", { expression }).catch(() => {
              // Gone with its context, which ends its captures.
            });
          };
          const stop = () => {
            captures.delete(id);
            tell("stop");
          };
          captures.set(id, onReport);
          try {
            await call(`${name}.start(${id}, ${JSON.stringify(options)})`);
          } catch (error) {
            stop();
            throw isForGood(error) ? new TabLostError(error.message) : error;
          }
          return { tell, stop };
        },
      },
      close: () => page.close(),
    };
  } catch (error) {
    await page.close().catch(() => {
      // Gone with its context.
    });
    throw error;
  }
}
