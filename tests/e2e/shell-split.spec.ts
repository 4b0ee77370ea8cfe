import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";

test("two pages side by side, divided with the keyboard and the mouse", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page
    .getByRole("tabpanel")
    .getByRole("link", { name: "Harbours" })
    .click({ modifiers: ["Alt"] });
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();

  const divider = page.getByRole("separator", { name: /Width of Lighthouses beside Harbours/ });
  await expect(divider).toHaveAttribute("aria-valuenow", "50");
  await divider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(divider).toHaveAttribute("aria-valuenow", "48");
  const box = await divider.boundingBox();
  if (!box) throw new Error("The divider has no place.");
  await page.mouse.move(box.x + box.width / 2, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(20, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect(divider).toHaveAttribute("aria-valuenow", "20");
});

test("the side in use is the one the toolbar speaks of, by pointer and by key", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page
    .getByRole("tabpanel")
    .getByRole("link", { name: "Harbours" })
    .click({ modifiers: ["Alt"] });
  await expect(page.getByRole("combobox")).toHaveValue(`${site.origin}/harbour`);
  await page.getByText("Paragraph 1 of Lighthouses").click();
  await expect(page.getByRole("combobox")).toHaveValue(`${site.origin}/lighthouse`);
  await page.keyboard.press("Alt+x");
  await expect(page.getByRole("combobox")).toHaveValue(`${site.origin}/harbour`);
});

test("a link dropped at the right edge opens beside, in the middle here, on the strip as a tab", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  const drop = async (selector: string, url: string, share: number) => {
    const box = await page.locator(selector).last().boundingBox();
    if (!box) throw new Error(`${selector} has no place.`);
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.setData("text/uri-list", text);
      return transfer;
    }, url);
    const at = { clientX: box.x + box.width * share, clientY: box.y + box.height / 2, dataTransfer: data };
    await page.locator(selector).last().dispatchEvent("dragover", at);
    await page.locator(selector).last().dispatchEvent("drop", at);
  };
  await drop("[role=tabpanel] > div", `${site.origin}/harbour`, 0.95);
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await drop("[role=tabpanel]:not([inert]) > div", `${site.origin}/ferry`, 0.5);
  await expect(articleHeading(page, "Ferries")).toBeVisible();
  await drop("[role=tablist]", `${site.origin}/island`, 0.999);
  await expect(page.getByRole("tab", { name: "Islands" })).toHaveAttribute("aria-selected", "true");
});

test("ends when one side closes, and what stays takes the room", async ({ page, site }) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await page.keyboard.press("Alt+s");
  await page.keyboard.type(`${site.origin}/harbour`);
  await page.keyboard.press("Enter");
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await page.keyboard.press("Alt+w");
  await expect(page.getByRole("separator", { name: /Width of/ })).toHaveCount(0);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});
