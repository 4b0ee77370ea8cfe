import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";

test("always says what Enter will do, and does it", async ({ page, site }) => {
  await openSpace(page);
  const field = page.getByRole("combobox");
  await field.fill("example.org");
  await expect(page.getByRole("option").first()).toHaveText(/example\.orgOpen/);
  await field.fill("how tall is a lighthouse");
  await expect(page.getByRole("option").first()).toHaveText(/how tall is a lighthouseSearch/);
  await field.fill("javascript:alert(1)");
  await expect(page.getByRole("option").first()).toContainText("does not open javascript:");
  await field.press("Enter");
  await expect(page.getByRole("heading", { name: "Where to?" })).toBeVisible();
  await field.fill(">spli");
  await expect(page.getByRole("option").first()).toHaveText(/Split right.*Run/);
  await field.press("Enter");
  await expect(page.getByRole("tabpanel")).toHaveCount(2);
  await page.keyboard.type(`${site.origin}/ferry`);
  await page.keyboard.press("Enter");
  await expect(articleHeading(page, "Ferries")).toBeVisible();
});

test("switches to an open tab instead of opening it twice, and drops the empty one", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page.keyboard.press("Alt+t");
  await page.keyboard.type("lightho");
  await page.getByRole("option", { name: /Lighthouses.*Switch to tab/ }).click();
  await expect(page.getByRole("tab")).toHaveText(["Lighthouses"]);
});

test("is a combobox: arrows choose, the choice is named, Escape gives the address back", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page.keyboard.press("Control+l");
  const field = page.getByRole("combobox");
  await expect(field).toBeFocused();
  await field.fill("tab");
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await field.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
  await field.press("Escape");
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await expect(field).toHaveValue(`${site.origin}/lighthouse`);
});

test("opens in a new tab with Alt and Enter", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await page.keyboard.press("Control+l");
  await page.getByRole("combobox").fill(`${site.origin}/harbour`);
  await page.keyboard.press("Alt+Enter");
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await expect(page.getByRole("tab")).toHaveText(["Lighthouses", "Harbours"]);
});

test("is told the page it is about when the tab changes", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await page.keyboard.press("Alt+t");
  await page.keyboard.type("half an addr");
  await page.getByRole("tab", { name: "Lighthouses" }).click();
  await expect(page.getByRole("combobox")).toHaveValue(`${site.origin}/lighthouse`);
});
