import type { Page } from "@playwright/test";
import { errorResponseSchema } from "#lib/protocol/errors.ts";
import { pageSchema } from "#lib/protocol/pages.ts";
import { type AppServer, startAppServer } from "../fixtures/app-server.ts";
import { test as base, expect, visit } from "../fixtures/browser-test.ts";
import { BOMBS, HUGE, ODD, PICTURES, SLOW } from "../fixtures/hostile-answers.ts";
import { hostileHeads, hostileMarkup } from "../fixtures/hostile-markup.ts";
import { BROWSER_MARK, type HostileOrigin, startHostileOrigin } from "../fixtures/hostile-origin.ts";

/** Above every bound of the pipeline: 25 s for the site, 15 s for the reader, and the way between. */
const PIPELINE_MS = 45_000;

/** A server of their own, as these pages keep its readers busy. After each test it must still be there. */
const test = base.extend<{ watch: undefined }, { hostile: HostileOrigin; app: AppServer }>({
  hostile: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const hostile = await startHostileOrigin();
      await use(hostile);
      await hostile.close();
    },
    { scope: "worker" },
  ],
  app: [
    async ({ hostile }, use) => {
      const app = await startAppServer({
        QUI_EGRESS_ALLOW: hostile.host,
        QUI_EGRESS_PORTS: `80,443,${hostile.evilPort}`,
      });
      await use(app);
      await app.stop();
    },
    { scope: "worker" },
  ],
  watch: [
    async ({ context, hostile, app }, use) => {
      const seen: string[] = [];
      context.on("dialog", (dialog) => {
        seen.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      context.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(`${app.origin}/`) && !/^(data:image\/|blob:)/.test(url))
          seen.push(`request: ${url}`);
      });
      context.on("page", (page) => {
        if (context.pages().length > 1) seen.push(`window: ${page.url()}`);
        page.on("download", (download) => seen.push(`download: ${download.url()}`));
        page.on("framenavigated", (frame) => {
          if (frame.parentFrame() || !/^(about:blank|http:\/\/localhost:\d+\/)/.test(frame.url()))
            seen.push(`frame: ${frame.url()}`);
        });
      });
      await use(undefined);
      for (const page of context.pages()) {
        expect(await page.evaluate(() => "__pwned" in window), "a script of the page ran").toBe(false);
      }
      expect(seen, "something left the browser, or appeared").toEqual([]);
      expect(hostile.leaks, "somebody was asked who may not be").toEqual([]);
      await expect.poll(app.isAlive, { message: "the server answers", timeout: 20_000 }).toBe(true);
    },
    { auto: true },
  ],
});

test.use({ extraHTTPHeaders: { [BROWSER_MARK]: "yes" } });

const groups = Object.keys(hostileMarkup("")).sort();
const heads = Object.keys(hostileHeads("")).sort();

const open = (page: Page, app: AppServer, url: string) =>
  page.goto(`${app.origin}/space?url=${encodeURIComponent(url)}`);

/** Everything in the drawn page that could run, load or lead somewhere, and should not be there. */
function listDangers(page: Page): Promise<string[]> {
  return page.getByRole("tabpanel").evaluate((panel) => {
    const forbidden =
      "script,iframe,frame,object,embed,applet,portal,form,base,meta,link,style,template,foreignObject,animate,set,use,marquee,area,map";
    const isSafe = (element: Element, name: string, value: string): boolean => {
      // Only the way out that Qui itself offers leads straight to a site, in a window that knows nothing of ours.
      const leaves = element.getAttribute("rel")?.includes("noreferrer") === true;
      if (name === "href" || name === "xlink:href")
        return /^(\/space\?url=https?%3A|#)/.test(value) || (leaves && /^https?:/.test(value));
      if (name === "target") return leaves && value === "_blank";
      if (/^(src|srcset|poster)$/.test(name)) return value.startsWith("/api/media?");
      if (name === "style") return !/url\(|expression|fixed/.test(value);
      return !/^(on.*|action|formaction|ping|srcdoc|background|data|code|archive|usemap)$/.test(name);
    };
    const found = [...panel.querySelectorAll(forbidden)].map(({ localName }) => `<${localName}>`);
    for (const element of panel.querySelectorAll("*")) {
      if (element.shadowRoot || element.localName.includes("-"))
        found.push(`<${element.localName}>, foreign`);
      for (const { name, value } of element.attributes)
        if (!isSafe(element, name, value)) found.push(`${element.localName} ${name}=${value.slice(0, 80)}`);
    }
    return found;
  });
}

/** A page's answer as `document` or the code of its error, checked against the protocol either way. */
async function outcomeOf(app: AppServer, url: string): Promise<{ outcome: string; text: string }> {
  const response = await fetch(`${app.origin}/api/pages?url=${encodeURIComponent(url)}`, {
    signal: AbortSignal.timeout(PIPELINE_MS),
  });
  const text = await response.text();
  if (!response.ok) return { outcome: errorResponseSchema.parse(JSON.parse(text)).error.code, text };
  const { links, media, document, icon } = pageSchema.parse(JSON.parse(text));
  const addresses = [
    ...links.map(({ href }) => href),
    ...media.flatMap(({ url, src }) => [url, new URL(src, url).href]),
    ...addressesIn(document),
    ...(icon ? [new URL(icon, "http://ours/").href] : []),
  ];
  expect(addresses.filter((address) => !/^(https?:|mailto:|tel:|#)/.test(address))).toEqual([]);
  return { outcome: "document", text };
}

function addressesIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" && /^(href|url|cite|canonicalUrl|finalUrl)$/.test(key)
      ? [value]
      : addressesIn(value),
  );
}

test.describe("markup", () => {
  for (const group of groups) {
    test(`${group}: nothing of it runs, loads, sends or leads out`, async ({ page, app, hostile }) => {
      await open(page, app, `${hostile.origin}/markup/${group}`);
      await expect(page.getByRole("heading", { level: 1, name: "A calm page" })).toBeVisible();
      await expect(page.getByText("After all of it.")).toBeAttached();
      await page.getByRole("tabpanel").getByRole("article").first().hover();
      expect(await listDangers(page)).toEqual([]);
      await expect(page.getByRole("tab")).toBeVisible();
    });
  }

  test("each piece alone becomes a document whose addresses are all of the web", async ({ app, hostile }) => {
    test.slow();
    for (const group of groups) {
      for (let index = 0; index < hostile.count(group); index++) {
        const { outcome, text } = await outcomeOf(app, `${hostile.origin}/markup/${group}/${index}`);
        expect([group, index, outcome]).toEqual([group, index, "document"]);
        expect(text).toContain("After all of it.");
      }
    }
  });

  for (const name of heads) {
    test(`head: ${name} is without effect`, async ({ page, app, hostile }) => {
      await open(page, app, `${hostile.origin}/head/${encodeURIComponent(name)}`);
      await expect(page.getByText("After all of it.")).toBeAttached();
      expect(await listDangers(page)).toEqual([]);
      expect((await page.title()).length).toBeLessThan(2_000);
      expect(await page.title()).not.toMatch(/[\u2028-\u202e\u2066-\u2069]/);
      expect((await page.getByRole("tab").boundingBox())?.width).toBeLessThan(400);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => "polluted" in {})).toBe(false);
    });
  }
});

test.describe("answers", () => {
  for (const [name, { outcomes }] of Object.entries({ ...BOMBS, ...ODD })) {
    test(`${name}: ${outcomes.join(" or ")}`, async ({ page, app, hostile }) => {
      const url = `${hostile.origin}/answer/${encodeURIComponent(name)}`;
      const { outcome, text } = await outcomeOf(app, url);
      expect(outcomes).toContain(outcome);
      expect(text).not.toMatch(/root:x:|smuggled|hahahahahaha/);
      await open(page, app, url);
      await expect(page.getByRole("tabpanel").getByRole("heading", { level: 1 })).toBeVisible();
      expect(await listDangers(page)).toEqual([]);
    });
  }

  test("slow ones all end within the pipeline's bounds, while a calm page is read", async ({
    page,
    app,
    hostile,
  }) => {
    test.setTimeout(PIPELINE_MS * 2);
    const slow = Object.entries(SLOW).map(async ([name, { outcomes }]) => {
      const { outcome } = await outcomeOf(app, `${hostile.origin}/answer/${encodeURIComponent(name)}`);
      return [name, outcomes.includes(outcome) ? "as said" : outcome];
    });
    await open(page, app, `${hostile.origin}/calm`);
    await expect(page.getByRole("heading", { level: 1, name: "A calm page" })).toBeVisible();
    expect(await Promise.all(slow)).toEqual(Object.keys(SLOW).map((name) => [name, "as said"]));
  });
});

test("pictures are drawn anew or left out; none brings anything along", async ({ page, app, hostile }) => {
  test.setTimeout(PIPELINE_MS * 2);
  const { text } = await outcomeOf(app, `${hostile.origin}/pictures`);
  const { media } = pageSchema.parse(JSON.parse(text));
  const names = media.map(({ url }) => url.split("/").at(-1));
  expect(names).toEqual(expect.arrayContaining(Object.keys(PICTURES)));
  await open(page, app, `${hostile.origin}/pictures`);
  await expect(page.getByText("The picture html.png")).toBeVisible();
  expect(await listDangers(page)).toEqual([]);
  for (const { src, url } of media) {
    const response = await page.request.get(app.origin + src);
    const headers = response.headers();
    expect(headers["x-content-type-options"], url).toBe("nosniff");
    if (!response.ok()) {
      expect(headers["content-type"], url).toContain("application/json");
      continue;
    }
    expect(headers["content-type"], url).toMatch(/^image\/(avif|webp|png|jpeg|gif)$/);
    expect(headers["content-security-policy"], url).toMatch(/default-src 'none'.*sandbox/);
    expect((await response.body()).toString("latin1"), url).not.toMatch(/<script|__pwned|root:x:/);
  }
});

test.describe("huge pages", () => {
  for (const [name, { outcomes }] of Object.entries(HUGE)) {
    test(`${name}: it ends, and another tab can be opened and read`, async ({ page, app, hostile }) => {
      test.setTimeout(PIPELINE_MS * 3);
      const url = `${hostile.origin}/answer/${encodeURIComponent(name)}`;
      await open(page, app, url);
      const panel = page.getByRole("tabpanel").first();
      await expect(panel.getByRole("heading", { level: 1 }).first()).toBeVisible({ timeout: PIPELINE_MS });
      await page.keyboard.press("Alt+t");
      await visit(page, `${hostile.origin}/calm`);
      await expect(page.getByRole("heading", { level: 1, name: "A calm page" })).toBeVisible({
        timeout: PIPELINE_MS,
      });
      await page.keyboard.press("Alt+w");
      await expect(panel.getByRole("heading", { level: 1 }).first()).toBeVisible();
      expect(outcomes).toContain((await outcomeOf(app, url)).outcome);
    });
  }
});
