import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";

const SHOT_MS = 15_000;
/**
 * When a picture is asked for again: of a large view Chromium may never answer the first wish (measured at 3840×2160,
 * one in two while the page is new), and it answers the second one at once.
 */
const AGAIN_MS = [2_500, 7_500];

const shots = new WeakMap<CDPSession, Promise<unknown>>();

/**
 * The view as PNG with every pixel of the panel, one at a time for each page: two at once disturb each other
 * (measured, Chromium 156). Whoever wants a picture of a live tab comes here.
 */
export function takeScreenshot(cdp: CDPSession): Promise<Buffer> {
  const taken = (shots.get(cdp) ?? Promise.resolve()).then(async () => {
    return Buffer.from(await within(capture(cdp), SHOT_MS, "a screenshot"), "base64");
  });
  const settled = taken.catch(() => {
    // Whoever asked for it knows; the next one need not.
  });
  shots.set(cdp, settled);
  return taken;
}

/** The first answer to any of a few wishes for the same picture. */
async function capture(cdp: CDPSession): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const ask = () =>
    cdp
      .send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true })
      .then(({ data }) => resolve(data), reject);
  const again = AGAIN_MS.map((ms) => setTimeout(ask, ms));
  void ask();
  try {
    return await promise;
  } finally {
    for (const timer of again) clearTimeout(timer);
  }
}
