import { expect, press, test } from "../fixtures/live-test.ts";

test("a window that is loaded again, or left and come back to, has its live pages as they were", async ({
  page,
  live,
}) => {
  const shown = page.getByText(/^Live page shown$/);
  const app = page.getByRole("application", { name: "A journal kept by a script, live" });
  // The reader finds nothing here, so that it opens live by itself.
  await page.goto(`/space?url=${encodeURIComponent(`${live.origin}/journal`)}`);
  await expect(shown).toBeAttached({ timeout: 20_000 });
  await expect(async () => {
    await press(page, 100, 30);
    await expect.poll(() => live.last("focus"), { timeout: 2_000 }).toBe("note");
  }).toPass();
  await page.keyboard.type("half");
  await expect.poll(() => live.last("note")).toBe("half");
  // Who walked here by keys is told where the focus is, and nobody else.
  await expect(app).not.toHaveAttribute("data-ring");
  await page.keyboard.press("Control+l");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("F6");
  await expect(app).toHaveAttribute("data-ring");

  await page.reload();
  await expect(shown).toBeAttached({ timeout: 20_000 });
  await press(page, 100, 30);
  await page.keyboard.press("End");
  await page.keyboard.type(" done");
  await expect.poll(() => live.last("note")).toBe("half done");

  await page.goto(`${live.origin}/elsewhere`);
  await expect(page.getByText("Nothing here.")).toBeVisible();
  await page.goBack();
  await expect(shown).toBeAttached({ timeout: 20_000 });
  await press(page, 100, 30);
  await page.keyboard.press("End");
  await page.keyboard.type(" again");
  await expect.poll(() => live.last("note")).toBe("half done again");
  expect(live.seen.filter(({ what }) => what === "opened")).toHaveLength(1);
});
