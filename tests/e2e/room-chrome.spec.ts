import type { Page } from "@playwright/test";
import sharp from "sharp";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";
import { expectNoAxeFaults } from "../fixtures/expect-no-axe-faults.ts";
import { makeDocument, makePage, paragraph } from "../fixtures/make-document.ts";
import { servePages } from "../fixtures/reading-pages.ts";
import { controlPoint, pressControl } from "../fixtures/room-controls.ts";
import { enterRoom, pointOn, readPanel, WITH_WEBGL, waitForPanel } from "../fixtures/room-view.ts";

test.use(WITH_WEBGL);
// WebGL drawn by the processor: a frame can take half a second when others compute beside it.
test.describe.configure({ timeout: 150_000 });

async function openRoom(page: Page, addresses: readonly string[], title: string): Promise<void> {
  await openSpace(page, "/space?audit");
  for (const address of addresses) await visit(page, address);
  await expect(articleHeading(page, title)).toBeVisible();
  await enterRoom(page);
  await waitForPanel(page, title);
}

/** How much nearer a panel's edges stand than its middle, in metres. */
function bendOf(page: Page, title: string): Promise<number> {
  return page.evaluate((wanted) => {
    const panel = window.__quiAudit?.panels.find((each) => each.title === wanted);
    return (panel?.hit(0, 0.5)[2] ?? 0) - (panel?.hit(0.5, 0.5)[2] ?? 0);
  }, title);
}

test("a panel obeys its bar, its corners and the menu of the room", async ({ page, site }) => {
  await openRoom(page, [`${site.origin}/lighthouse`, `${site.origin}/harbour`], "Harbours");

  await test.step("the buttons of its bar do what they say", async () => {
    await pressControl(page, "bar back");
    await waitForPanel(page, "Lighthouses");
    await pressControl(page, "bar forward");
    await waitForPanel(page, "Harbours");

    const asked = site.requests.filter((path) => path === "/harbour").length;
    await pressControl(page, "bar reload");
    await expect
      .poll(() => site.requests.filter((path) => path === "/harbour").length)
      .toBeGreaterThan(asked);

    await pressControl(page, "bar zoomIn");
    await expect.poll(async () => (await readPanel(page, "Harbours")).zoom).toBeGreaterThan(1.05);
    await pressControl(page, "bar zoomOut");
    await expect.poll(async () => (await readPanel(page, "Harbours")).zoom).toBeLessThan(1.05);

    await pressControl(page, "bar curve");
    await expect.poll(() => bendOf(page, "Harbours")).toBeGreaterThan(0.01);
    await pressControl(page, "bar curve");
    await expect.poll(() => bendOf(page, "Harbours")).toBeLessThan(0.001);
  });

  await test.step("closed by its bar it comes back from the menu", async () => {
    await pressControl(page, "bar close");
    await expect(page.getByRole("tab", { name: "Harbours" })).toHaveCount(0);
    await page.getByRole("button", { name: "Room menu" }).click();
    await pressControl(page, "row tab.reopen");
    await waitForPanel(page, "Harbours");
  });

  await test.step("it is moved by the bar below it, and made larger by its corner", async () => {
    const before = await pointOn(page, "Harbours", 0.5, 0.5);
    const widthBefore = (await readPanel(page, "Harbours")).cssWidth;

    const bar = await controlPoint(page, "move");
    await page.mouse.move(bar.x, bar.y);
    await page.mouse.down();
    await page.mouse.move(bar.x - 220, bar.y - 20, { steps: 6 });
    await page.mouse.up();
    await expect.poll(async () => (await pointOn(page, "Harbours", 0.5, 0.5)).x).toBeLessThan(before.x - 120);

    const corner = await controlPoint(page, "resize left");
    await page.mouse.move(corner.x, corner.y);
    await page.mouse.down();
    await page.mouse.move(corner.x - 90, corner.y + 20, { steps: 6 });
    await page.mouse.up();
    await expect
      .poll(async () => (await readPanel(page, "Harbours")).cssWidth)
      .toBeGreaterThan(widthBefore * 1.05);
  });

  await test.step("the menu sets the panels out by a preset and keeps what is set for the room", async () => {
    const before = await readPanel(page, "Harbours");
    await page.keyboard.press("Alt+m");
    await pressControl(page, "row page layouts");
    await pressControl(page, "row layout.preset.theatre");
    await expect
      .poll(async () => (await readPanel(page, "Harbours")).worldCorners)
      .not.toEqual(before.worldCorners);

    await pressControl(page, "menu back");
    await pressControl(page, "row page settings");
    await pressControl(page, "row room.highContrast");
    await page.keyboard.press("Escape");
    await expect
      .poll(() =>
        page.evaluate(() => JSON.parse(localStorage.getItem("qui-room-settings") ?? "{}").highContrast),
      )
      .toBe(true);
  });
});

test("a title in Japanese is painted with the system's letters", async ({ page }) => {
  const address = "https://site.test/ja";
  const source = {
    url: address,
    finalUrl: address,
    canonicalUrl: null,
    fetchedAt: "2026-11-20T10:00:00.000Z",
  };
  const title = "灯台と港の歴史";
  await servePages(page, {
    [address]: makePage(makeDocument([paragraph("本文です。")], { title, lang: "ja", source })),
  });
  await openSpace(page, "/space?audit");
  await visit(page, address);
  await enterRoom(page);
  await waitForPanel(page, title);
  const { x, y } = await controlPoint(page, "bar address");
  // The title is the upper of two lines, at the left half of its place.
  const clip = { x: x - 90, y: y - 16, width: 100, height: 16 };
  await expect
    .poll(async () => {
      const { data, info } = await sharp(await page.screenshot({ clip }))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const bright = data.reduce((sum, value) => sum + (value > 150 ? 1 : 0), 0);
      return bright / (info.width * info.height);
    })
    .toBeGreaterThan(0.08);
});

test("the room's toolbar has no fault and says why a device without a headset cannot enter", async ({
  page,
  site,
}) => {
  await openRoom(page, [`${site.origin}/lighthouse`], "Lighthouses");
  // The drawing of the room holds colours back for a moment when the theme changes.
  await expect(() => expectNoAxeFaults(page)).toPass({ timeout: 40_000 });
  await page.getByRole("button", { name: /^Enter VR/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("No headset that shows web pages in VR was found.")).toBeVisible();
  await page.getByRole("button", { name: "Environment" }).click();
  await expect(page.getByRole("menuitemcheckbox", { name: /forest/i })).toBeVisible();
});
