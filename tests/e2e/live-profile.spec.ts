import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { openSpace, visit } from "../fixtures/browser-test.ts";
import { expect, focusField, openLivePage, test } from "../fixtures/live-test.ts";

async function openLiveSettings(page: Page) {
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Settings" });
  const live = settings.getByRole("region", { name: "Live pages" });
  await live.scrollIntoViewIfNeeded();
  return live;
}

test("who chose to stay signed in is so after the last tab closed, can read what is kept, and erase it", async ({
  page,
  live,
}) => {
  await openSpace(page);
  const before = await openLiveSettings(page);
  await expect(before.getByRole("button", { name: "Erase it" })).toHaveCount(0);
  await before.getByText("Keep", { exact: true }).click();
  await expect(before.getByText(/^Kept on Qui’s server, encrypted/)).toBeVisible();

  await openLivePage(page, `${live.origin}/login`);
  await focusField(page, live, { x: 200, y: 30, name: "name" });
  await page.keyboard.type("ada");
  await page.keyboard.press("Tab");
  await expect.poll(() => live.last("focus")).toBe("password");
  await page.keyboard.type("lovelace");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle("Account of ada – Qui");
  // From now on the site opens live by itself.
  await page.getByRole("button", { name: /^About this page/ }).click();
  await page.getByLabel("Pages open").selectOption("live");
  // It shows what is kept, and so once it is.
  await expect(page.getByLabel("Pages open")).toHaveValue("live");
  await page.keyboard.press("Escape");

  await page.keyboard.press("Alt+w");
  await expect(page.getByRole("application")).toHaveCount(0);
  await visit(page, `${live.origin}/account`);
  await expect(page).toHaveTitle("Account of ada – Qui", { timeout: 20_000 });

  const after = await openLiveSettings(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    after.getByRole("button", { name: "Download what is kept" }).click(),
  ]);
  const kept = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(kept.state.cookies).toMatchObject([{ name: "who", value: "ada", domain: "localhost" }]);

  const reloaded = page.waitForEvent("load");
  await after.getByRole("button", { name: "Erase it" }).click();
  await reloaded;
  await visit(page, `${live.origin}/account`);
  await expect(page).toHaveTitle("Sign in – Qui", { timeout: 20_000 });
});
