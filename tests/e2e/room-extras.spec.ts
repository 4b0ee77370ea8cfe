import type { Page } from "@playwright/test";
import sharp from "sharp";
import { poseToTransform } from "#lib/core/layout/pose-transform.ts";
import { UNPLACED_NOTE } from "#lib/core/notes/place-notes.ts";
import { isSamePose } from "#lib/core/space/poses.ts";
import type { Pose } from "#lib/protocol/space.ts";
import { articleHeading, expect, openSpace, test, visit } from "../fixtures/browser-test.ts";
import { expectNoAxeFaults } from "../fixtures/expect-no-axe-faults.ts";

test.describe.configure({ timeout: 120_000 });
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((arg) => arg !== "--disable-gpu");
    const webgl = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
    await use({ ...launchOptions, args: [...args, ...webgl] });
  },
});

/** Software draws a picture of the room in seconds where many run at once. */
const SLOW = { timeout: 30_000 };

async function runByName(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+Shift+k");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

/** From Lighthouses by links to Harbours, in the same tab, and to Ferries, in another. */
async function followLinks(page: Page, origin: string): Promise<void> {
  await visit(page, `${origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page.getByRole("link", { name: "Harbours" }).click();
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await page.getByRole("link", { name: "Ferries" }).click({ modifiers: ["Control"] });
  await expect(page.getByRole("tab", { name: "Ferries" })).toBeVisible();
}

async function pinThirdParagraph(page: Page): Promise<void> {
  await page.getByText(/^Paragraph 3 of Harbours/).selectText();
  await page.getByRole("toolbar", { name: "Selected text" }).getByRole("button", { name: "Pin" }).click();
  await expect(page.getByText("Passage pinned")).toBeVisible();
}

async function enterRoom(page: Page): Promise<void> {
  await page.keyboard.press("Alt+v");
  await page.waitForFunction(() => (window.__quiAudit?.panels.length ?? 0) > 0);
}

/** The mean colour of a stretch of the canvas, as shares of its size. */
async function colorOf(page: Page, { x, y, width, height }: Record<"x" | "y" | "width" | "height", number>) {
  const box = await page.locator("canvas").boundingBox();
  if (!box) throw new Error("There is no canvas.");
  const clip = {
    x: box.x + x * box.width,
    y: box.y + y * box.height,
    width: width * box.width,
    height: height * box.height,
  };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  return channels.slice(0, 3).map(({ mean }) => mean);
}

const difference = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0);

test("the trail lists which page led to which, survives a reload, and can be cleared and brought back", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await followLinks(page, site.origin);
  await runByName(page, "link trail");
  const pages = page.getByRole("list", { name: "Pages by the link that led to them" }).getByRole("listitem");
  await expect(pages).toHaveText([
    /Lighthouses.*Start of a thread/,
    /Harbours.*From Lighthouses/,
    /Ferries.*From Harbours/,
  ]);
  await expectNoAxeFaults(page);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByRole("heading", { name: "No trail yet" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(pages).toHaveCount(3);
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("tab", { name: "Ferries" })).toBeVisible();
  await runByName(page, "link trail");
  await pages.getByRole("button", { name: /^Lighthouses/ }).click();
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
});

test("private tabs leave no trail", async ({ page, site }) => {
  await openSpace(page);
  await page.keyboard.press("Alt+Shift+p");
  await visit(page, `${site.origin}/lighthouse`);
  await expect(articleHeading(page, "Lighthouses")).toBeVisible();
  await page.getByRole("link", { name: "Harbours" }).click();
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await runByName(page, "link trail");
  await expect(page.getByRole("heading", { name: "No trail yet" })).toBeVisible();
});

test("a pinned passage keeps its source: it leads back after the page was left and the window reloaded", async ({
  page,
  site,
}) => {
  await openSpace(page);
  await followLinks(page, site.origin);
  await pinThirdParagraph(page);
  await visit(page, `${site.origin}/island`);
  await expect(articleHeading(page, "Islands")).toBeVisible();
  await page.reload();
  await expect(articleHeading(page, "Islands")).toBeVisible();
  await runByName(page, "notes…");
  const note = page.getByRole("list", { name: "Pinned passages" }).getByRole("listitem");
  await expect(note).toContainText("Paragraph 3 of Harbours speaks at some length");
  await expectNoAxeFaults(page);
  await note.getByRole("button", { name: /Delete the note/ }).click();
  await expect(note).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await note.getByRole("button", { name: /Go to passage/ }).click();
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await expect(page.getByText(/^Paragraph 3 of Harbours/)).toBeInViewport();
});

test("each environment looks different, and none costs more than six draw calls or 30,000 triangles", async ({
  page,
}) => {
  await openSpace(page, "/space?audit");
  await enterRoom(page);
  const cost = () =>
    page.evaluate(() => ({
      calls: window.__quiAudit?.drawCalls ?? 0,
      triangles: window.__quiAudit?.triangles ?? 0,
    }));
  const sky = () => colorOf(page, { x: 0.02, y: 0.02, width: 0.12, height: 0.2 });
  await runByName(page, "environment: void");
  await expect.poll(async () => (await cost()).calls).toBeGreaterThan(0);
  let shown = await sky();
  const empty = await cost();
  for (const name of ["daylight", "dawn", "forest at night", "deep space"]) {
    const before = shown;
    await runByName(page, `environment: ${name}`);
    await expect
      .poll(async () => difference(await sky(), before), { ...SLOW, message: name })
      .toBeGreaterThan(3);
    shown = await sky();
    const { calls, triangles } = await cost();
    // The void has two draw calls of its own: its sky and its floor.
    expect(calls - empty.calls + 2, name).toBeLessThanOrEqual(6);
    expect(triangles - empty.triangles, name).toBeLessThanOrEqual(28_000);
  }
});

test("a picture of one's own stands all around, also after a reload", async ({ page }) => {
  await openSpace(page, "/space?audit");
  await enterRoom(page);
  const sky = () => colorOf(page, { x: 0.02, y: 0.02, width: 0.12, height: 0.2 });
  const picture = await sharp({
    create: { width: 512, height: 256, channels: 3, background: { r: 220, g: 30, b: 30 } },
  })
    .png()
    .toBuffer();
  const chooser = page.waitForEvent("filechooser");
  await runByName(page, "choose a 360");
  await (await chooser).setFiles({ name: "red.png", mimeType: "image/png", buffer: picture });
  const isRed = async () => {
    const [red = 0, green = 0] = await sky();
    return red - green;
  };
  await expect.poll(isRed, SLOW).toBeGreaterThan(80);
  await page.reload();
  await page.waitForFunction(() => (window.__quiAudit?.panels.length ?? 0) > 0);
  await expect.poll(isRed, SLOW).toBeGreaterThan(80);
});

test("in the room the trail is a map and notes as cards cost one or two draw calls", async ({
  page,
  site,
}) => {
  await openSpace(page, "/space?audit");
  await followLinks(page, site.origin);
  await enterRoom(page);
  const calls = () => page.evaluate(() => window.__quiAudit?.drawCalls ?? 0);
  /** Where the middle card stands: 1.25 m ahead at eye level, before the panel one looks at. */
  const cardColor = async () => {
    const at = await page.evaluate(() => {
      const audit = window.__quiAudit;
      const corners = audit?.panels.find(({ title }) => title === "Harbours")?.worldCorners ?? [];
      const x = corners.reduce((sum, corner) => sum + corner[0], 0);
      const z = corners.reduce((sum, corner) => sum + corner[2], 0);
      const far = Math.hypot(x, z);
      return audit?.project([(x / far) * 1.25, 0, (z / far) * 1.25]) ?? null;
    });
    if (!at) throw new Error("The middle of the map is out of view.");
    const clip = { x: at.x - 40, y: at.y - 8, width: 80, height: 16 };
    const { channels } = await sharp(await page.screenshot({ clip })).stats();
    return Math.max(...channels.slice(0, 3).map(({ mean }) => mean));
  };
  await expect.poll(cardColor, SLOW).toBeGreaterThan(150);
  // What says that a command ran comes and goes by itself.
  const bare = await calls();
  await runByName(page, "trail as a map");
  // A dark card covers the light paper behind it.
  await expect.poll(cardColor, SLOW).toBeLessThan(120);
  await expect.poll(async () => (await calls()) - bare, SLOW).toBeLessThanOrEqual(2);
  await runByName(page, "close the trail map");
  await expect.poll(cardColor, SLOW).toBeGreaterThan(150);
  await expect.poll(async () => (await calls()) - bare, SLOW).toBeLessThanOrEqual(0);
  const before = await calls();
  await page.keyboard.press("Alt+v");
  await pinThirdParagraph(page);
  await enterRoom(page);
  await expect.poll(calls).toBeGreaterThan(0);
  await expect.poll(async () => (await calls()) - before, SLOW).toBeLessThanOrEqual(1);
});

test("in the room a note is dragged to another place, and a press on it goes to the passage", async ({
  page,
  site,
}) => {
  await openSpace(page, "/space?audit");
  await visit(page, `${site.origin}/harbour`);
  await expect(articleHeading(page, "Harbours")).toBeVisible();
  await page.getByText(/^Paragraph 30 of Harbours/).selectText();
  await page.keyboard.press("Alt+n");
  await expect(page.getByText("Passage pinned")).toBeVisible();
  await enterRoom(page);
  /** Where the note is in the window, by the pose the space keeps; null until it has one of its own. */
  const placeOfNote = async () => {
    const pose = await readNotePose(page);
    const isPlaced = pose !== null && !isSamePose(pose, UNPLACED_NOTE);
    return isPlaced
      ? await page.evaluate(
          (point) => window.__quiAudit?.project(point) ?? null,
          poseToTransform(pose).position,
        )
      : null;
  };
  await expect.poll(placeOfNote, SLOW).not.toBeNull();
  const from = await placeOfNote();
  if (!from) throw new Error("The note has no place.");
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 20, from.y + 60, { steps: 4 });
  await page.mouse.move(from.x - 20, from.y + 120, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await placeOfNote())?.y ?? 0), SLOW).toBeGreaterThan(from.y + 80);
  const to = await placeOfNote();
  if (!to) throw new Error("The note has no place.");
  const scrolled = () => page.evaluate(() => window.__quiAudit?.panels[0]?.scrollPx ?? 0);
  expect(await scrolled()).toBe(0);
  await page.mouse.click(to.x, to.y);
  await expect.poll(scrolled, SLOW).toBeGreaterThan(1000);
});

/** The first note of the space as this device keeps it. */
async function readNotePose(page: Page): Promise<Pose | null> {
  return page.evaluate(
    () =>
      new Promise<Pose | null>((resolve, reject) => {
        const opening = indexedDB.open("qui-session");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction("spaces").objectStore("spaces").getAll();
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result.flatMap(({ session }) => session.space.notes)[0]?.pose ?? null);
          };
        };
      }),
  );
}
