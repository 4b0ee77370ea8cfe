import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";
import type { SmallSite } from "../fixtures/small-site.ts";

async function read(page: Page, site: SmallSite, path: string, title: string): Promise<void> {
  await visit(page, `${site.origin}/${path}`);
  await expect(articleHeading(page, title)).toBeVisible();
}

/** Chooses from the main menu what the library brings to it. */
async function chooseFromMenu(page: Page, item: string): Promise<void> {
  const entry = page.getByRole("menuitem", { name: item });
  // The library comes after the first paint; a menu opened before that does not name it yet.
  await expect(async () => {
    await page.getByRole("button", { name: "Menu" }).filter({ visible: true }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    if (await entry.isVisible()) return;
    await page.keyboard.press("Escape");
    throw new Error(`The menu does not name ${item} yet.`);
  }).toPass({ intervals: [200] });
  await entry.click();
}

async function openLibrary(page: Page, item: string): Promise<void> {
  await chooseFromMenu(page, item);
  await expect(library(page)).toBeVisible();
}

const library = (page: Page) => page.getByRole("dialog", { name: "Library" });

async function goTo(page: Page, section: string): Promise<void> {
  await library(page).getByRole("navigation").getByRole("button", { name: section }).click();
  await expect(library(page).getByRole("region", { name: section })).toBeVisible();
}

test.describe("bookmarks", () => {
  test("a page is bookmarked by its star, named, put into a new folder, and found again", async ({
    page,
    site,
  }) => {
    await openSpace(page);
    await read(page, site, "lighthouse", "Lighthouses");
    await page.getByRole("button", { name: "Bookmark this page" }).click();
    const popover = page.getByRole("dialog", { name: "Bookmark" });
    await popover.getByLabel("Name").fill("Lights of the coast");
    await popover.getByRole("button", { name: "New folder" }).click();
    await popover.getByLabel("Name of the new folder").fill("Sea");
    await popover.getByRole("button", { name: "Done" }).click();
    // It leaves once everything is kept.
    await expect(popover).toBeHidden();

    await page.reload();
    await expect(page.getByRole("button", { name: "Edit bookmark" })).toBeVisible();
    await openLibrary(page, "Bookmarks…");
    const folder = library(page).getByRole("button", { name: /^Sea/ });
    await expect(folder).toHaveAttribute("aria-expanded", "true");
    await expect(library(page).getByRole("link", { name: /Lights of the coast/ })).toBeVisible();
    await page.keyboard.press("Escape");
    const field = page.getByRole("combobox", { name: "Address, search or command" });
    await field.click();
    await field.fill("lights coast");
    await expect(page.getByRole("option", { name: /Lights of the coast/ })).toBeVisible();
  });

  test("Control D bookmarks, and a removed bookmark comes back by Undo", async ({ page, site }) => {
    await openSpace(page);
    await read(page, site, "harbour", "Harbours");
    await expect(page.getByRole("button", { name: "Bookmark this page" })).toBeVisible();
    await page.keyboard.press("Control+d");
    await page.getByRole("dialog", { name: "Bookmark" }).getByRole("button", { name: "Remove" }).click();
    await expect(page.getByRole("button", { name: "Bookmark this page" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("button", { name: "Edit bookmark" })).toBeVisible();
  });

  test("another browser's file is read, ordered by keys, and written again", async ({ page }) => {
    await openSpace(page);
    await openLibrary(page, "Bookmarks…");
    const file = `<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
      <DT><H3>News</H3><DL><p><DT><A HREF="https://one.example/">One &amp; only</A></DL><p>
      <DT><A HREF="https://two.example/">Two</A>
      <DT><A HREF="javascript:alert(1)">Bad</A></DL><p>`;
    await library(page)
      .getByLabel("File of bookmarks")
      .setInputFiles({ name: "bookmarks.html", mimeType: "text/html", buffer: Buffer.from(file) });
    await expect(library(page).getByText("2 bookmarks imported. 1 left out")).toBeVisible();

    await library(page).getByRole("link", { name: /^Two/ }).press("Alt+ArrowUp");
    await expect(
      library(page)
        .getByRole("link", { name: /^(Two|One)/ })
        .first(),
    ).toHaveText(/^Two/);
    await expect(library(page).getByRole("link", { name: /^Two/ })).toBeFocused();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      library(page).getByRole("button", { name: "Export" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("bookmarks.html");
    const written = await readFile(await download.path(), "utf8");
    expect(written).toContain('<A HREF="https://one.example/"');
    expect(written).toContain("One &amp; only");
    expect(written).not.toContain("javascript:");
    expect(written.indexOf("two.example")).toBeLessThan(written.indexOf("one.example"));
  });

  test("are dragged into folders", async ({ page }) => {
    await openSpace(page);
    await openLibrary(page, "Bookmarks…");
    const file = '<DL><p><DT><H3>News</H3><DL><p></DL><p><DT><A HREF="https://two.example/">Two</A></DL><p>';
    await library(page)
      .getByLabel("File of bookmarks")
      .setInputFiles({ name: "b.html", mimeType: "text/html", buffer: Buffer.from(file) });
    await library(page)
      .getByRole("link", { name: /^Two/ })
      .dragTo(library(page).getByRole("button", { name: /^News/ }));
    await expect(library(page).getByRole("button", { name: /^News\s*1/ })).toBeVisible();
  });
});

test.describe("history", () => {
  test("lists what was read, finds it, deletes one entry and takes that back", async ({ page, site }) => {
    await openSpace(page);
    await read(page, site, "lighthouse", "Lighthouses");
    await read(page, site, "harbour", "Harbours");
    await openLibrary(page, "History…");
    const today = library(page).getByRole("region", { name: "Today" });
    await expect(today.getByRole("link")).toHaveCount(2);
    await today.getByRole("button", { name: "Delete Lighthouses" }).click();
    await expect(today.getByRole("link")).toHaveCount(1);
    await library(page).getByRole("button", { name: "Undo" }).click();
    await expect(today.getByRole("link")).toHaveCount(2);
    await library(page).getByRole("searchbox", { name: "Search history" }).fill("HARBOUR");
    await expect(today.getByRole("link")).toHaveCount(1);
    await today.getByRole("link", { name: /Harbours/ }).click();
    await expect(library(page)).toBeHidden();
    await expect(articleHeading(page, "Harbours")).toBeVisible();
  });

  test("is deleted whole only after a question, and private tabs leave none", async ({ page, site }) => {
    await openSpace(page);
    await read(page, site, "island", "Islands");
    await page.keyboard.press("Alt+Shift+p");
    await expect(page.getByRole("heading", { name: "Private tab" })).toBeVisible();
    await read(page, site, "ferry", "Ferries");
    await openLibrary(page, "History…");
    await expect(library(page).getByRole("link", { name: /Islands/ })).toBeVisible();
    await expect(library(page).getByRole("link", { name: /Ferries/ })).toHaveCount(0);
    await library(page).getByLabel("Delete history of").selectOption("All history");
    const question = library(page).getByRole("alertdialog");
    await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
    await question.getByRole("button", { name: "Delete all" }).click();
    await expect(library(page).getByText("No history yet")).toBeVisible();
  });
});

test("a site keeps its own zoom, pictures and protection, and gives them back", async ({ page, site }) => {
  await openSpace(page);
  await read(page, site, "pier", "The pier");
  await page.keyboard.press("Alt+i");
  const report = page.getByRole("dialog", { name: "About this page" });
  const exceptions = report.getByRole("region", { name: "Settings for localhost" });
  await exceptions.getByLabel("Zoom").selectOption("125 %");
  await exceptions.getByLabel("Pictures").selectOption("Off");
  await expect(page.getByText("Pictures are off.")).toBeVisible();
  const asked = page.waitForRequest(
    (request) => request.url().includes("/api/pages?") && request.url().includes("level=strict"),
  );
  await report.getByRole("switch", { name: "Decide for localhost alone" }).click();
  await report.getByRole("radio", { name: /Strict/ }).click();
  await asked;
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Zoom 125 %/ })).toBeVisible();

  const again = page.waitForRequest(
    (request) => request.url().includes("/api/pages?") && request.url().includes("level=strict"),
  );
  await page.reload();
  await again;
  await openLibrary(page, "History…");
  await goTo(page, "Sites");
  await library(page).getByRole("button", { name: "Treat localhost like every site" }).click();
  await expect(library(page).getByText("Every site is treated alike")).toBeVisible();
});

test("files made from a page are listed with their size", async ({ page, site }) => {
  await openSpace(page);
  await read(page, site, "ferry", "Ferries");
  const field = page.getByRole("combobox", { name: "Address, search or command" });
  await field.click();
  await field.fill("> save as json");
  await expect(page.getByRole("option", { name: /JSON/ })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), field.press("Enter")]);
  expect(download.suggestedFilename()).toBe("Ferries.json");
  expect(JSON.parse(await readFile(await download.path(), "utf8"))).toMatchObject({ title: "Ferries" });
  await openLibrary(page, "Downloads…");
  await expect(library(page).getByRole("button", { name: /^Ferries\.json .*kB/ })).toBeVisible();
  await library(page).getByRole("button", { name: "Clear list" }).click();
  await expect(library(page).getByText("No downloads yet")).toBeVisible();
});

test("a new tab shows where one goes often, and deleting everything leaves nothing", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await read(page, site, "lighthouse", "Lighthouses");
  await page.getByRole("button", { name: "Bookmark this page" }).click();
  await page.getByRole("dialog", { name: "Bookmark" }).getByRole("button", { name: "Done" }).click();
  await page.keyboard.press("Alt+t");
  await expect(
    page.getByRole("region", { name: "Often visited" }).getByRole("button", { name: "localhost" }),
  ).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Bookmarked lately" }).getByText("Lighthouses"),
  ).toBeVisible();

  await openLibrary(page, "History…");
  await goTo(page, "Storage");
  await library(page).getByRole("button", { name: "Delete everything…" }).click();
  await library(page).getByRole("button", { name: "Delete everything", exact: true }).click();
  await page.waitForURL("/");
  await openSpace(page);
  await expect(page.getByRole("tab")).toHaveCount(1);
  await openLibrary(page, "History…");
  await expect(library(page).getByText("No history yet")).toBeVisible();
  await goTo(page, "Bookmarks");
  await expect(library(page).getByText("No bookmarks yet")).toBeVisible();
});

for (const [scheme, viewport] of [
  ["light", { width: 1280, height: 800 }],
  ["dark", { width: 390, height: 844 }],
] as const) {
  test.describe(`in the ${scheme} theme at ${viewport.width} pixels`, () => {
    test.use({ colorScheme: scheme, viewport });

    test("axe finds nothing in the library, empty and filled", async ({ page, site }) => {
      // A dozen surfaces, each judged whole.
      test.slow();
      await page.emulateMedia({ reducedMotion: "reduce", colorScheme: scheme });
      await page.goto("/space");
      await openLibrary(page, "History…");
      for (const section of ["History", "Bookmarks", "Reading list", "Downloads", "Sites", "Storage"]) {
        await goTo(page, section);
        await expectNoFaults(page);
      }
      await page.keyboard.press("Escape");
      await page.goto(`/space?url=${encodeURIComponent(`${site.origin}/pier`)}`);
      await expect(articleHeading(page, "The pier")).toBeVisible();
      const popover = page.getByRole("dialog", { name: "Bookmark" });
      await chooseFromMenu(page, "Bookmark this page");
      await expect(popover).toBeVisible();
      await expectNoFaults(page);
      await page.keyboard.press("Escape");
      await expect(popover).toBeHidden();
      await chooseFromMenu(page, "Save for offline");
      await expectNoFaults(page);
      await openLibrary(page, "History…");
      for (const section of ["History", "Bookmarks", "Reading list", "Storage"]) {
        await goTo(page, section);
        await expect(
          library(page).getByRole("region", { name: section }).getByRole("button").first(),
        ).toBeVisible();
        await expectNoFaults(page);
      }
      const overflow = await library(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`),
  ).toEqual([]);
}
