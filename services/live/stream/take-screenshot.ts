import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";

const SHOT_MS = 15_000;

const shots = new WeakMap<CDPSession, Promise<unknown>>();

/**
 * The view as PNG with every pixel of the panel, one at a time for each page: two at once disturb each other
 * (measured, Chromium 156). Whoever wants a picture of a live tab comes here.
 */
export function takeScreenshot(cdp: CDPSession): Promise<Buffer> {
  const taken = (shots.get(cdp) ?? Promise.resolve()).then(async () => {
    const shot = cdp.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
    return Buffer.from((await within(shot, SHOT_MS, "a screenshot")).data, "base64");
  });
  const settled = taken.catch(() => {
    // Whoever asked for it knows; the next one need not.
  });
  shots.set(cdp, settled);
  return taken;
}
