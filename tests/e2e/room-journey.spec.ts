import { existsSync } from "node:fs";
import { mergeTests, type Page } from "@playwright/test";
import { corporaDir } from "../bench/corpus-pages.ts";
import { articleHeading, openSpace, visit } from "../fixtures/browser-test.ts";
import { FIRST, SECOND, THIRD } from "../fixtures/journey-site.ts";
import { test as journeyTest } from "../fixtures/journey-test.ts";
import { expect, type Headset, test as xrTest } from "../fixtures/xr/xr-test.ts";

/** What a person does in a headset from entering to leaving, once with controllers and once with bare hands. */

const test = mergeTests(journeyTest, xrTest);

test.skip(!existsSync(corporaDir), `the corpus of real pages is not at ${corporaDir}`);

interface Point {
  x: number;
  y: number;
  z: number;
}

/** One way to point and press. Both are asked the same things, and the room must not tell them apart. */
interface Hold {
  name: string;
  begin(headset: Headset): Promise<void>;
  press(headset: Headset): Promise<void>;
  hold(headset: Headset, isHeld: boolean): Promise<void>;
  scrollDown(headset: Headset, from: Point, page: Page): Promise<void>;
}

const HOLDS: Hold[] = [
  {
    name: "controllers",
    begin: async () => {},
    press: (headset) => headset.click("right"),
    hold: (headset, isHeld) => headset.hold("right", "trigger", isHeld),
    scrollDown: async (headset, from) => {
      await headset.aim("right", from);
      await headset.thumbstick("right", 0, 1);
      await headset.frames(12);
      await headset.thumbstick("right", 0, 0);
    },
  },
  {
    name: "bare hands",
    begin: async (headset) => {
      await headset.device((device) => device.setHands(true));
      await headset.frames(8);
    },
    press: (headset) => headset.pinch("right"),
    hold: (headset, isHeld) => headset.holdPinch("right", isHeld),
    // Moved a frame after it closed: a pinch that rests is a long press.
    scrollDown: async (headset, from, page) => {
      await headset.aim("right", from);
      await page.evaluate(async ({ x, y, z }) => {
        const device = window.__xrDevice;
        device.setPinch("right", 1);
        for (const step of [0, 0.1, 0.2, 0.3]) {
          device.aim("right", { x, y: y + step, z });
          await device.frames(1);
        }
        device.setPinch("right", 0);
      }, from);
      await headset.frames();
    },
  },
];

/** Evaluates a look at the audit until it is there. */
async function place(page: Page, find: string): Promise<Point> {
  const look = () =>
    page.evaluate(`(() => { const audit = window.__quiAudit; return (${find}) ?? null; })()`);
  await expect.poll(look, { message: find }).not.toBeNull();
  const [x = 0, y = 0, z = 0] = (await look()) as number[];
  return { x, y, z };
}

const panelExpression = (title: string) =>
  `audit?.panels.find((panel) => panel.title === ${JSON.stringify(title)})`;
const onPanel = (page: Page, title: string, u: number, v: number) =>
  place(page, `${panelExpression(title)}?.hit(${u}, ${v})`);
const control = (page: Page, id: string) => place(page, `audit?.control(${JSON.stringify(id)})`);
const read = <Value>(page: Page, title: string, field: string) =>
  page.evaluate(
    `(() => { const audit = window.__quiAudit; return ${panelExpression(title)}?.${field} ?? null; })()`,
  ) as Promise<Value>;
const titles = (page: Page) =>
  page.evaluate(() => window.__quiAudit?.panels.map(({ title }) => title).sort() ?? []);

/** How much nearer a panel's edges stand than its middle, as seen along its own plane, in metres. */
async function bendOf(page: Page, title: string): Promise<number> {
  const [left, middle, right] = await Promise.all([0, 0.5, 1].map((u) => onPanel(page, title, u, 0.5)));
  if (!left || !middle || !right) return 0;
  const centre = { x: (left.x + right.x) / 2, z: (left.z + right.z) / 2 };
  return Math.hypot(middle.x - centre.x, middle.z - centre.z);
}

const widthOf = async (page: Page, title: string): Promise<number> => {
  const [left, right] = await Promise.all([0, 1].map((u) => onPanel(page, title, u, 0.5)));
  return left && right ? Math.hypot(left.x - right.x, left.y - right.y, left.z - right.z) : 0;
};

/** Metres from the upper edge of a panel to the one full bar, which stands where the person is. */
async function distanceToBar(page: Page, title: string): Promise<number> {
  const [bar, edge] = await Promise.all([control(page, "bar address"), onPanel(page, title, 0.5, 0)]);
  return Math.hypot(bar.x - edge.x, bar.y - edge.y, bar.z - edge.z);
}

/** Points at a panel until the bar and the grips are its own. */
async function pointAt(page: Page, headset: Headset, title: string): Promise<void> {
  await headset.aim("right", await onPanel(page, title, 0.5, 0.5));
  await expect.poll(() => distanceToBar(page, title)).toBeLessThan(0.4);
}

/** Shades of light in the middle of what both eyes see: a picture of text has many, an empty room few. */
async function shades(headset: Headset): Promise<number> {
  const { data, width, height } = await headset.pixels();
  const seen = new Set<number>();
  for (let y = Math.floor(height * 0.35); y < height * 0.65; y++) {
    for (let x = Math.floor(width * 0.15); x < width * 0.35; x++) seen.add(data[(y * width + x) * 3] ?? 0);
  }
  return seen.size;
}

for (const way of HOLDS) {
  test(`three pages are read, moved, bent and closed with ${way.name}, and the flat view agrees`, async ({
    page,
    headset,
    journey,
  }) => {
    test.slow();
    await openSpace(page, "/space?audit");
    for (const [n, { path }] of [THIRD, SECOND, FIRST].entries()) {
      if (n > 0) await page.keyboard.press("Alt+t");
      await visit(page, journey.origin + path);
    }
    await expect(articleHeading(page, FIRST.title)).toBeVisible();
    await visit(page, ">Enter VR");
    await headset.entered();
    await expect.poll(() => titles(page)).toEqual([FIRST.title, SECOND.title, THIRD.title].sort());
    await way.begin(headset);
    await expect.poll(() => shades(headset), { timeout: 30_000 }).toBeGreaterThan(60);

    await test.step("scrolling", async () => {
      await expect.poll(() => read<number>(page, FIRST.title, "contentHeightPx")).toBeGreaterThan(2000);
      await way.scrollDown(headset, await onPanel(page, FIRST.title, 0.5, 0.6), page);
      await expect.poll(() => read<number>(page, FIRST.title, "scrollPx")).toBeGreaterThan(50);
    });

    await test.step("moving", async () => {
      const before = await onPanel(page, FIRST.title, 0.5, 0.5);
      await pointAt(page, headset, FIRST.title);
      const bar = await control(page, "move");
      await headset.aim("right", bar);
      await way.hold(headset, true);
      await headset.aim("right", { ...bar, y: bar.y + 0.25 });
      await headset.aim("right", { ...bar, y: bar.y + 0.4 });
      await way.hold(headset, false);
      await expect
        .poll(async () => (await onPanel(page, FIRST.title, 0.5, 0.5)).y)
        .toBeGreaterThan(before.y + 0.15);
    });

    await test.step("resizing", async () => {
      const before = await widthOf(page, FIRST.title);
      const corner = await control(page, "resize right");
      await headset.aim("right", corner);
      await way.hold(headset, true);
      await headset.aim("right", { ...corner, x: corner.x + 0.1, y: corner.y - 0.08 });
      await headset.aim("right", { ...corner, x: corner.x + 0.2, y: corner.y - 0.16 });
      await way.hold(headset, false);
      await expect.poll(() => widthOf(page, FIRST.title)).toBeGreaterThan(before * 1.05);
    });

    await test.step("bending", async () => {
      expect(await bendOf(page, FIRST.title)).toBeLessThan(0.001);
      await headset.aim("right", await control(page, "bar curve"));
      await way.press(headset);
      await expect.poll(() => bendOf(page, FIRST.title)).toBeGreaterThan(0.01);
    });

    await test.step("closing", async () => {
      await pointAt(page, headset, THIRD.title);
      await headset.aim("right", await control(page, "bar close"));
      await way.press(headset);
      await expect.poll(() => titles(page)).toEqual([FIRST.title, SECOND.title].sort());
    });

    const width = await widthOf(page, FIRST.title);
    await page.keyboard.press("Alt+v");
    await headset.left();
    await expect(page.getByRole("tab")).toHaveCount(2);
    await page.getByRole("tab", { name: FIRST.title }).click();
    await expect(articleHeading(page, FIRST.title)).toBeAttached();
    await expect(articleHeading(page, FIRST.title)).not.toBeInViewport();

    // What was set in the headset stands in the room on the screen too.
    await page.keyboard.press("Alt+v");
    await expect.poll(() => titles(page)).toEqual([FIRST.title, SECOND.title].sort());
    expect(await widthOf(page, FIRST.title)).toBeCloseTo(width, 2);
    expect(await bendOf(page, FIRST.title)).toBeGreaterThan(0.01);
  });
}
