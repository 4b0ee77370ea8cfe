import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";

test.describe("the whole way", () => {
  test("from the landing page to reading, with the address typed straight away", async ({ page, site }) => {
    await page.goto("/");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(`${site.origin}/lighthouse`);
    await expect(page.getByRole("option").first()).toContainText("Open");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/space$/);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await expect(page).toHaveTitle("Lighthouses – Qui");
  });

  test("without scripts yet, the landing page's form asks for the same", async ({
    browser,
    site,
    baseURL,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByRole("combobox").fill(`${site.origin}/harbour`);
    await page.getByRole("combobox").press("Enter");
    await expect(page).toHaveURL(`/space?url=${encodeURIComponent(`${site.origin}/harbour`)}`);
    await context.close();
  });

  test("a link into Qui opens its page once, and not again on reload", async ({ page, site }) => {
    await openSpace(page, `/space?url=${encodeURIComponent(`${site.origin}/island`)}`);
    await expect(articleHeading(page, "Islands")).toBeVisible();
    await expect(page).toHaveURL(/\/space$/);
    await page.reload();
    await expect(articleHeading(page, "Islands")).toBeVisible();
    await expect(page.getByRole("tab")).toHaveCount(1);
  });
});

test.describe("going through pages", () => {
  test("back shows the page at once where it was left, without asking for it again", async ({
    page,
    site,
  }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    const paragraph = page.getByText("Paragraph 20 of Lighthouses");
    await paragraph.scrollIntoViewIfNeeded();
    await page.getByRole("tabpanel").getByText("Paragraph 22 of").hover();
    await visit(page, `${site.origin}/harbour`);
    await expect(articleHeading(page, "Harbours")).toBeVisible();
    const pages = () => site.requests.filter((path) => path === "/lighthouse" || path === "/harbour").length;
    const asked = pages();
    await page.getByRole("button", { name: "Back" }).click();
    await expect(articleHeading(page, "Lighthouses")).toBeAttached();
    await expect(paragraph).toBeInViewport();
    await page.keyboard.press("Alt+ArrowRight");
    await expect(articleHeading(page, "Harbours")).toBeVisible();
    expect(pages()).toBe(asked);
  });

  test("the Back of the browser around Qui goes back in the tab", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await page.getByRole("tabpanel").getByRole("link", { name: "Ferries" }).click();
    await expect(articleHeading(page, "Ferries")).toBeVisible();
    await page.goBack();
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await expect(page).toHaveURL(/\/space$/);
  });

  test("loading can be stopped and taken up again", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/held`);
    await page.getByRole("button", { name: "Stop loading" }).click();
    await expect(page.getByRole("heading", { name: "Loading was stopped" })).toBeVisible();
    await page.getByRole("button", { name: "Load it again" }).click();
    await expect.poll(() => site.requests.filter((path) => path === "/held").length).toBeGreaterThan(0);
    await expect(page.getByRole("button", { name: "Stop loading" })).toBeVisible();
    site.release();
    await expect
      .poll(async () => {
        site.release();
        return articleHeading(page, "Held back").isVisible();
      })
      .toBe(true);
  });

  test("a missing page says so, and the address stays to be mended", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/nowhere`);
    await expect(page.getByText("The site has no page at this address.")).toBeVisible();
    await expect(page.getByRole("combobox")).toHaveValue(`${site.origin}/nowhere`);
  });

  test("without a connection it says so, and reads again when it is back", async ({
    page,
    context,
    site,
  }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/ferry`);
    await expect(articleHeading(page, "Ferries")).toBeVisible();
    await context.setOffline(true);
    await visit(page, `${site.origin}/island`);
    await expect(page.getByRole("heading", { name: /offline/i })).toBeVisible();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Reload" }).click();
    await expect(articleHeading(page, "Islands")).toBeVisible();
  });
});

test.describe("tabs", () => {
  test("open, close and come back by keyboard alone", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await page.keyboard.press("Alt+t");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(`${site.origin}/harbour`);
    await page.keyboard.press("Enter");
    await expect(articleHeading(page, "Harbours")).toBeVisible();
    await page.keyboard.press("Alt+w");
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await expect(page.getByRole("tab")).toHaveCount(1);
    await page.keyboard.press("Alt+Shift+t");
    await expect(articleHeading(page, "Harbours")).toBeVisible();
    await expect(page.getByRole("tab", { name: "Harbours" })).toHaveAttribute("aria-selected", "true");
  });

  test("follow the arrow keys, close with Delete and move by command", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    for (const path of ["harbour", "island"]) {
      await page.keyboard.press("Alt+t");
      await page.keyboard.type(`${site.origin}/${path}`);
      await page.keyboard.press("Enter");
    }
    await expect(articleHeading(page, "Islands")).toBeVisible();
    await page.getByRole("tab", { name: "Islands" }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("tab", { name: "Harbours" })).toBeFocused();
    await page.keyboard.press("Control+Shift+PageUp");
    await expect(page.getByRole("tab")).toHaveText(["Harbours", "Lighthouses", "Islands"]);
    await page.keyboard.press("Delete");
    await expect(page.getByRole("tab")).toHaveText(["Lighthouses", "Islands"]);
    await expect(page.getByRole("tab", { name: "Lighthouses" })).toBeFocused();
  });

  test("are put in order by dragging", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await page.keyboard.press("Alt+t");
    await page.keyboard.type(`${site.origin}/harbour`);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("tab")).toHaveText(["Lighthouses", "Harbours"]);
    const from = await page.getByRole("tab", { name: "Harbours" }).boundingBox();
    const to = await page.getByRole("tab", { name: "Lighthouses" }).boundingBox();
    if (!from || !to) throw new Error("The tabs have no place.");
    await page.mouse.move(from.x + 40, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 10, { steps: 8 });
    await page.mouse.up();
    await expect(page.getByRole("tab")).toHaveText(["Harbours", "Lighthouses"]);
  });

  test("closed together come back together from the notice", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    for (const path of ["harbour", "island"]) {
      await page.keyboard.press("Alt+t");
      await page.keyboard.type(`${site.origin}/${path}`);
      await page.keyboard.press("Enter");
    }
    await expect(page.getByRole("tab")).toHaveText(["Lighthouses", "Harbours", "Islands"]);
    await page.getByRole("tab", { name: "Harbours" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Close other tabs" }).click();
    await expect(page.getByRole("tab")).toHaveText(["Harbours"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("tab")).toHaveText(["Lighthouses", "Harbours", "Islands"]);
  });

  test("opened from a link with the middle button wait in the background", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await page.getByRole("tabpanel").getByRole("link", { name: "Ferries" }).click({ button: "middle" });
    await expect(page.getByRole("tab")).toHaveText(["Lighthouses", "Ferries"]);
    await expect(page.getByRole("tab", { name: "Lighthouses" })).toHaveAttribute("aria-selected", "true");
  });
});

test.describe("what is kept", () => {
  test("tabs, their history and their reading place come back after a reload", async ({ page, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await page.getByRole("tabpanel").getByRole("link", { name: "Harbours" }).click();
    await expect(articleHeading(page, "Harbours")).toBeVisible();
    await page.getByText("Paragraph 30 of Harbours").scrollIntoViewIfNeeded();
    await page.reload();
    await expect(page.getByText("Paragraph 30 of Harbours")).toBeInViewport();
    await page.getByRole("button", { name: "Back" }).click();
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  });

  test("private tabs leave nothing on the device", async ({ page, site }) => {
    await openSpace(page);
    await page.keyboard.press("Alt+Shift+p");
    await page.keyboard.type(`${site.origin}/island`);
    await page.keyboard.press("Enter");
    await expect(articleHeading(page, "Islands")).toBeVisible();
    const kept = await page.evaluate(async () => {
      window.dispatchEvent(new Event("pagehide"));
      const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
      for (const { name = "" } of await indexedDB.databases()) {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        for (const store of db.objectStoreNames) {
          const request = db.transaction(store).objectStore(store).getAll();
          texts.push(
            await new Promise<string>((resolve) => {
              request.onsuccess = () => resolve(JSON.stringify(request.result));
            }),
          );
        }
        db.close();
      }
      return texts.join("\n");
    });
    expect(kept).not.toContain("island");
    await page.reload();
    await expect(page.getByRole("tab", { name: /Islands/ })).toHaveCount(0);
  });

  test("two windows keep their own tabs, also over reloads", async ({ page, context, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    const second = await context.newPage();
    await openSpace(second);
    await visit(second, `${site.origin}/harbour`);
    await expect(articleHeading(second, "Harbours")).toBeVisible();
    await page.reload();
    await second.reload();
    await expect(page.getByRole("tab")).toHaveText(["Lighthouses"]);
    await expect(second.getByRole("tab")).toHaveText(["Harbours"]);
  });

  test("a new window takes up the space of one that was closed", async ({ page, context, site }) => {
    await openSpace(page);
    await visit(page, `${site.origin}/lighthouse`);
    await expect(articleHeading(page, "Lighthouses")).toBeVisible();
    await Promise.all([page.waitForEvent("close"), page.close({ runBeforeUnload: true })]);
    const next = await context.newPage();
    await openSpace(next);
    await expect(next.getByRole("tab")).toHaveText(["Lighthouses"]);
  });

  test("the theme is there with the first paint", async ({ page }) => {
    await openSpace(page);
    await page.keyboard.press("Control+,");
    await page.getByRole("dialog", { name: "Settings" }).getByText("Dark", { exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    const html = await (await page.request.get("/")).text();
    expect(html).toMatch(/<html[^>]* data-theme="dark"/);
  });
});
