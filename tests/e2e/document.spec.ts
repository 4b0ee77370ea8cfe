import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, visit } from "../fixtures/browser-test.ts";
import { block, makeDocument, paragraph } from "../fixtures/make-document.ts";
import { hugePage, LONG_PARAGRAPH, readingPage, servePages } from "../fixtures/reading-pages.ts";

const TITLE = "Harbours of the north";

async function openReading(page: Page): Promise<void> {
  const url = "https://site.test/lighthouse";
  const second = readingPage();
  const source = { ...second.document.source, url, finalUrl: url };
  second.document = { ...second.document, id: "lighthouse", title: "The lighthouse", source };
  await servePages(page, { "https://site.test/harbours": readingPage(), [url]: second });
  await page.goto("/space?url=https%3A%2F%2Fsite.test%2Fharbours");
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
}

const scroller = (page: Page) => page.getByRole("region", { name: TITLE });
const tabs = (page: Page) => page.getByRole("tab");
const findField = (page: Page) => page.getByRole("textbox", { name: "Find in page" });

test("a document is drawn with headings in order, a captioned table and its pictures described", async ({
  page,
}) => {
  await openReading(page);
  const article = page.getByRole("article").first();
  await expect(article.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(article.getByRole("heading", { level: 2 }).first()).toHaveText("Depths");
  await expect(article.getByRole("table", { name: "Depths by month" })).toBeVisible();
  await expect(article.getByRole("columnheader", { name: "Metres" })).toBeVisible();
  const picture = article.getByRole("img", { name: "The pier at dawn" });
  await expect(picture).toBeVisible();
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.clientWidth / image.clientHeight),
  ).toBeCloseTo(2, 1);
  await expect(article.getByText("A lost picture")).toBeAttached();
  await expect(article.getByText("This picture did not load.")).toBeAttached();
});

test("a link opens here, in a tab, behind, or beside, as its click asks", async ({ page }) => {
  await openReading(page);
  const link = page.getByRole("link", { name: "the old lighthouse" });
  await expect(link).toHaveAttribute("href", "/space?url=https%3A%2F%2Fsite.test%2Flighthouse");
  await link.click({ modifiers: ["ControlOrMeta"] });
  await expect(tabs(page)).toHaveCount(2);
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await link.click({ button: "middle" });
  await expect(tabs(page)).toHaveCount(3);
  expect(page.context().pages()).toHaveLength(1);
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: "The lighthouse" })).toBeVisible();
  await expect(tabs(page)).toHaveCount(3);
});

test("the menu of a link gives its real address", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openReading(page);
  const link = page.getByRole("link", { name: "the old lighthouse" });
  await link.focus();
  await link.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Copy link address" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe("https://site.test/lighthouse");
});

test("copied text holds the site's addresses and none of Qui's controls", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openReading(page);
  await page.getByText("Read about").evaluate((element) => {
    window.getSelection()?.selectAllChildren(element);
  });
  await page.keyboard.press("ControlOrMeta+C");
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType("text/html"))?.text();
  });
  expect(html).toContain('<a href="https://site.test/lighthouse"');
  expect(html).not.toContain("/space");
  expect(html).not.toContain("data-");
});

test("a note is reached by keyboard, takes the focus, and leads back", async ({ page }) => {
  await openReading(page);
  const reference = page.getByRole("link", { name: "1", exact: true });
  await reference.focus();
  await page.keyboard.press("Enter");
  const note = page.getByText("Note one. Measured at low water.");
  await expect(note).toBeFocused();
  await expect(note).toBeInViewport();
  await page.getByRole("button", { name: "Back to where you were" }).click();
  await expect(reference).toBeFocused();
  await expect(reference).toBeInViewport();
});

test.describe("find in page", () => {
  test("counts, steps by Enter and Shift Enter, and marks what it found", async ({ page }) => {
    await openReading(page);
    await page.keyboard.press("ControlOrMeta+f");
    await findField(page).fill("cooperation");
    await expect(page.getByRole("search").getByRole("status")).toHaveText("1 of 1");
    await findField(page).fill("ferry");
    await expect(page.getByRole("search").getByRole("status")).toHaveText(/^1 of \d+$/);
    await page.keyboard.press("Shift+Enter");
    await expect(page.getByRole("search").getByRole("status")).toHaveText(/^(\d+) of \1$/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("search").getByRole("status")).toHaveText(/^1 of/);
    expect(await activeMark(page)).toBe("ferry");
    await page.getByRole("button", { name: "Close find" }).click();
    await expect(scroller(page)).toBeFocused();
    expect(await activeMark(page)).toBeNull();
  });

  test("opens folded sections and rows that were not drawn", async ({ page }) => {
    await openReading(page);
    await page.keyboard.press("ControlOrMeta+f");
    await findField(page).fill("folded sentence");
    await expect(page.getByText("A folded sentence.")).toBeInViewport();
    await findField(page).fill("hiddenrow");
    await expect(page.getByRole("cell", { name: "hiddenrow" })).toBeInViewport();
  });

  test("says when there is nothing, and Escape goes back to the page", async ({ page }) => {
    await openReading(page);
    await page.keyboard.press("ControlOrMeta+f");
    await findField(page).fill("volcano");
    await expect(page.getByRole("search").getByRole("status")).toHaveText("Not found");
    await page.keyboard.press("Escape");
    await expect(findField(page)).toBeHidden();
    await expect(scroller(page)).toBeFocused();
  });
});

function activeMark(page: Page): Promise<string | null> {
  return page.evaluate(() => [...(CSS.highlights.get("qui-find-active") ?? [])].at(0)?.toString() ?? null);
}

test("the outline leads to a section and knows which one is read", async ({ page }) => {
  await openReading(page);
  await page.keyboard.press("Alt+o");
  const outline = page.getByRole("navigation", { name: "Outline" });
  await outline.getByRole("button", { name: "Weather" }).click();
  const section = page.getByRole("heading", { name: "Weather" });
  await expect(section).toBeInViewport();
  await expect.poll(async () => (await section.boundingBox())?.y).toBeLessThan(200);
  await page.keyboard.press("Alt+o");
  await expect(outline.getByRole("button", { name: "Weather" })).toHaveAttribute("aria-current", "location");
});

test("the appearance changes the page at once, keeps the reading place, and is remembered", async ({
  page,
}) => {
  await openReading(page);
  const passage = page.getByText(`12: ${LONG_PARAGRAPH}`);
  await passage.evaluate((element) => element.scrollIntoView());
  await expect(passage).toBeInViewport();
  await page.keyboard.press("Alt+a");
  await page.getByRole("radio", { name: "Sepia" }).check();
  await page.getByRole("radio", { name: "Mono" }).check();
  for (let press = 0; press < 5; press++) await page.getByRole("button", { name: "Text size: more" }).click();
  await page.keyboard.press("Escape");
  const article = page.getByRole("article").first();
  await expect(article).toHaveCSS("font-family", /JetBrains/);
  await expect(passage).toBeInViewport();
  await page.reload();
  await expect(article).toHaveCSS("font-family", /JetBrains/);
});

test("a picture opens large, zooms, and closes where it was", async ({ page }) => {
  await openReading(page);
  const button = page.getByRole("button", { name: "Enlarge picture: The pier at dawn" });
  await button.focus();
  await page.keyboard.press("Enter");
  const large = page.getByRole("dialog");
  await expect(large.getByRole("img", { name: "The pier at dawn" })).toBeVisible();
  await page.keyboard.press("+");
  await expect(large.getByText("150 %")).toBeVisible();
  await page.keyboard.press("0");
  await page.keyboard.press("ArrowRight");
  await expect(large.getByText("2 of 2")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(large).toBeHidden();
  await expect(button).toBeFocused();
});

test("selected words can be quoted with their source", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openReading(page);
  const box = await page.getByText("Read about").boundingBox();
  if (!box) throw new Error("the paragraph has no box");
  await page.mouse.move(box.x + 2, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 260, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await page
    .getByRole("toolbar", { name: "Selected text" })
    .getByRole("button", { name: "Copy with source" })
    .click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(
      /^“Read about the old .*”\n— Ada, Harbours of the north, Site\nhttps:\/\/site\.test\/harbours#:~:text=/s,
    );
});

test("a failure says what happened, the next step, and which request it was", async ({ page }) => {
  await servePages(page, { "https://site.test/harbours": readingPage() });
  await page.goto("/space?url=https%3A%2F%2Fsite.test%2Fgone");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await expect(page.getByText("request-1")).toBeVisible();
  await expect(page.getByRole("button", { name: "Search for it" })).toBeVisible();
  await page.getByRole("button", { name: "Go to site.test" }).click();
  await expect(page.getByRole("button", { name: "Go to site.test" })).toHaveCount(0);
});

test("a document of twenty thousand blocks is there at once, and its end is found", async ({ page }) => {
  await servePages(page, { "https://site.test/book": hugePage() });
  await page.goto("/space?url=https%3A%2F%2Fsite.test%2Fbook");
  await expect(page.getByRole("heading", { level: 1, name: "A very long book" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+f");
  await findField(page).fill("19998:");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("1 of 1");
  await expect(page.getByText("19998:")).toBeInViewport();
});

test("the address of a section leads to it, and going back leads to where one read", async ({ page }) => {
  await openReading(page);
  await page.goto("/space?url=https%3A%2F%2Fsite.test%2Fharbours%23weather");
  const section = page.getByRole("heading", { name: "Weather" });
  await expect(section).toBeInViewport();
  // A press lets go of the place that the address had led to.
  await section.click();
  const passage = page.getByText(`20: ${LONG_PARAGRAPH}`);
  await passage.evaluate((element) => element.scrollIntoView());
  await expect(passage).toBeInViewport();
  await visit(page, "https://site.test/lighthouse");
  await expect(page.getByRole("heading", { level: 1, name: "The lighthouse" })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeAttached();
  await expect(passage).toBeInViewport();
});

test("a page is saved as Markdown under its title", async ({ page }) => {
  await openReading(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Save page" }).press("ArrowRight");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Save as Markdown" }).press("Enter"),
  ]);
  expect(download.suggestedFilename()).toBe("Harbours of the north.md");
  const stream = await download.createReadStream();
  const text = Buffer.concat(await stream.toArray()).toString("utf8");
  expect(text).toContain("# Harbours of the north\n\nAda · Site · <https://site.test/harbours>\n");
  expect(text).toContain("[the old **lighthouse**](https://site.test/lighthouse)");
  expect(text).not.toContain("/api/media");
});

test("paper shows the whole page and nothing around it", async ({ page }) => {
  await openReading(page);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("https://site.test/harbours", { exact: true })).toBeVisible();
  await expect(page.getByText("Note one. Measured at low water.")).toBeVisible();
  await expect(page.getByRole("tablist")).toBeHidden();
  await expect(page.getByRole("button", { name: "Copy code" })).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect(page.getByRole("tablist")).toBeVisible();
});

test("markup in a page's text stays text, and only addresses of the web become links", async ({ page }) => {
  const hostile = readingPage();
  const script = "javascript:document.title='broken'";
  hostile.document = makeDocument(
    [
      paragraph("<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"),
      block({ type: "paragraph", runs: [{ text: "run me", href: script }] }),
      block({ type: "card", href: script, title: "<b>card</b>", text: "" }),
      block({ type: "embed", url: "data:text/html,<script>1</script>", title: "framed" }),
      block({ type: "math", tex: `\\href{${script}}{x} \\htmlClass{qui}{y} <script>` }),
    ],
    { title: "<i>Hostile</i>", id: "hostile", source: hostile.document.source },
  );
  await servePages(page, { "https://site.test/harbours": hostile });
  await page.goto("/space?url=https%3A%2F%2Fsite.test%2Fharbours");
  await expect(page.getByRole("heading", { level: 1, name: "<i>Hostile</i>" })).toBeVisible();
  await expect(page.getByText("<img src=x onerror")).toBeVisible();
  await expect(page.getByText("run me")).toBeVisible();
  await expect(page.locator(".qui-article :is(script, iframe, object)")).toHaveCount(0);
  const hrefs = await page
    .locator(".qui-article a")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(hrefs.filter((href) => !href.startsWith("/space?url=https%3A"))).toEqual([]);
  await page.getByText("run me").click();
  await expect(page).not.toHaveTitle(/broken/);
});

for (const look of ["light", "dark", "sepia"] as const) {
  test(`axe finds nothing in a document in ${look}`, async ({ page }) => {
    await page.addInitScript((theme) => {
      localStorage.setItem("qui-settings", JSON.stringify({ appearance: { theme } }));
    }, look);
    await openReading(page);
    await expect(page.locator("math")).toBeAttached();
    const { violations } = await new AxeBuilder({ page }).include(".qui-page").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
