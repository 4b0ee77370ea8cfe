import { openSpace, visit } from "../fixtures/browser-test.ts";
import { expect, test } from "../fixtures/xr/xr-test.ts";

test.describe.configure({ timeout: 150_000 });

test("in a headset the dialogs of the flat view are pages of the menu, and a launcher leads to it", async ({
  page,
  site,
  headset,
}) => {
  await openSpace(page, "/space?audit");
  await visit(page, `${site.origin}/lighthouse`);
  await expect(page.getByRole("tabpanel").getByText("Paragraph 1 of").first()).toBeVisible();
  await visit(page, ">Enter VR");
  await headset.entered();
  const controls = () => page.evaluate(() => window.__quiAudit?.controls ?? []);
  await expect.poll(controls).toContain("launcher menu");

  await page.keyboard.press("Control+,");
  await expect.poll(controls).toContain("row room.highContrast");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("Control+Shift+A");
  await expect.poll(async () => (await controls()).some((id) => id.startsWith("side "))).toBe(true);
  await page.keyboard.press("Escape");
  await expect.poll(controls).not.toContain("menu close");
  await page.keyboard.press("Alt+v");
  await headset.left();
});
