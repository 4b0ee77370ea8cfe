import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";

const SHOT_MS = 15_000;
/** Chromium puts the view back a moment after it has answered. */
const AFTER_MS = 1000;

interface Shots {
  last: Promise<unknown>;
  running: number;
  endedAtMs: number;
}

const shots = new WeakMap<CDPSession, Shots>();

/**
 * The view as PNG at its own density, one at a time for each page: Chromium enlarges the view for it, and two at once
 * leave it enlarged (measured, Chromium 156). Whoever wants a picture of a live tab comes here.
 */
export function takeScreenshot(cdp: CDPSession): Promise<Buffer> {
  const own = shots.get(cdp) ?? { last: Promise.resolve(), running: 0, endedAtMs: 0 };
  shots.set(cdp, own);
  own.running += 1;
  const taken = own.last.then(async () => {
    try {
      const shot = cdp.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
      return Buffer.from((await within(shot, SHOT_MS, "a screenshot")).data, "base64");
    } finally {
      own.running -= 1;
      own.endedAtMs = Date.now() + AFTER_MS;
    }
  });
  own.last = taken.catch(() => {
    // Whoever asked for it knows; the next one need not.
  });
  return taken;
}

/** Whether the view may have been enlarged at that time, milliseconds since the epoch. */
export function wasShooting(cdp: CDPSession, atMs: number): boolean {
  const own = shots.get(cdp);
  return own !== undefined && (own.running > 0 || atMs <= own.endedAtMs);
}
