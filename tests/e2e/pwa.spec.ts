import type { BrowserContext, Page } from "@playwright/test";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";
import { startChangingApp } from "../fixtures/changing-app.ts";

/** Until the service worker answers for this page, and with all it keeps. */
async function untilControlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

async function goOffline(context: BrowserContext): Promise<void> {
  await context.setOffline(true);
}

test("a page saved with its picture is read without a connection, also in a window opened then", async ({
  page,
  context,
  site,
}) => {
  await openSpace(page);
  await visit(page, `${site.origin}/pier`);
  await expect(articleHeading(page, "The pier")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save for offline" })).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved for offline", { exact: true })).toBeVisible();
  await visit(page, `${site.origin}/ferry`);
  await expect(articleHeading(page, "Ferries")).toBeVisible();
  await page.goBack();
  await untilControlled(page);
  await goOffline(context);

  await page.reload();
  await expect(articleHeading(page, "The pier")).toBeVisible();
  await expect(page.getByText("Your saved copy from")).toBeVisible();
  const picture = page.getByRole("img", { name: "The pier at dawn" });
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBeGreaterThan(100);

  const another = await context.newPage();
  await another.goto(`/space?url=${encodeURIComponent(`${site.origin}/pier#part`)}`);
  await expect(articleHeading(another, "The pier")).toBeVisible();

  await visit(another, `${site.origin}/island`);
  await expect(another.getByRole("heading", { name: "You are offline" })).toBeVisible();
  const saved = another.getByRole("region", { name: "Saved on this device" });
  await saved.getByRole("button", { name: /The pier/ }).click();
  await expect(articleHeading(another, "The pier")).toBeVisible();
});

test("the landing page opens without a connection, and pages are never kept by the worker", async ({
  page,
  context,
  site,
}) => {
  await openSpace(page);
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page.getByRole("button", { name: "Save for offline" }).click();
  await expect(page.getByText("Saved for offline", { exact: true })).toBeVisible();
  await untilControlled(page);
  const kept = await page.evaluate(async () => {
    const urls: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname);
    }
    return urls;
  });
  expect(kept).toContain("/space");
  expect(kept.filter((path) => path.startsWith("/api/"))).toEqual([]);

  await goOffline(context);
  await page.goto("/");
  const field = page.getByRole("combobox");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await field.fill("lighthouses");
  await expect(page.getByRole("option", { name: /localhost/ })).toBeVisible();
  await field.fill(`${site.origin}/lighthouse`);
  await field.press("Enter");
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await expect(page.getByText("Your saved copy from")).toBeVisible();
});

test("the app can be installed: manifest, icons and worker are as Chromium wants them", async ({
  page,
  context,
}) => {
  await openSpace(page);
  await untilControlled(page);
  const client = await context.newCDPSession(page);
  const { errors, data } = await client.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
  // Tests run in windows like private ones, where nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  const manifest = JSON.parse(data ?? "{}");
  const files = [
    ...manifest.icons,
    ...manifest.screenshots,
    ...manifest.shortcuts.flatMap((shortcut: { icons: unknown[] }) => shortcut.icons),
  ] as { src: string; sizes: string }[];
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  files.push({ src: apple ?? "", sizes: "180x180" });
  for (const { src, sizes } of files) {
    const size = await page.evaluate(async (address) => {
      const bitmap = await createImageBitmap(await (await fetch(address)).blob());
      return `${bitmap.width}x${bitmap.height}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
});

test("installing is left to the browser's own window where it has one", async ({ page }) => {
  await openSpace(page);
  await page.evaluate(() => {
    const prompt = async () => {
      document.title = "asked to install";
      return { outcome: "dismissed" };
    };
    window.dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt }));
  });
  await expect(async () => {
    await page.getByRole("button", { name: "Menu" }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    if (await page.getByRole("menuitem", { name: "Install Qui…" }).isVisible()) return;
    await page.keyboard.press("Escape");
    throw new Error("Installing is not offered yet.");
  }).toPass({ intervals: [200] });
  await page.getByRole("menuitem", { name: "Install Qui…" }).click();
  await expect(page).toHaveTitle("asked to install");
  // An offer can be used once.
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.getByRole("menuitem", { name: "Keyboard shortcuts" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Install Qui…" })).toHaveCount(0);
});

test.describe("on an iPhone", () => {
  test.use({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1",
  });

  test("installing is explained, as the browser has no window for it", async ({ page }) => {
    await openSpace(page);
    const field = page.getByRole("combobox", { name: "Address, search or command" });
    await expect(async () => {
      await field.click();
      await field.fill("> install");
      await expect(page.getByRole("option", { name: /Install Qui/ })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await field.press("Enter");
    await expect(
      page.getByRole("dialog", { name: "Install Qui" }).getByText("Add to Home Screen"),
    ).toBeVisible();
  });
});

test("a share, a protocol link and the icon's menu lead to what they mean", async ({ page, site }) => {
  const text = encodeURIComponent(`Read this: ${site.origin}/harbour.`);
  await page.goto(`/space?title=Harbours&text=${text}`);
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
  await page.goto("/space?do=reading-list");
  await expect(page.getByRole("dialog", { name: "Library" }).getByText("Nothing saved yet")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("tab", { name: /Harbours/ })).toBeVisible();
  await expect(page.getByRole("dialog", { name: "Library" })).toHaveCount(0);
});

test("a new version waits until it is wanted, then comes without losing a panel, in every window", async ({
  page,
  context,
  site,
  baseURL,
}) => {
  const app = await startChangingApp(baseURL ?? "");
  try {
    await openSpace(page, `${app.origin}/space`);
    await visit(page, `${site.origin}/island`);
    await expect(articleHeading(page, "Islands")).toBeVisible();
    await untilControlled(page);
    const other = await context.newPage();
    await openSpace(other, `${app.origin}/space`);
    await visit(other, `${site.origin}/ferry`);
    await expect(articleHeading(other, "Ferries")).toBeVisible();
    await untilControlled(other);

    let loads = 0;
    page.on("load", () => loads++);
    let otherLoads = 0;
    other.on("load", () => otherLoads++);
    app.release();
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await expect(page.getByText("A new version of Qui is ready.")).toBeVisible();
    expect(loads).toBe(0);
    await page.getByRole("button", { name: "Reload", exact: true }).last().click();
    await expect.poll(() => loads).toBe(1);
    await expect(articleHeading(page, "Islands")).toBeVisible();
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();

    await expect(other.getByText("Qui was updated in another window.")).toBeVisible();
    await other.getByRole("button", { name: "Reload", exact: true }).last().click();
    await expect.poll(() => otherLoads).toBe(1);
    await expect(articleHeading(other, "Ferries")).toBeVisible();
    expect(loads).toBe(1);
  } finally {
    await app.close();
  }
});
