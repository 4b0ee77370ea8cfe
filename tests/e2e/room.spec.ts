import type { Page } from "@playwright/test";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";
import { heading, makeDocument, makePage, paragraph } from "../fixtures/make-document.ts";
import { servePages } from "../fixtures/reading-pages.ts";
import {
  enterRoom,
  linkOn,
  pointOn,
  readAudit,
  readColors,
  readPanel,
  WITH_WEBGL,
  waitForPanel,
  waitForRoom,
} from "../fixtures/room-view.ts";

test.use(WITH_WEBGL);

const PAGES = {
  lighthouse: "Lighthouses",
  harbour: "Harbours",
  island: "Islands",
  ferry: "Ferries",
} as const;
type Path = keyof typeof PAGES;

/** Each look at the window's pixels costs a frame drawn by the processor. */
const SLOW = { timeout: 30_000 };

/** Panels of the small site in the flat view, the last one in front. */
async function openPanels(
  page: Page,
  origin: string,
  paths: readonly Path[],
  query = "?audit",
): Promise<void> {
  await openSpace(page, `/space${query}`);
  for (const [index, path] of paths.entries()) {
    if (index > 0) await page.getByRole("button", { name: "New tab" }).first().click();
    await visit(page, `${origin}/${path}`);
    await expect(articleHeading(page, PAGES[path])).toBeVisible();
  }
}

const address = (page: Page) => page.getByRole("combobox", { name: "Address, search or command" });

test("the room opens from the flat view and shows its pages as text on paper", async ({ page, site }) => {
  await openPanels(page, site.origin, ["lighthouse", "harbour", "island"]);
  await enterRoom(page);
  for (const title of ["Lighthouses", "Harbours", "Islands"]) await waitForPanel(page, title);
  const { panels } = await readAudit(page);
  expect(panels).toHaveLength(3);
  // Nobody hides another, and text is as large as promised.
  for (const panel of panels) expect(16 / panel.pxPerDegree).toBeGreaterThanOrEqual(0.6);
  await expect
    .poll(async () => {
      const { paper, ink } = await readColors(page, "Islands", [0.1, 0.1, 0.9, 0.9]);
      return paper > 0.6 && ink > 0.005 && ink < 0.3;
    }, SLOW)
    .toBe(true);
});

test("a wheel scrolls the pointed page, a click follows its link, Back returns to the place read", async ({
  page,
  site,
}) => {
  await openPanels(page, site.origin, ["lighthouse"]);
  await enterRoom(page);
  await waitForPanel(page, "Lighthouses");
  const link = await linkOn(page, "Lighthouses", `${site.origin}/harbour`);
  await page.mouse.move(link.x, link.y);
  await expect(page.locator("canvas[data-engine]")).toHaveCSS("cursor", "pointer");
  await page.mouse.wheel(0, 40);
  await expect.poll(async () => (await readPanel(page, "Lighthouses")).scrollPx).toBe(40);
  const moved = await linkOn(page, "Lighthouses", `${site.origin}/harbour`);
  await page.mouse.click(moved.x, moved.y);
  await waitForPanel(page, "Harbours");
  await expect(address(page)).toHaveValue(/harbour/);
  await page.keyboard.press("Alt+ArrowLeft");
  await waitForPanel(page, "Lighthouses");
  await expect
    .poll(async () => Math.round((await readPanel(page, "Lighthouses")).scrollPx))
    .toBeGreaterThan(20);
});

/** Until a panel can be scrolled as far as that. */
async function waitForLayout(page: Page, title: string, scrollPx: number): Promise<void> {
  await expect
    .poll(async () => {
      const { contentHeightPx, cssHeight } = await readPanel(page, title);
      return contentHeightPx - cssHeight;
    }, SLOW)
    .toBeGreaterThan(scrollPx);
}

test("leaving the room finds the flat view as it was left, and where it was read on", async ({
  page,
  site,
}) => {
  await openPanels(page, site.origin, ["lighthouse", "harbour"]);
  const flatScroller = page.getByRole("tabpanel", { name: "Harbours" }).getByRole("region");
  await flatScroller.evaluate((element) => element.scrollTo(0, 600));
  await expect.poll(() => flatScroller.evaluate((element) => element.scrollTop)).toBe(600);
  await enterRoom(page);
  await waitForPanel(page, "Harbours");
  // The same words at the top; lines break elsewhere.
  await expect.poll(async () => (await readPanel(page, "Harbours")).scrollPx).toBeGreaterThan(300);
  const begun = (await readPanel(page, "Harbours")).scrollPx;
  const middle = await pointOn(page, "Harbours", 0.5, 0.5);
  await page.mouse.move(middle.x, middle.y);
  await waitForLayout(page, "Harbours", begun + 900);
  await page.mouse.wheel(0, 900);
  await expect.poll(async () => (await readPanel(page, "Harbours")).scrollPx).toBeCloseTo(begun + 900, 0);
  await page.keyboard.press("Alt+v");
  await expect(articleHeading(page, "Harbours")).toBeAttached();
  await expect(page.getByRole("tab")).toHaveCount(2);
  await expect(page.getByRole("tab", { name: "Harbours" })).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => flatScroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(1000);
});

test("text is selected by dragging and the menu offers what can be done with it", async ({ page, site }) => {
  await openPanels(page, site.origin, ["lighthouse"]);
  await enterRoom(page);
  await waitForPanel(page, "Lighthouses");
  const from = await pointOn(page, "Lighthouses", 0.25, 0.62);
  const to = await pointOn(page, "Lighthouses", 0.6, 0.62);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.click(to.x - 5, to.y, { button: "right" });
  await expect(page.getByRole("menuitem", { name: "Copy", exact: true })).toBeVisible();
});

test("the view turns by dragging beside the panels and by Shift with the arrow keys", async ({
  page,
  site,
}) => {
  await openPanels(page, site.origin, ["lighthouse"]);
  await enterRoom(page);
  await waitForPanel(page, "Lighthouses");
  const before = await pointOn(page, "Lighthouses", 0.5, 0.5);
  await page.locator("canvas[data-engine]").focus();
  await page.keyboard.press("Shift+ArrowRight");
  const middleX = async () => (await pointOn(page, "Lighthouses", 0.5, 0.5)).x;
  await expect.poll(middleX).toBeLessThan(before.x - 50);
  const turnedX = await middleX();
  const box = await page.locator("canvas[data-engine]").boundingBox();
  if (!box) throw new Error("the canvas has no place");
  await page.mouse.move(box.x + box.width - 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 140, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(middleX).toBeLessThan(turnedX - 50);
});

test("find in page works in the room", async ({ page, site }) => {
  await openPanels(page, site.origin, ["lighthouse"]);
  await enterRoom(page);
  await waitForPanel(page, "Lighthouses");
  await page.keyboard.press("Control+f");
  await page
    .getByRole("searchbox")
    .or(page.getByRole("textbox", { name: /find/i }))
    .first()
    .fill("Paragraph 30");
  await expect.poll(async () => (await readPanel(page, "Lighthouses")).scrollPx).toBeGreaterThan(800);
});

test("a picture opens out of its page and closes again", async ({ page, site }) => {
  await openSpace(page, "/space?audit");
  await visit(page, `${site.origin}/pier`);
  await expect(articleHeading(page, "The pier")).toBeVisible();
  await enterRoom(page);
  await waitForPanel(page, "The pier");
  // The fixture's picture is of one colour.
  const isPicture = async () => {
    const { paperRgb } = await readColors(page, "The pier", [0.45, 0.4, 0.55, 0.5]);
    return Math.hypot(paperRgb[0] - 40, paperRgb[1] - 110, paperRgb[2] - 130) < 24;
  };
  await expect.poll(isPicture, SLOW).toBe(true);
  // Opened, it reaches beyond its column and hides the text beside and below it.
  const isOpen = async () => {
    const { paperRgb } = await readColors(page, "The pier", [0.08, 0.5, 0.16, 0.55]);
    return Math.hypot(paperRgb[0] - 40, paperRgb[1] - 110, paperRgb[2] - 130) < 24;
  };
  expect(await isOpen()).toBe(false);
  const middle = await pointOn(page, "The pier", 0.5, 0.45);
  await page.mouse.click(middle.x, middle.y);
  await expect.poll(isOpen, SLOW).toBe(true);
  await address(page).fill(">close the picture");
  await address(page).press("Enter");
  await expect.poll(isOpen, SLOW).toBe(false);
});

test("eight panels keep within the budgets, and 3,000 frames leave nothing behind", async ({
  page,
  site,
}) => {
  test.setTimeout(180_000);
  const paths = Object.keys(PAGES) as Path[];
  await openPanels(page, site.origin, [...paths, ...paths], "?audit=manual");
  // As wide as a headset sees, so that most panels are drawn, and low, because the processor draws.
  await page.setViewportSize({ width: 1600, height: 450 });
  await page.keyboard.press("Alt+v");
  await waitForRoom(page);
  const advance = (frames: number) => page.evaluate((count) => window.__quiAudit?.advance(count), frames);
  await expect
    .poll(
      async () => {
        await advance(10);
        const { panels } = await readAudit(page);
        return panels.filter(({ tiles }) => tiles > 0).length;
      },
      { timeout: 60_000 },
    )
    .toBe(8);
  // Until sharpness is shared out and every tile is in its place.
  await advance(60);
  const before = await readAudit(page);
  expect(before.panels).toHaveLength(8);
  expect(before.drawCalls).toBeLessThanOrEqual(100);
  expect(before.triangles).toBeLessThanOrEqual(200_000);
  expect(before.textureBytes).toBeLessThanOrEqual(96 * 1024 * 1024);
  expect(before.uiCoverage).toBeLessThanOrEqual(0.3);
  for (const panel of before.panels)
    expect((16 * panel.zoom) / panel.pxPerDegree).toBeGreaterThanOrEqual(0.6);

  const cdp = await page.context().newCDPSession(page);
  const heap = async () => {
    for (let turn = 0; turn < 3; turn++) await cdp.send("HeapProfiler.collectGarbage");
    return (await cdp.send("Runtime.getHeapUsage")).usedSize;
  };
  // What is left behind does not depend on pixels being filled, which is all that draws would add here.
  await page.evaluate(() => {
    const { prototype } = WebGL2RenderingContext;
    prototype.drawElements = () => {};
    prototype.drawElementsInstanced = () => {};
    prototype.drawArrays = () => {};
  });
  // Long enough that V8 has compiled what it will.
  for (let turn = 0; turn < 15; turn++) await advance(100);
  const heapBefore = await heap();
  for (let turn = 0; turn < 30; turn++) await advance(100);
  const heapAfter = await heap();
  const after = await readAudit(page);
  expect(after.frame - before.frame).toBeGreaterThanOrEqual(3000);
  expect(after.geometries).toBe(before.geometries);
  expect(after.textures).toBe(before.textures);
  expect(after.textureBytes).toBe(before.textureBytes);
  // What V8 itself keeps moves by some kilobytes; a leak of one vector a frame would be over 200 KB.
  expect(heapAfter - heapBefore).toBeLessThan(128 * 1024);
});

test("without WebGL the room says so and leads back", async ({ page, site }) => {
  await page.addInitScript(() => {
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      ...rest: never[]
    ) {
      return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
    } as typeof getContext;
  });
  await openPanels(page, site.origin, ["lighthouse"]);
  await page.keyboard.press("Alt+v");
  await expect(page.getByRole("alert").filter({ hasText: "It needs WebGL" })).toBeVisible();
  await page.getByRole("button", { name: "Back to the flat view" }).click();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});

test("a lost graphics context is said, and the pages are painted again when it is back", async ({
  page,
  site,
}) => {
  await openPanels(page, site.origin, ["lighthouse"]);
  await enterRoom(page);
  await waitForPanel(page, "Lighthouses");
  const isText = async () => {
    const { paper, ink } = await readColors(page, "Lighthouses", [0.1, 0.1, 0.9, 0.9]);
    return paper > 0.6 && ink > 0.005;
  };
  await expect.poll(isText, SLOW).toBe(true);
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("canvas[data-engine]");
    const extension = canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context");
    extension?.loseContext();
    canvas?.addEventListener("restore-now", () => extension?.restoreContext(), { once: true });
  });
  await expect(page.getByRole("alert").filter({ hasText: "taken the room's picture away" })).toBeVisible();
  await page.evaluate(() =>
    document.querySelector("canvas[data-engine]")?.dispatchEvent(new Event("restore-now")),
  );
  await expect(page.getByRole("alert").filter({ hasText: "taken the room's picture away" })).toBeHidden();
  await expect.poll(isText, SLOW).toBe(true);
});

test("a document of 100,000 words is readable from its first screen to its last", async ({ page }) => {
  const words = "the sea and the weather and all who live by both ".repeat(10);
  const blocks = Array.from({ length: 1000 }, (_, index) =>
    index % 40 === 0 ? heading(2, `Chapter ${index / 40}`) : paragraph(`${index}: ${words}`),
  );
  const book = makePage(makeDocument(blocks, { title: "A long book" }));
  await servePages(page, { "https://site.test/book": book });
  await openSpace(page, "/space?audit");
  await visit(page, "https://site.test/book");
  await page.keyboard.press("Alt+v");
  await waitForRoom(page);
  await waitForPanel(page, "A long book");
  await expect
    .poll(async () => (await readPanel(page, "A long book")).contentHeightPx, { timeout: 30_000 })
    .toBeGreaterThan(100_000);
  const panel = await readPanel(page, "A long book");
  expect(panel.tiles).toBeLessThan(20);
  const middle = await pointOn(page, "A long book", 0.5, 0.5);
  await page.mouse.move(middle.x, middle.y);
  await expect
    .poll(async () => {
      // As far as it is laid out by now.
      await page.mouse.wheel(0, 10_000_000);
      const { scrollPx, contentHeightPx, cssHeight, tiles } = await readPanel(page, "A long book");
      return Math.abs(contentHeightPx - cssHeight - scrollPx) < 2 && tiles > 0;
    })
    .toBe(true);
});

test("a page that changes while it is read keeps the words at the top", async ({ page }) => {
  const all = Array.from({ length: 80 }, (_, index) =>
    paragraph(`Paragraph ${index} says the same as before, at the usual length.`),
  );
  const source = {
    url: "",
    finalUrl: "https://site.test/news",
    canonicalUrl: null,
    fetchedAt: "2026-11-20T10:00:00.000Z",
  };
  const fields = { title: "A changing page", source };
  const pages = { "https://site.test/news": makePage(makeDocument(all, fields)) };
  await servePages(page, pages);
  await openSpace(page, "/space?audit");
  await visit(page, "https://site.test/news");
  await page.keyboard.press("Alt+v");
  await waitForRoom(page);
  await waitForPanel(page, "A changing page");
  const middle = await pointOn(page, "A changing page", 0.5, 0.5);
  await page.mouse.move(middle.x, middle.y);
  await waitForLayout(page, "A changing page", 700);
  await page.mouse.wheel(0, 700);
  await expect.poll(async () => (await readPanel(page, "A changing page")).scrollPx).toBe(700);
  pages["https://site.test/news"] = makePage(
    makeDocument(
      [
        ...Array.from({ length: 12 }, (_, index) => paragraph(`News ${index} above everything else.`)),
        ...all,
      ],
      fields,
    ),
  );
  await page.keyboard.press("F5");
  // What came in above moves the text down by its own height; the place read moves with it.
  await expect.poll(async () => (await readPanel(page, "A changing page")).scrollPx).toBeGreaterThan(900);
});

test("a device out of texture memory gets smaller textures and goes on", async ({ page, site }) => {
  await page.addInitScript(() => {
    const { prototype } = WebGL2RenderingContext;
    const getError = prototype.getError;
    let left = 3;
    prototype.getError = function () {
      if (left === 0) return getError.call(this);
      left -= 1;
      return this.OUT_OF_MEMORY;
    };
  });
  await page.setViewportSize({ width: 1280, height: 1000 });
  const paths = Object.keys(PAGES) as Path[];
  await openPanels(page, site.origin, paths);
  await enterRoom(page);
  for (const path of paths) await waitForPanel(page, PAGES[path]);
  await expect
    .poll(async () => {
      const { paper, ink } = await readColors(page, "Ferries", [0.1, 0.1, 0.9, 0.9]);
      return paper > 0.6 && ink > 0.003;
    }, SLOW)
    .toBe(true);
  // A window of this size would have it at 1.25.
  await expect.poll(async () => (await readPanel(page, "Ferries")).scale, SLOW).toBeLessThanOrEqual(0.75);
});
