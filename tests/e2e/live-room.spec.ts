import type { Page } from "@playwright/test";
import { openSpace, visit } from "../fixtures/browser-test.ts";
import { DESK_COLORS, type DeskSite } from "../fixtures/desk-site.ts";
import { test } from "../fixtures/desk-test.ts";
import { pressControl } from "../fixtures/room-controls.ts";
import { enterRoom, pointOn, readAudit, readColors, waitForPanel } from "../fixtures/room-view.ts";
import { expect } from "../fixtures/xr/xr-test.ts";

// Three browsers at once: ours, drawn by the processor, the remote one, and its helper.
test.describe.configure({ timeout: 150_000 });
const SLOW = { timeout: 30_000 };

type Rgb = readonly [number, number, number];
/** Where the page on the desk has its things, as shares of its window. */
const PRESS = [0.25, 0.25] as const;
const TEXT = [0.25, 0.52] as const;
const ASK = [0.25, 0.8] as const;
const EMPTY = [0.6, 0.2, 0.95, 0.9] as const;

/** Opens the page in Chromium on the node and waits until its picture is there. */
async function openLive(page: Page, desk: DeskSite): Promise<void> {
  await openSpace(page, "/space?audit");
  await visit(page, desk.origin);
  await expect(page.getByRole("tab", { name: "Desk" })).toBeVisible();
  await page.keyboard.press("Alt+l");
  await expect(page.getByText("Live page shown")).toBeAttached(SLOW);
  await expect.poll(() => desk.report().loads).toBe(1);
}

/** JPEG and sRGB textures round a little. */
const isNear = (a: readonly number[], b: Rgb) =>
  a.every((value, index) => Math.abs(value - (b[index] ?? 0)) <= 10);

const seesOnPanel = (page: Page, color: Rgb) =>
  expect.poll(async () => isNear((await readColors(page, "Desk", EMPTY)).paperRgb, color), SLOW).toBe(true);

test("a live page in the room is seen, pressed, typed into and scrolled, and is the same one after", async ({
  page,
  desk,
}) => {
  await openLive(page, desk);
  await enterRoom(page);
  await waitForPanel(page, "Desk");
  await seesOnPanel(page, DESK_COLORS.rest);
  const { panels, drawCalls, textureBytes } = await readAudit(page);
  expect(panels.map(({ engine, tiles }) => ({ engine, tiles }))).toEqual([{ engine: "live", tiles: 1 }]);
  expect(drawCalls).toBeLessThanOrEqual(100);
  expect(textureBytes).toBeLessThanOrEqual(96 * 1024 * 1024);

  const at = (place: readonly [number, number]) => pointOn(page, "Desk", ...place);
  const button = await at(PRESS);
  await page.mouse.click(button.x, button.y);
  await expect.poll(() => desk.report().presses, SLOW).toBe(1);
  await seesOnPanel(page, DESK_COLORS.pressed);
  await expect(page.locator("canvas[data-engine]")).toHaveCSS("cursor", "default");

  const field = await at(TEXT);
  await page.mouse.click(field.x, field.y);
  await expect(page.locator("canvas[data-engine]")).toHaveCSS("cursor", "text");
  await page.keyboard.type("harbor");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("u");
  await expect.poll(() => desk.report().text, SLOW).toBe("harbour");

  const ask = await at(ASK);
  await page.mouse.click(ask.x, ask.y);
  await expect.poll(() => page.evaluate(() => window.__quiAudit?.controls), SLOW).toContain("row ok");
  await pressControl(page, "row ok");
  await expect.poll(() => desk.report().answers, SLOW).toEqual([true]);

  const empty = await at([0.75, 0.5]);
  await page.mouse.move(empty.x, empty.y);
  await page.mouse.click(empty.x, empty.y, { button: "right" });
  await expect(page.getByRole("menuitem", { name: "Reload" })).toBeVisible(SLOW);
  await page.keyboard.press("Escape");
  await page.mouse.wheel(0, 400);
  await expect.poll(() => desk.report().scrollY, SLOW).toBeGreaterThan(300);

  await page.keyboard.press("Alt+v");
  await expect(page.getByText("Live page shown")).toBeAttached(SLOW);
  await expect
    .poll(async () => isNear((await page.evaluate(readFlatPixel)) ?? [0, 0, 0], DESK_COLORS.pressed), SLOW)
    .toBe(true);
  expect(desk.report()).toMatchObject({ loads: 1, presses: 1, text: "harbour", answers: [true] });
});

test("in a headset a controller presses a live page and the keyboard in 3D types into its field", async ({
  page,
  desk,
  headset,
}) => {
  await openLive(page, desk);
  await visit(page, ">Enter VR");
  await headset.entered();
  await waitForPanel(page, "Desk");

  await headset.aim("right", await placeOf(page, PRESS));
  await headset.click("right");
  await expect.poll(() => desk.report().presses, SLOW).toBe(1);

  await headset.aim("right", await placeOf(page, TEXT));
  await headset.click("right");
  // The keyboard comes by itself, below the panel.
  await expect.poll(() => keyPlace(page, "q"), SLOW).not.toBeNull();
  const key = await keyPlace(page, "q");
  if (!key) throw new Error("There is no key q.");
  await headset.aim("right", key);
  await headset.click("right");
  await expect.poll(() => desk.report().text, SLOW).toBe("q");

  await headset.aim("right", await placeOf(page, [0.75, 0.5]));
  await headset.thumbstick("right", 0, 1);
  await expect.poll(() => desk.report().scrollY, SLOW).toBeGreaterThan(50);
  await headset.thumbstick("right", 0, 0);

  await page.keyboard.press("Alt+v");
  await headset.left();
  await expect(page.getByText("Live page shown")).toBeAttached(SLOW);
  expect(desk.report()).toMatchObject({ loads: 1, presses: 1, text: "q" });
});

/** The middle of the right half of the flat view's canvas. */
function readFlatPixel(): [number, number, number] | null {
  const canvas = document.querySelector<HTMLCanvasElement>(".qui-live canvas");
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return null;
  const [red = 0, green = 0, blue = 0] = context.getImageData(
    canvas.width * 0.75,
    canvas.height / 2,
    1,
    1,
  ).data;
  return [red, green, blue];
}

async function placeOf(page: Page, [u, v]: readonly [number, number]) {
  const [x, y, z] = await page.evaluate(
    ([right, down]) =>
      window.__quiAudit?.panels.find(({ title }) => title === "Desk")?.hit(right, down) ?? [0, 0, 0],
    [u, v] as const,
  );
  return { x, y, z };
}

async function keyPlace(page: Page, letter: string) {
  const place = await page.evaluate((id) => window.__quiAudit?.key(id) ?? null, letter);
  return place && { x: place[0], y: place[1], z: place[2] };
}
