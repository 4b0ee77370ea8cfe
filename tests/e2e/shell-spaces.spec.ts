import type { Page } from "@playwright/test";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";

async function openTabs(page: Page, origin: string, paths: readonly string[]): Promise<void> {
  await openSpace(page);
  for (const [place, path] of paths.entries()) {
    if (place > 0) await page.keyboard.press("Alt+t");
    await visit(page, `${origin}/${path}`);
    await expect(page.getByRole("tabpanel").getByRole("heading", { level: 1 }).first()).toBeVisible();
  }
}

async function runByName(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+Shift+k");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

test("tabs are grouped, named, folded and unfolded by keyboard", async ({ page, site }) => {
  await openTabs(page, site.origin, ["lighthouse", "harbour"]);
  await runByName(page, "add tab to new group");
  await expect(page.getByRole("dialog", { name: "Name this group" })).toBeVisible();
  await page.keyboard.type("Coast");
  await page.keyboard.press("Enter");
  await runByName(page, "fold group");
  await expect(page.getByRole("tab", { name: "Coast, folded group of 1 tabs" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Harbours" })).toHaveCount(0);
  await page.reload();
  await page.getByRole("tab", { name: "Lighthouses" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: /Coast/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: "Harbours" })).toBeVisible();
});

test("a pinned tab stands first and survives closing the others", async ({ page, site }) => {
  await openTabs(page, site.origin, ["lighthouse", "harbour"]);
  await page.keyboard.press("Alt+p");
  await expect(page.getByRole("tab").first()).toHaveAccessibleName("Harbours, pinned");
  await page.getByRole("tab", { name: "Lighthouses" }).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Close other tabs" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("one window goes from space to space, and each keeps its tabs and name", async ({ page, site }) => {
  await openTabs(page, site.origin, ["lighthouse"]);
  await runByName(page, "spaces");
  await page.getByRole("button", { name: "Rename this space" }).click();
  await page.keyboard.type("By the sea");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /By the sea.*this window/ })).toBeVisible();
  await page.getByRole("button", { name: "New space" }).click();
  await expect(page.getByRole("tab")).toHaveText(["New tab"]);
  await visit(page, `${site.origin}/ferry`);
  await expect(articleHeading(page, "Ferries")).toBeVisible();
  await runByName(page, "spaces");
  await page.getByRole("button", { name: /^By the sea/ }).click();
  await expect(page.getByRole("tab")).toHaveText(["Lighthouses"]);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});

test("a space that is open elsewhere is named so and not opened twice", async ({ page, context, site }) => {
  await openTabs(page, site.origin, ["lighthouse"]);
  const second = await context.newPage();
  await openTabs(second, site.origin, ["ferry"]);
  await runByName(second, "spaces");
  await expect(second.getByRole("button", { name: /Lighthouses.*open in another window/ })).toBeDisabled();
});

test("zoom is shown while it is unusual and goes back with one press", async ({ page, site }) => {
  await openTabs(page, site.origin, ["lighthouse"]);
  await page.keyboard.press("Control+Equal");
  const chip = page.getByRole("button", { name: "Zoom 110 %. Back to actual size" });
  await chip.click();
  await expect(chip).toHaveCount(0);
});

test("an answer that is not Qui's own says that Qui is busy, with a way to try again", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await page.route("**/api/pages?**", (route) =>
    route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }),
  );
  await visit(page, `${site.origin}/lighthouse`);
  await expect(page.getByText("Qui is busy or starting. Try again in a moment.")).toBeVisible();
  await page.unroute("**/api/pages?**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});
