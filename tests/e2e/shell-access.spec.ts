import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** While a menu or dialog is open, landmarks and headings behind it are rightly out of reach. */
async function expectNoFaults(page: Page, { overlay = false } = {}): Promise<void> {
  // Animations change colours on their way; what stays is what is judged.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { violations } = await new AxeBuilder({ page })
    .withTags(overlay ? WCAG : [...WCAG, "best-practice"])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`),
  ).toEqual([]);
}

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in the ${scheme} theme, axe finds nothing`, () => {
    test.use({ colorScheme: scheme });

    test("on the landing page and its suggestions", async ({ page }) => {
      await page.goto("/");
      await expectNoFaults(page);
      await page.getByRole("combobox").fill("lighthouses");
      await expect(page.getByRole("option").first()).toBeVisible();
      await expectNoFaults(page);
    });

    test("on an empty tab, a page, a split and a private tab", async ({ page, site }) => {
      await openSpace(page);
      await expectNoFaults(page);
      await visit(page, `${site.origin}/lighthouse`);
      await expect(articleHeading(page, "Lighthouses")).toBeVisible();
      await expectNoFaults(page);
      await page.keyboard.press("Alt+s");
      await page.keyboard.type(`${site.origin}/harbour`);
      await page.keyboard.press("Enter");
      await expect(articleHeading(page, "Harbours")).toBeVisible();
      await expectNoFaults(page);
      await page.keyboard.press("Alt+Shift+p");
      await expect(page.getByRole("heading", { name: "Private tab" })).toBeVisible();
      await expectNoFaults(page);
    });

    test("on menus, dialogs and what hangs from the toolbar", async ({ page, site }) => {
      await openSpace(page);
      await visit(page, `${site.origin}/lighthouse`);
      await expect(articleHeading(page, "Lighthouses")).toBeVisible();
      await page.getByRole("button", { name: "Menu" }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectNoFaults(page, { overlay: true });
      await page.keyboard.press("Escape");
      await page.keyboard.press("Alt+i");
      await expect(page.getByRole("dialog", { name: "About this page" })).toBeVisible();
      await expectNoFaults(page, { overlay: true });
      await page.keyboard.press("Escape");
      for (const [keys, name] of [
        ["Control+/", "Keyboard shortcuts"],
        ["Control+,", "Settings"],
        ["Control+Shift+A", "1 tab"],
      ] as const) {
        await page.keyboard.press(keys);
        await expect(page.getByRole("dialog", { name })).toBeVisible();
        await expectNoFaults(page, { overlay: true });
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog", { name })).toHaveCount(0);
      }
    });
  });
}

test("the focus comes back to where a menu or dialog was opened from", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  const menu = page.getByRole("button", { name: "Menu" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
});

test("F6 goes from tabs to toolbar to page and round again", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  const part = () =>
    page.evaluate(() =>
      document.activeElement?.closest("[data-focus-part]")?.getAttribute("data-focus-part"),
    );
  await page.getByRole("tab").focus();
  const seen: unknown[] = [];
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press("F6");
    seen.push(await part());
  }
  expect(seen).toEqual(["toolbar", "panel", "tabs"]);
});

test("every shortcut of the help sheet stands once, and its commands exist", async ({ page }) => {
  await openSpace(page);
  await page.keyboard.press("Control+/");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByText("In the address field")).toBeVisible();
  const rows = await dialog.locator("dt").allTextContents();
  expect(rows.length).toBeGreaterThan(25);
  expect(new Set(rows).size).toBe(rows.length);
});

test("at 320 pixels nothing has to be scrolled sideways", async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/", `/space?url=${encodeURIComponent(`${site.origin}/lighthouse`)}`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  }
});

test("forced colours keep the active tab and the focus apart from the rest", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  const outline = await page
    .getByRole("tab", { selected: true })
    .locator("..")
    .evaluate((tab) => getComputedStyle(tab).borderTopStyle);
  expect(outline).toBe("solid");
});

test("who asked for less motion sees nothing move, whatever part of Qui it is", async ({ page }) => {
  await openSpace(page);
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  const longestMs = () =>
    page.evaluate(() => {
      const parts = [...document.querySelectorAll("*")].flatMap((element) =>
        [null, "::before", "::after"].map((part) => getComputedStyle(element, part)),
      );
      const times = parts.flatMap(({ animationDuration, transitionDuration }) =>
        `${animationDuration},${transitionDuration}`.split(","),
      );
      return Math.max(...times.map((time) => Number.parseFloat(time) * 1000));
    });
  expect(await longestMs()).toBeGreaterThan(100);
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await longestMs()).toBeLessThan(1);
});
