import AxeBuilder from "@axe-core/playwright";
import { devices } from "@playwright/test";
import { articleHeading, expect, test } from "../fixtures/browser-test.ts";

const { viewport, userAgent, deviceScaleFactor } = devices["Pixel 7"];
test.use({ viewport, userAgent, deviceScaleFactor, hasTouch: true, isMobile: true });

test("reads, changes tabs and goes back with the thumb", async ({ page, site }) => {
  await page.goto("/space");
  // The frame has taken over from what the server drew.
  await expect(page.getByRole("button", { name: "Tabs, 1 open" })).toBeVisible();
  await page.getByRole("button", { name: "Type an address or search" }).tap();
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(`${site.origin}/lighthouse`);
  await page.getByRole("option", { name: /Open/ }).tap();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();

  await page.getByRole("button", { name: "Tabs, 1 open" }).tap();
  await page.getByRole("dialog").getByRole("button", { name: "New tab" }).tap();
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(`${site.origin}/harbour`);
  await page.keyboard.press("Enter");
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await page.getByRole("tabpanel", { name: "Harbours" }).getByRole("link", { name: "Ferries" }).tap();
  await expect(articleHeading(page, "Ferries")).toBeVisible();
  await page.getByRole("button", { name: "Back" }).tap();
  await expect(articleHeading(page, "Harbours")).toBeVisible();

  await page.getByRole("button", { name: "Tabs, 2 open" }).tap();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Lighthouses/ })
    .first()
    .tap();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});

test("a swipe from the edge goes back only when it is far enough", async ({ page, site }) => {
  await page.goto(`/space?url=${encodeURIComponent(`${site.origin}/lighthouse`)}`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page.getByRole("tabpanel").getByRole("link", { name: "Ferries" }).tap();
  await expect(articleHeading(page, "Ferries")).toBeVisible();
  const client = await page.context().newCDPSession(page);
  const swipe = async (to: number) => {
    const at = (x: number) => ({ touchPoints: [{ x, y: 400 }] });
    await client.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(4) });
    for (let x = 14; x <= to; x += 10)
      await client.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(x) });
    await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await swipe(50);
  await expect(articleHeading(page, "Ferries")).toBeVisible();
  await swipe(140);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});

test("every control is large enough for a finger, and axe finds nothing", async ({ page, site }) => {
  await page.goto(`/space?url=${encodeURIComponent(`${site.origin}/lighthouse`)}`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  for (const button of await page.getByRole("navigation", { name: "Browsing" }).getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("button", { name: "Tabs, 1 open" }).tap();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.emulateMedia({ reducedMotion: "reduce" });
  const overview = await new AxeBuilder({ page }).analyze();
  expect(overview.violations.map(({ id }) => id)).toEqual([]);
});
