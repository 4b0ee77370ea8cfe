import { existsSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { corporaDir } from "../bench/corpus-pages.ts";
import { startAppServer } from "../fixtures/app-server.ts";
import { expect, openSpace } from "../fixtures/browser-test.ts";
import { expectNoAxeFaults } from "../fixtures/expect-no-axe-faults.ts";
import { FIRST, SECOND } from "../fixtures/journey-site.ts";
import { test } from "../fixtures/journey-test.ts";

test.skip(!existsSync(corporaDir), `the corpus of real pages is not at ${corporaDir}`);

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });
const state = (page: Page) => page.getByRole("tabpanel");

/** Types into the field of whichever frame is shown, and presses Enter. */
async function visit(page: Page, text: string): Promise<void> {
  const phoneField = page.getByRole("button", { name: /^(Address:|Type an address or search)/ });
  const field = page.getByRole("combobox");
  await expect(field.or(phoneField).first()).toBeVisible();
  if (await phoneField.isVisible()) {
    // The frame has taken over from what the server drew.
    await expect(page.getByRole("button", { name: /^Tabs, [1-9]/ })).toBeVisible();
    await phoneField.tap();
  } else await field.click();
  await field.fill(text);
  await field.press("Enter");
}

/** Reloads by the toolbar, or by the menu where there is no room for it. */
async function reload(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Reload" });
  if (await button.isVisible()) return button.click();
  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("menuitem", { name: "Reload" }).tap();
}

async function topOf(locator: Locator): Promise<number> {
  return (await locator.boundingBox())?.y ?? Number.NaN;
}

const SIZES = [
  { name: "at a desk", use: { viewport: { width: 1280, height: 800 } } },
  {
    name: "on a phone",
    use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  },
];

for (const size of SIZES) {
  test.describe(size.name, () => {
    test.use(size.use);

    test("a new visitor types an address, reads, follows a link, goes back and reloads", async ({
      page,
      journey,
    }) => {
      test.slow();
      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoAxeFaults(page);

      await page.getByRole("combobox").fill(journey.origin + FIRST.path);
      await page.getByRole("combobox").press("Enter");
      await expect(page).toHaveURL(/\/space$/);
      await expect(heading(page, FIRST.title)).toBeVisible();
      await expect(page).toHaveTitle(`${FIRST.title} – Qui`);
      await expect(page.getByText(FIRST.sentence)).toBeVisible();
      await expectNoAxeFaults(page);

      const link = state(page).getByRole("link", { name: FIRST.link }).first();
      await link.evaluate((element) => element.scrollIntoView({ block: "start" }));
      const readAt = await topOf(link);
      await link.click();
      await expect(heading(page, SECOND.title)).toBeVisible();
      await expect(page.getByText(SECOND.sentence)).toBeInViewport();
      const late = page.getByText(SECOND.late);
      await late.scrollIntoViewIfNeeded();
      await expect(late).toBeInViewport();

      const pagesAsked = () => journey.requests.filter((path) => path.startsWith("/doc/")).length;
      const asked = pagesAsked();
      await page.getByRole("button", { name: "Back" }).click();
      await expect(link).toBeInViewport();
      await expect.poll(async () => Math.abs((await topOf(link)) - readAt)).toBeLessThanOrEqual(4);
      await page.getByRole("button", { name: "Forward" }).click();
      await expect(late).toBeInViewport();
      await page.getByRole("button", { name: "Back" }).click();
      await expect(link).toBeInViewport();
      expect(pagesAsked(), "going back and forward asks nobody").toBe(asked);

      await reload(page);
      await expect.poll(pagesAsked).toBe(asked + 1);
      await expect(link).toBeInViewport();

      await page.reload();
      await expect(heading(page, FIRST.title)).toBeAttached();
      await expect(link).toBeInViewport();
    });

    test("what takes long can be stopped, and taken up again", async ({ page, journey }) => {
      test.slow();
      await page.goto("/space");
      await visit(page, `${journey.origin}/held`);
      await expect(page.getByRole("progressbar", { name: "Loading localhost" })).toBeVisible();
      await expect(page.getByText(/^(Waiting for localhost|localhost is slow)/)).toBeVisible();
      await expectNoAxeFaults(page);
      await page.getByRole("button", { name: "Cancel" }).click();
      await expect(heading(page, "Loading was stopped")).toBeVisible();
      await expectNoAxeFaults(page);
      await page.getByRole("button", { name: "Load it again" }).click();
      await expect
        .poll(async () => {
          journey.release();
          return heading(page, "Held back").isVisible();
        })
        .toBe(true);
    });

    test("an address that fails says why, and each next step leads on", async ({ page, journey }) => {
      test.slow();
      await page.goto("/space");
      await visit(page, `${journey.origin}/missing`);
      await expect(heading(page, "There is no such page")).toBeVisible();
      await expect(page.getByText("The site has only seen Qui's server, never your device.")).toBeVisible();
      await expectNoAxeFaults(page);
      await state(page).getByRole("button", { name: "Go to localhost" }).click();
      await expect(heading(page, "Front page")).toBeVisible();

      const flaky = `/flaky/${encodeURIComponent(size.name)}`;
      await visit(page, journey.origin + flaky);
      await expect(heading(page, "The site has a problem")).toBeVisible();
      journey.mend(flaky);
      await state(page).getByRole("button", { name: "Try again" }).click();
      await expect(heading(page, "Mended")).toBeVisible();

      await visit(page, "http://10.0.0.1/");
      await expect(heading(page, "This address is private")).toBeVisible();
      await expectNoAxeFaults(page);
      await state(page).getByRole("button", { name: "Change the address" }).click();
      await expect(page.getByRole("combobox")).toBeFocused();
      await expect(page.getByRole("combobox")).toHaveValue("http://10.0.0.1/");
    });

    test("words are searched for only where a provider is set, and it says so", async ({ page }) => {
      await page.goto("/space");
      await visit(page, "qwpoeiru zmxncb alskdj");
      await expect(heading(page, "Search is off here")).toBeVisible();
      await expectNoAxeFaults(page);
      await state(page).getByRole("button", { name: "Change the address" }).click();
      await expect(page.getByRole("combobox")).toBeFocused();
    });

    test("with the plug pulled the state is designed, and trying again works", async ({ page, journey }) => {
      test.slow();
      await page.goto("/space");
      const tryAgain = state(page).getByRole("button", { name: "Try again" });
      const pages = "**/api/pages?*";
      for (const [what, fulfill] of [
        ["an answer of 500", { status: 500, contentType: "text/html", body: "<h1>Error at line 3</h1>" }],
        ["a proxy's 502", { status: 502, contentType: "text/html", body: "<center>Bad Gateway</center>" }],
        ["half an answer", { status: 200, contentType: "application/json", body: '{"document":{' }],
        ["a cut line", null],
      ] as const) {
        await test.step(what, async () => {
          await page.route(pages, (route) =>
            fulfill ? route.fulfill(fulfill) : route.abort("connectionreset"),
          );
          await visit(page, `${journey.origin}${FIRST.path}?${encodeURIComponent(what)}`);
          await expect(heading(page, "Qui is busy")).toBeVisible();
          await expect(state(page)).not.toContainText(/line 3|Bad Gateway|undefined/);
          await page.unroute(pages);
          await tryAgain.click();
          await expect(heading(page, FIRST.title)).toBeVisible();
        });
      }

      await page.route(pages, () => {});
      await visit(page, journey.origin + SECOND.path);
      await page.getByRole("button", { name: "Cancel" }).click();
      await expect(heading(page, "Loading was stopped")).toBeVisible();
      await page.unroute(pages);
      await page.getByRole("button", { name: "Load it again" }).click();
      await expect(heading(page, SECOND.title)).toBeVisible();
    });
  });
}

test.describe("every code of a failing site has its own answer", () => {
  for (const [path, title, step] of [
    ["/broken", "The site has a problem", "Try again"],
    ["/closed", "The site keeps this page closed", "Open outside Qui"],
    ["/cut", "The site does not answer", "Try again"],
    ["/round", "The site sends us in circles", "Go to"],
    ["/archive", "This is not a page to read", "Open outside Qui"],
  ] as const) {
    test(`${path}: ${title}`, async ({ page, journey }) => {
      await page.goto(`/space?url=${encodeURIComponent(journey.origin + path)}`);
      await expect(heading(page, title)).toBeVisible();
      const steps = state(page).getByRole("button").or(state(page).getByRole("link"));
      await expect(steps.filter({ hasText: step })).toBeVisible();
      await expect(state(page)).not.toContainText(/Stack trace|ECONN|undefined|\bat [\w.]+ \(/);
    });
  }

  for (const address of ["ftp://example.org/", "javascript:alert(1)"]) {
    test(`${address} is not opened, typed or followed`, async ({ page }) => {
      const refusal = page.getByRole("option", { name: /Qui does not open (ftp|javascript): addresses/ });
      await openSpace(page);
      await visit(page, address);
      await expect(refusal).toBeVisible();
      await page.goto(`/space?url=${encodeURIComponent(address)}`);
      await expect(heading(page, "Where to?")).toBeVisible();
      await expect(refusal).toBeVisible();
    });
  }

  for (const [typed, title] of [
    ["https://ada:secret@example.org/", "This address carries a password"],
    ["http://2130706433/", "This address is private"],
    ["http://[::1]/", "This address is private"],
    ["http://8.8.8.8:22/", "This port is closed"],
  ] as const) {
    test(`${typed}: ${title}`, async ({ page }) => {
      await page.goto("/space");
      await visit(page, typed);
      await expect(heading(page, title)).toBeVisible();
    });
  }
});

test("an address typed before the scripts have come opens all the same", async ({ page, journey }) => {
  let isHeld = true;
  await page.route("**/_next/static/chunks/**", (route) => (isHeld ? undefined : route.continue()));
  await page.goto("/space", { waitUntil: "commit" });
  const field = page.getByRole("combobox", { name: "Address, search or command" });
  await field.fill(journey.origin + FIRST.path);
  isHeld = false;
  await field.press("Enter");
  await expect(heading(page, FIRST.title)).toBeVisible();
});

test("an address typed on a landing page whose scripts are gone, as after a new release, opens all the same", async ({
  page,
  journey,
}) => {
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.route("**/_next/static/chunks/**", (route) =>
    new URL(page.url()).pathname === "/" ? route.abort("failed") : route.continue(),
  );
  await page.getByRole("combobox").fill(journey.origin + FIRST.path);
  await page.getByRole("combobox").press("Enter");
  await expect(heading(page, FIRST.title)).toBeVisible();
});

test("where drawing Qui itself fails, it says so without a word of the fault, and goes on", async ({
  page,
  complaints,
}) => {
  await page.addInitScript(() => {
    const real = window.matchMedia.bind(window);
    Object.assign(window, { isBroken: true });
    window.matchMedia = (query) => {
      if ("isBroken" in window && window.isBroken) throw new Error("secret detail of the fault");
      return real(query);
    };
  });
  await page.goto("/space");
  await expect(heading(page, "Qui could not be drawn")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("secret detail");
  await expect(page).toHaveTitle("Something went wrong – Qui");
  await expectNoAxeFaults(page);
  // The fault itself is told to the console, for whoever looks for it; nothing else is.
  expect(complaints.filter((text) => !text.includes("secret detail"))).toEqual([]);
  complaints.length = 0;
  await page.evaluate(() => Object.assign(window, { isBroken: false }));
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(heading(page, "Where to?")).toBeVisible();
});

test.describe("with a search provider", () => {
  for (const [what, format] of [
    ["its JSON", "&format=json"],
    ["its page of results", ""],
  ] as const) {
    test(`words become a listing made from ${what}, and a result opens`, async ({ page, journey }) => {
      test.slow();
      const app = await startAppServer({
        QUI_EGRESS_ALLOW: `${journey.host},${journey.host.replace("localhost", "127.0.0.1")}`,
        SEARCH_URL: `${journey.origin}/search?q={query}${format}`,
      });
      try {
        await page.goto(`${app.origin}/space`);
        await visit(page, "tidal harbours");
        const result = state(page).getByRole("link", { name: "First about tidal harbours" });
        await expect(result).toBeVisible();
        await expect(page.getByText(/the third result says about tidal harbours/)).toBeVisible();
        await expectNoAxeFaults(page);
        await result.click();
        await expect(heading(page, FIRST.title)).toBeVisible();
        await page.getByRole("button", { name: "Back" }).click();
        await expect(result).toBeVisible();
      } finally {
        await app.stop();
      }
    });
  }
});
