import type { BrowserContext } from "playwright-core";
import { z } from "zod";
import { LIVE_SOUND_BYTES_MAX } from "#lib/protocol/live-sound.ts";
import { within } from "#services/live/browser/within.ts";
import {
  type EarLimits,
  type EarReport,
  type EarScope,
  installEar,
} from "#services/live/sound/ear-script.ts";
import { EAR_URL, loadSoundExtensions } from "#services/live/sound/sound-extensions.ts";

const LIMITS: EarLimits = { silentBelow: 1e-4, silentMs: 400, queueMax: 10 };
const START_MS = 15_000;
/** After its last tab fell silent an ear's process is let go. */
const KEEP_MS = 60_000;

const reportSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("packet"),
    id: z.number(),
    data: z.base64().max(Math.ceil(LIVE_SOUND_BYTES_MAX / 3) * 4),
    samples: z.number().int().min(1).max(5_760),
    channels: z.number().int().min(1).max(2),
    first: z.boolean(),
    capturedAtMs: z.number(),
  }),
  z.object({ kind: z.literal("ended"), id: z.number() }),
]) satisfies z.ZodType<EarReport>;

export interface Hearing {
  stop(): void;
}

/** A page of our own in a context, which hears tabs of that context and, by Chromium's own rule, of no other. */
export interface Ear {
  /** @throws when the tab cannot be heard. */
  hear(options: Parameters<EarScope["start"]>[1], onReport: (report: EarReport) => void): Promise<Hearing>;
  /** Each lease is given back once. */
  release(): void;
}

interface Held {
  ear: Promise<Omit<Ear, "release">>;
  users: number;
  close(): void;
  timer?: NodeJS.Timeout;
}

const ears = new WeakMap<BrowserContext, Held>();

/** The context's one ear, opened for its first tab that is to be heard. @throws when it cannot be. */
export async function leaseEar(context: BrowserContext): Promise<Ear> {
  const held = ears.get(context) ?? open(context);
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
    return { ...(await within(held.ear, START_MS, "an ear")), release };
  } catch (error) {
    release();
    held.close();
    throw error;
  }
}

function open(context: BrowserContext): Held {
  const forget = () => {
    if (ears.get(context) === held) ears.delete(context);
  };
  const opened = openEar(context, forget);
  const held: Held = {
    ear: opened.then(({ ear }) => ear),
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
  held.ear.catch(forget);
  ears.set(context, held);
  return held;
}

async function openEar(
  context: BrowserContext,
  forget: () => void,
): Promise<{ ear: Omit<Ear, "release">; close(): Promise<void> }> {
  const browser = context.browser();
  if (!browser) throw new Error("This context has no browser.");
  await loadSoundExtensions(browser);
  const page = await context.newPage();
  const hearings = new Map<number, (report: EarReport) => void>();
  let next = 0;
  const lose = () => {
    forget();
    for (const [id, onReport] of [...hearings]) onReport({ kind: "ended", id });
    hearings.clear();
  };
  page.on("close", lose);
  page.on("crash", () => {
    lose();
    page.close().catch(() => {
      // Gone with its context.
    });
  });
  try {
    await page.goto(EAR_URL, { timeout: START_MS });
    const cdp = await context.newCDPSession(page);
    cdp.on("Runtime.bindingCalled", ({ name, payload }) => {
      if (name !== "quiHeard") return;
      const report = reportSchema.safeParse(JSON.parse(payload));
      if (!report.success) return;
      hearings.get(report.data.id)?.(report.data);
      if (report.data.kind === "ended") hearings.delete(report.data.id);
    });
    await cdp.send("Runtime.enable");
    await cdp.send("Runtime.addBinding", { name: "quiHeard" });
    const call = async (expression: string) => {
      const evaluation = cdp.send("Runtime.evaluate", { expression, awaitPromise: true });
      const { exceptionDetails } = await within(evaluation, START_MS, "an ear");
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    };
    await call(`(${installEar})(${JSON.stringify(LIMITS)})`);
    const ear: Omit<Ear, "release"> = {
      async hear(options, onReport) {
        next += 1;
        const id = next;
        const stop = () => {
          hearings.delete(id);
          call(`quiEar.stop(${id})`).catch(() => {
            // Gone with its context.
          });
        };
        hearings.set(id, onReport);
        try {
          await call(`quiEar.start(${id}, ${JSON.stringify(options)})`);
        } catch (error) {
          stop();
          throw error;
        }
        return { stop };
      },
    };
    return { ear, close: () => page.close() };
  } catch (error) {
    await page.close().catch(() => {
      // Gone with its context.
    });
    throw error;
  }
}
