import type { Page } from "@playwright/test";
import { articleHeading, openSpace, visit } from "../fixtures/browser-test.ts";
import { expect, type Headset, test } from "../fixtures/xr/xr-test.ts";

/** Where a key or a suggestion stands, once it does. */
async function keyAt(page: Page, headset: Headset, id: string) {
  await expect.poll(() => page.evaluate((key) => window.__quiAudit?.key(key) ?? null, id), id).not.toBeNull();
  // It is put into its place with the next frame.
  await headset.frames(2);
  const [x = 0, y = 0, z = 0] = await page.evaluate((key) => window.__quiAudit?.key(key) ?? [], id);
  return { x, y, z };
}

async function pressKeys(page: Page, headset: Headset, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await headset.aim("right", await keyAt(page, headset, id));
    await headset.click("right");
  }
}

test("letters typed on the keyboard of the room find a page read before, in the session and after it", async ({
  page,
  site,
  headset,
}) => {
  // Each press takes frames, and frames are drawn by the processor here.
  test.slow();
  await openSpace(page, "/space?audit");
  for (const [path, title] of [
    ["harbour", "Harbours"],
    ["lighthouse", "Lighthouses"],
  ] as const) {
    await visit(page, `${site.origin}/${path}`);
    await expect(articleHeading(page, title)).toBeVisible();
  }
  await visit(page, ">Enter VR");
  await headset.entered();
  await page.keyboard.press("Control+l");
  await pressKeys(page, headset, ["h", "a", "r", "b"]);
  // The first is what Enter does with the letters alone: a search.
  await pressKeys(page, headset, ["suggestion-1"]);
  await expect
    .poll(() => page.evaluate(() => window.__quiAudit?.panels.map(({ title }) => title)))
    .toEqual(["Harbours"]);
  // The keyboard has done its work.
  expect(await page.evaluate(() => window.__quiAudit?.key("a"))).toBeNull();
  await page.keyboard.press("Alt+v");
  await headset.left();
  await expect(articleHeading(page, "Harbours")).toBeVisible();
});
