import type { Page, WebSocketRoute } from "@playwright/test";
import { visit } from "../fixtures/browser-test.ts";
import {
  colourAt,
  expect,
  focusField,
  openLivePage,
  picture,
  placeOf,
  press,
  test,
} from "../fixtures/live-test.ts";

const RED = [192, 32, 32];
const GREEN = [32, 160, 64];
const PINK = [224, 32, 128];
const VIOLET = [160, 64, 192];

const SIZES = [
  { name: "at a desk", isPhone: false, use: { viewport: { width: 1280, height: 800 } } },
  {
    name: "on a phone",
    isPhone: true,
    use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  },
];

/** Fingers on the live page, as the hardware would tell them. */
async function createFingers(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const { left, top } = await placeOf(page);
  return (type: "touchStart" | "touchMove" | "touchEnd", points: number[][]) =>
    cdp.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([x = 0, y = 0], id) => ({ x: left + x, y: top + y, id })),
    });
}

for (const { name, isPhone, use } of SIZES) {
  test.describe(name, () => {
    test.use(use);

    test("an app that the reader cannot show opens live by itself, and history leads through it", async ({
      page,
      live,
    }) => {
      await page.goto(`/space?url=${encodeURIComponent(`${live.origin}/app`)}`);
      await expect(page.getByRole("application", { name: "App home, live" })).toBeVisible({
        timeout: 20_000,
      });
      await expect.poll(() => colourAt(page, 60, 60)).toEqual(RED);

      await press(page, 100, 210);
      await expect.poll(() => live.last("view")).toBe("/app/two");
      await expect(page).toHaveTitle("App two – Qui");
      await expect.poll(() => colourAt(page, 60, 60)).toEqual(GREEN);

      await page.getByRole("button", { name: "Back" }).click();
      await expect.poll(() => live.last("view")).toBe("/app");
      await expect(page).toHaveTitle("App home – Qui");
      await expect.poll(() => colourAt(page, 60, 60)).toEqual(RED);
      await page.getByRole("button", { name: "Forward" }).click();
      await expect.poll(() => live.last("view")).toBe("/app/two");
      await expect(page).toHaveTitle("App two – Qui");
      // The app itself was loaded once: nothing of it was lost on the way.
      expect(live.seen.filter(({ what }) => what === "opened")).toHaveLength(1);
    });

    test("a form takes what is typed into its fields and is sent", async ({ page, live }) => {
      await openLivePage(page, `${live.origin}/form`);
      await focusField(page, live, { x: 100, y: 30, name: "name" });
      await page.keyboard.type("Zoë Lind");
      await expect.poll(() => live.last("name")).toBe("Zoë Lind");
      await page.keyboard.press("Backspace");
      await expect.poll(() => live.last("name")).toBe("Zoë Lin");
      await focusField(page, live, { x: 100, y: 150, name: "secret" });
      await page.keyboard.type("pass-1");
      await expect.poll(() => live.last("secret")).toBe("pass-1");
      // Nothing of a password is left in this window.
      expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("pass-1");
      await focusField(page, live, { x: 100, y: 200, name: "note" });
      await page.keyboard.type("one");
      await page.keyboard.press("Enter");
      await page.keyboard.type("two");
      await expect.poll(() => live.last("note")).toBe("one\ntwo");
      await press(page, 15, 252);
      await expect.poll(() => live.last("tick")).toBe(true);
      await press(page, 100, 330);
      await expect.poll(() => live.last("sent")).toMatchObject({ name: "Zoë Lin", secret: "pass-1" });
    });

    test("a drawing follows the pointer, and its strokes are seen", async ({ page, live }) => {
      await openLivePage(page, `${live.origin}/draw`);
      const { left, top } = await placeOf(page);
      const fingers = await createFingers(page);
      // Drawn until it is seen there: what comes before the page's own script meets nobody.
      await expect(async () => {
        if (isPhone) {
          await fingers("touchStart", [[60, 60]]);
          for (const step of [90, 120, 150, 180]) await fingers("touchMove", [[step, step]]);
          await fingers("touchEnd", []);
        } else {
          await page.mouse.move(left + 60, top + 60);
          await page.mouse.down();
          await page.mouse.move(left + 180, top + 180, { steps: 6 });
          await page.mouse.up();
        }
        const end = () => (live.last("drawn") as number[][] | undefined)?.at(-1);
        await expect.poll(end, { timeout: 3_000 }).toEqual([180, 180]);
      }).toPass();
      await expect.poll(() => colourAt(page, 120, 120)).toEqual(PINK);
      if (isPhone) {
        await fingers("touchStart", [
          [80, 200],
          [200, 200],
        ]);
        await fingers("touchEnd", []);
        await expect.poll(() => live.last("fingers")).toBe(2);
        return;
      }
      // Two presses too far apart are two clicks.
      await expect(async () => {
        await page.mouse.dblclick(left + 300, top + 200);
        await expect.poll(() => live.last("double"), { timeout: 3_000 }).toBe(true);
      }).toPass();
      await page.mouse.click(left + 320, top + 90, { button: "right" });
      await expect.poll(() => live.last("context")).toBe(2);
    });

    test("an endless list grows as it is scrolled", async ({ page, live }) => {
      await openLivePage(page, `${live.origin}/endless`);
      await expect.poll(() => live.last("rows")).toBe(30);
      const fingers = await createFingers(page);
      if (isPhone) {
        for (let swipe = 0; swipe < 4; swipe++) {
          await fingers("touchStart", [[150, 600]]);
          for (let y = 520; y >= 40; y -= 80) await fingers("touchMove", [[150, y]]);
          await fingers("touchEnd", []);
        }
      } else {
        const { left, top } = await placeOf(page);
        await page.mouse.move(left + 200, top + 300);
        for (let turn = 0; turn < 8; turn++) await page.mouse.wheel(0, 240);
      }
      await expect.poll(() => live.last("rows") as number, { timeout: 15_000 }).toBeGreaterThan(30);
    });
  });
}

test.describe("at a desk", () => {
  test("an editor takes shortcuts, input methods and the clipboard", async ({ page, live, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openLivePage(page, `${live.origin}/editor`);
    await expect(async () => {
      await press(page, 300, 150);
      await page.keyboard.press("Control+a");
      await expect.poll(() => live.last("selected"), { timeout: 2_000 }).toBe("one two three");
    }).toPass();
    await page.keyboard.press("Control+c");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("one two three");
    await page.keyboard.type("four");
    await expect.poll(() => live.last("text")).toBe("four");
    const cdp = await context.newCDPSession(page);
    await cdp.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    await cdp.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
    await cdp.send("Input.insertText", { text: "日本" });
    await expect.poll(() => live.last("text")).toBe("four日本");
    await page.evaluate(() => navigator.clipboard.writeText(" pasted"));
    await page.keyboard.press("Control+v");
    await expect.poll(() => live.last("text")).toBe("four日本 pasted");
    // Qui keeps its own keys.
    await page.keyboard.press("Control+l");
    await expect(page.getByRole("combobox")).toBeFocused();
  });

  test("signing in lasts for every tab of the visitor, and for no private one", async ({ page, live }) => {
    await openLivePage(page, `${live.origin}/login`);
    await focusField(page, live, { x: 200, y: 30, name: "name" });
    await page.keyboard.type("ada");
    await page.keyboard.press("Tab");
    await expect.poll(() => live.last("focus")).toBe("password");
    await page.keyboard.type("lovelace");
    await page.keyboard.press("Enter");
    await expect.poll(() => live.last("login")).toBe(true);
    await expect(page).toHaveTitle("Account of ada – Qui");
    await expect.poll(() => colourAt(page, 60, 60)).toEqual(VIOLET);
    // The site is set to open live: a new tab shows the account at once.
    await page.getByRole("button", { name: /^About this page/ }).click();
    await page.getByLabel("Pages open").selectOption("live");
    // It shows what is kept, and so once it is.
    await expect(page.getByLabel("Pages open")).toHaveValue("live");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "New tab" }).click();
    await visit(page, `${live.origin}/account`);
    await expect(page.getByRole("application", { name: "Account of ada, live" })).toBeVisible({
      timeout: 20_000,
    });
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("menuitem", { name: /private tab/i }).click();
    await visit(page, `${live.origin}/account`);
    await expect(page.getByRole("application", { name: "Sign in, live" })).toBeVisible({ timeout: 20_000 });
  });

  test("the reader and the live engine change places at a press, and the live page goes on where it was", async ({
    page,
    live,
  }) => {
    // The reader finds nothing here, so that it opens live by itself.
    await page.goto(`/space?url=${encodeURIComponent(`${live.origin}/journal`)}`);
    const app = page.getByRole("application", { name: "A journal kept by a script, live" });
    await expect(app).toBeVisible({ timeout: 20_000 });
    await focusField(page, live, { x: 100, y: 30, name: "note" });
    await page.keyboard.type("half");
    await expect.poll(() => live.last("note")).toBe("half");
    await page.getByRole("button", { name: "Save what the page shows now for offline" }).click();
    await expect(page.getByRole("button", { name: /^Saved for offline/ })).toBeVisible();
    await expect(page.getByRole("button", { name: "Bookmark this page" })).toBeVisible();

    await page.getByRole("button", { name: /^Live from a browser/ }).click();
    const document = page.getByRole("article");
    await expect(document.getByText("Noon, entry 2: what happened is told here")).toBeVisible();
    await expect(document.getByText("Made from the live page")).toBeVisible();
    await expect(document).not.toContainText("half");
    await expect(picture(page)).toHaveCount(0);
    await expect(page).toHaveTitle("A journal kept by a script – Qui");
    await page.keyboard.press("Alt+o");
    const outline = page.getByRole("navigation", { name: "Outline" });
    await expect(outline.getByRole("button")).toHaveText(["Morning", "Noon", "Evening"]);
    await page.keyboard.press("Escape");
    // Asked for anew it is made of the live page again, not of what the site sends to anybody.
    const madeAt = document.locator("aside time");
    const first = await madeAt.getAttribute("datetime");
    await page.getByRole("button", { name: "Reload" }).click();
    await expect(madeAt).not.toHaveAttribute("datetime", first ?? "");
    await expect(document.getByText("Evening, entry 3")).toBeVisible();

    await page.getByRole("button", { name: /^Shown by the reader, from the live page/ }).click();
    await expect(app).toBeVisible();
    await press(page, 100, 30);
    await page.keyboard.press("End");
    await page.keyboard.type(" done");
    await expect.poll(() => live.last("note")).toBe("half done");
    expect(live.seen.filter(({ what }) => what === "opened")).toHaveLength(1);
  });

  test("a cut connection leaves the picture, says so, and goes on where it was", async ({ page, live }) => {
    const closings: (() => Promise<void>)[] = [];
    let isCut = false;
    await page.routeWebSocket(/\/live$/, (socket) => {
      if (isCut) {
        void socket.close();
        return;
      }
      const server = socket.connectToServer();
      closings.push(async () => {
        await socket.close();
        await server.close();
      });
    });
    await openLivePage(page, `${live.origin}/endless`);
    const { left, top } = await placeOf(page);
    await page.mouse.move(left + 200, top + 300);
    await page.mouse.wheel(0, 480);
    await expect.poll(() => live.last("scroll")).toBe(480);
    isCut = true;
    for (const close of closings) await close();
    await expect(page.getByText("Connection lost.")).toBeVisible();
    await expect(picture(page)).toBeVisible();
    isCut = false;
    // The button leaves by itself when the next try of the client comes before the press.
    const tryNow = page.getByRole("button", { name: "Try now" });
    await expect(async () => {
      if (await tryNow.isVisible()) await tryNow.click({ timeout: 1_000 });
      await expect(page.getByText("Connection lost.")).toBeHidden({ timeout: 3_000 });
    }).toPass();
    await page.mouse.wheel(0, 120);
    await expect.poll(() => live.last("scroll")).toBe(600);
    expect(live.seen.filter(({ what }) => what === "opened")).toHaveLength(1);
  });

  test("a page that crashed says so and comes back", async ({ page, live }) => {
    let node: WebSocketRoute | undefined;
    let pretended = "closed";
    const opened: unknown[] = [];
    const scrolls: number[] = [];
    let endsAtOnce = false;
    await page.routeWebSocket(/\/live$/, (socket) => {
      const server = socket.connectToServer();
      node = server;
      socket.onMessage((message) => {
        const { type, tab } = JSON.parse(String(message)) as { type: string; tab: number };
        if (type === "open") {
          opened.push(tab);
          live.forget();
        }
        server.send(message);
      });
      server.onMessage((message) => {
        const y = /"scroll":\{"x":0,"y":(\d+)/.exec(String(message))?.[1];
        if (y) scrolls.push(Number(y));
        const isEnd = typeof message === "string" && message.includes('"type":"ended"');
        socket.send(isEnd ? message.replace('"why":"closed"', `"why":"${pretended}"`) : message);
        if (endsAtOnce && typeof message === "string" && message.includes('"type":"opened"')) {
          endsAtOnce = false;
          end(pretended);
        }
      });
    });
    // The tab does end on its node; only why is not so. What its page said is not what the next one's will say.
    const end = (why: string) => {
      pretended = why;
      live.forget();
      node?.send(JSON.stringify({ type: "close", tab: opened.at(-1) }));
    };
    await openLivePage(page, `${live.origin}/endless`);
    const { left, top } = await placeOf(page);
    await page.mouse.move(left + 200, top + 300);
    await page.mouse.wheel(0, 480);
    await expect.poll(() => live.last("scroll")).toBe(480);
    // What the client is told of the place comes a moment after the page's own word.
    await expect.poll(() => scrolls.at(-1)).toBe(480);
    await page.mouse.click(left + 200, top + 300);
    end("crashed");
    await expect(page.getByRole("heading", { name: "This page crashed" })).toBeVisible();
    scrolls.length = 0;
    // The keys, which nobody else wants now, lead to the way out, and to the page again.
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Reload" }).last()).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("application", { name: "Endless, live" })).toBeVisible();
    await expect(page.getByLabel("Keys for the page")).toBeFocused();
    await expect.poll(() => live.last("scroll")).toBe(480);

    // One that made room for others comes back by itself as soon as it is seen.
    await expect.poll(() => scrolls.at(-1)).toBe(480);
    end("idle");
    await expect.poll(() => live.last("scroll")).toBe(480);

    // So does one that the node could not show any more, also where the next one is lost before its page has got
    // anywhere, but not for ever.
    const before = opened.length;
    endsAtOnce = true;
    end("picture-lost");
    await expect.poll(() => opened.length, { timeout: 20_000 }).toBe(before + 2);
    await expect.poll(() => live.last("scroll")).toBe(480);
    end("picture-lost");
    await expect(page.getByRole("heading", { name: "The picture of this page was lost" })).toBeVisible();
  });
});
