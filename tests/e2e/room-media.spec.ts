import type { Page } from "@playwright/test";
import sharp from "sharp";
import { articleHeading, expect, openSpace, visit } from "../fixtures/browser-test.ts";
import { test } from "../fixtures/film-test.ts";
import { controlPoint, pressControl } from "../fixtures/room-controls.ts";
import { enterRoom, pointOn, WITH_WEBGL, waitForPanel } from "../fixtures/room-view.ts";

test.use(WITH_WEBGL);

/** Each look at the window's pixels costs a frame drawn by the processor. */
const SLOW = { timeout: 30_000 };

declare global {
  interface Window {
    /** Every film that was asked to play; none of them is in the document. */
    films: HTMLMediaElement[];
  }
}

/** Shares of the window that are the film's left and right half. */
async function readHalves(page: Page): Promise<{ red: number; blue: number }> {
  const { data, info } = await sharp(await page.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [red, blue] = [0, 0];
  for (let at = 0; at < data.length; at += info.channels) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    if (r > 150 && g < 70 && b < 70) red++;
    if (b > 150 && g < 70 && r < 70) blue++;
  }
  const total = data.length / info.channels;
  return { red: red / total, blue: blue / total };
}

const readFilm = (page: Page) =>
  page.evaluate(() => {
    const film = window.films.at(-1);
    return {
      count: window.films.length,
      paused: film?.paused,
      muted: film?.muted,
      volume: film?.volume ?? 0,
      time: film?.currentTime ?? 0,
      duration: film?.duration ?? 0,
    };
  });

test("a film opens out of its page, obeys its bar, takes every projection and stops with the room", async ({
  page,
  filmSite,
}) => {
  test.setTimeout(150_000);
  await page.addInitScript(() => {
    window.films = [];
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function () {
      window.films.push(this);
      return play.call(this);
    };
  });
  await openSpace(page, "/space?audit");
  await visit(page, `${filmSite.origin}/tide`);
  await expect(articleHeading(page, "The tide")).toBeVisible();
  await enterRoom(page);
  await waitForPanel(page, "The tide");
  const film = await pointOn(page, "The tide", 0.5, 0.45);
  await page.mouse.click(film.x, film.y);

  await expect.poll(async () => (await readFilm(page)).time, SLOW).toBeGreaterThan(0);
  if (!(await readFilm(page)).paused) await pressControl(page, "media play");
  await expect.poll(async () => (await readFilm(page)).paused).toBe(true);
  const still = await readFilm(page);
  await expect
    .poll(async () => Math.min(...Object.values(await readHalves(page))), SLOW)
    .toBeGreaterThan(0.03);
  expect((await readFilm(page)).time).toBe(still.time);

  await pressControl(page, "media seek");
  await expect
    .poll(async () => {
      const { time, duration } = await readFilm(page);
      return Math.abs(time - duration / 2);
    })
    .toBeLessThan(0.4);
  await pressControl(page, "media back");
  await expect.poll(async () => (await readFilm(page)).time).toBe(0);
  await pressControl(page, "media mute");
  await expect.poll(async () => (await readFilm(page)).muted).toBe(true);
  await pressControl(page, "media quieter");
  await expect.poll(async () => (await readFilm(page)).volume).toBeCloseTo(0.9);
  expect((await readFilm(page)).muted).toBe(false);

  // 3D side by side: on a screen, what the left eye sees.
  await pressControl(page, "media projection");
  await expect.poll(async () => (await readHalves(page)).blue, SLOW).toBeLessThan(0.002);
  expect((await readHalves(page)).red).toBeGreaterThan(0.06);
  await pressControl(page, "media projection");
  await expect.poll(async () => (await readHalves(page)).blue, SLOW).toBeGreaterThan(0.03);

  await pressControl(page, "media close");
  await expect.poll(async () => (await readHalves(page)).red, SLOW).toBeLessThan(0.002);
  expect(await page.evaluate(() => window.__quiAudit?.controls.includes("media close"))).toBe(false);

  // Opened again, it is all around: also where nobody looked before.
  await page.mouse.click(film.x, film.y);
  await controlPoint(page, "media projection");
  for (let press = 0; press < 6; press++) await pressControl(page, "media projection");
  await page.locator("canvas[data-engine]").focus();
  for (let turn = 0; turn < 6; turn++) await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => (await readHalves(page)).blue, SLOW).toBeGreaterThan(0.3);

  await page.keyboard.press("Alt+v");
  await expect(articleHeading(page, "The tide")).toBeVisible();
  await expect.poll(async () => (await readFilm(page)).paused).toBe(true);
  const before = (await readFilm(page)).count;
  await enterRoom(page);
  await waitForPanel(page, "The tide");
  expect((await readFilm(page)).count).toBe(before);
});
