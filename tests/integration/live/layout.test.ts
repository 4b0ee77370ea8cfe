import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { applyView } from "#services/live/page-state/apply-view.ts";
import { takeScreenshot } from "#services/live/stream/take-screenshot.ts";
import { boundCdp } from "#services/live/tab/bound-cdp.ts";
import type { LiveView, TabHost } from "#services/live/tab/tab-host.ts";
import { CHROMIUM_ARGS } from "../../fixtures/chromium-args.ts";

const executablePath = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find(
  (path) => path && existsSync(path),
);
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
});
afterAll(() => browser.close());

it("a page keeps the layout it was given while a screenshot of it was taken", async () => {
  const context = await browser.newContext({ viewport: null });
  const page = await context.newPage();
  const cdp = boundCdp(await context.newCDPSession(page));
  await page.setContent("<p>Something to take a picture of</p>");
  let view: LiveView = {
    viewport: { width: 994, height: 795, dpr: 1 },
    device: { mode: "desktop", dark: false, reducedMotion: false, language: "en" },
    level: "off",
    zoom: 1,
    attention: "focused",
  };
  const layout = await applyView({ cdp, getView: () => view } as unknown as TabHost);
  for (const [width, dpr] of [
    [994, 0.5],
    [640, 2],
    [994, 1],
  ] as const) {
    const before = view;
    const shot = takeScreenshot(cdp);
    // Asked for, and the change comes before it is there.
    await cdp.send("Browser.getVersion");
    view = { ...view, viewport: { ...view.viewport, width, dpr } };
    layout.viewChanged?.(view, before);
    await shot;
    const size = { width: Math.round(width * dpr), height: Math.round(795 * dpr) };
    await expect.poll(() => page.evaluate(() => [innerWidth, devicePixelRatio])).toEqual([width, dpr]);
    await expect
      .poll(async () => {
        const png = await takeScreenshot(cdp);
        return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
      })
      .toEqual(size);
  }
  await context.close();
});
