import type { Page } from "@playwright/test";
import { openSpace, visit } from "../fixtures/browser-test.ts";
import { FIST, type HandPose, OPEN, RELAXED } from "../fixtures/hand-frames.ts";
import { expect, type Headset, test } from "../fixtures/xr/xr-test.ts";

/** What bare hands mean in a headset, from joints to the app's own state. */

type Hand = "left" | "right";
interface Point {
  x: number;
  y: number;
  z: number;
}

/** A frame is shown for so long, however long it takes to draw: seconds of a gesture are a number of frames. */
const FRAME_MS = 20;
/** A larger panel takes longer to draw, by the processor. */
const SLOW = { timeout: 30_000 };
const framesIn = (ms: number) => Math.ceil(ms / FRAME_MS);

/** Hands that hang beside a person, out of view. */
const resting = (hand: Hand): HandPose => ({
  palm: [hand === "left" ? -0.25 : 0.25, -0.8, -0.1],
  normal: [0, 0, 1],
  fingers: [0, -1, 0],
  curl: RELAXED,
});
const DOWN: Point = { x: 0, y: -3, z: -1 };

/** The palm towards the eyes, as one reads from it. */
const PALM_TO_EYES: HandPose = {
  palm: [-0.1, -0.15, -0.35],
  normal: [0.1, 0.15, 0.35],
  fingers: [0, 1, -0.2],
  curl: OPEN,
};
/** Upright, the palm to the left, ready to push to the right. */
const UPRIGHT: HandPose = { palm: [0.02, -0.1, -0.4], normal: [-1, 0, 0], fingers: [0, 1, 0], curl: OPEN };
const pushed = (metres: number): HandPose => ({ ...UPRIGHT, palm: [0.02 + metres, -0.1, -0.4] });
const HELD_OUT: HandPose = { palm: [0.1, -0.05, -0.45], normal: [0, 0, -1], fingers: [0, 1, 0], curl: OPEN };
/** Palm down, fingers ahead. */
const REACHING: HandPose = { palm: [0.15, -0.2, -0.4], normal: [0, -1, 0], fingers: [0, 0, -1], curl: OPEN };
const GRASPING: HandPose = { ...REACHING, curl: FIST };

/** Something a hand does for a number of frames; without a pose nobody sees the hand. */
interface Step {
  pose: HandPose | null;
  at?: Point;
  frames: number;
}

/** Frame by frame inside the page: nothing comes in between, so it is always the same gesture. */
async function play(page: Page, hand: Hand, steps: readonly Step[]): Promise<void> {
  await page.evaluate(
    async ([side, list]) => {
      const device = window.__xrDevice;
      for (const { pose, at, frames } of list) {
        if (pose) device.holdHand(side, pose, at ?? { x: 0, y: -3, z: -1 });
        else device.loseHand(side);
        await device.frames(frames);
      }
    },
    [hand, steps] as const,
  );
}

/** A push of 24 cm in a third of a second, frame by frame, then still. */
const push = (at: Point): Step[] => [
  ...Array.from({ length: 16 }, (_, step) => ({ pose: pushed((step + 1) * 0.015), at, frames: 1 })),
  { pose: pushed(0.24), at, frames: 4 },
];

const rest = (page: Page, hand: Hand) => play(page, hand, [{ pose: resting(hand), at: DOWN, frames: 12 }]);

const titles = (page: Page) =>
  page.evaluate(() => window.__quiAudit?.panels.map(({ title }) => title).sort() ?? []);
const cue = (page: Page, hand: Hand) => page.evaluate((side) => window.__quiAudit?.cues[side] ?? null, hand);
const controls = (page: Page) => page.evaluate(() => window.__quiAudit?.controls ?? []);

async function pointOf(page: Page, title: string, u: number, v: number): Promise<Point> {
  const [x = 0, y = 0, z = 0] = await page.evaluate(
    ([name, right, down]) => {
      const panel = window.__quiAudit?.panels.find((candidate) => candidate.title === name);
      if (!panel) throw new Error(`There is no panel called ${name}.`);
      return panel.hit(right, down);
    },
    [title, u, v] as const,
  );
  return { x, y, z };
}
const middleOf = (page: Page, title: string) => pointOf(page, title, 0.5, 0.5);

async function widthOf(page: Page, title: string): Promise<number> {
  const [left, right] = [await pointOf(page, title, 0, 0.5), await pointOf(page, title, 1, 0.5)];
  return Math.hypot(left.x - right.x, left.y - right.y, left.z - right.z);
}

const away = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);

/** Pages one after the other in one tab, then VR, bare hands, both at rest. */
async function enterWithHands(page: Page, headset: Headset, addresses: readonly string[]): Promise<void> {
  await openSpace(page, "/space?audit");
  for (const address of addresses) {
    await visit(page, address);
    await expect(page.getByRole("tabpanel").getByText("Paragraph 1 of").first()).toBeVisible();
  }
  await visit(page, ">Enter VR");
  await headset.entered();
  await page.evaluate((ms) => {
    window.__xrDevice.showFramesEvery(ms);
    window.__xrDevice.setHands(true);
  }, FRAME_MS);
  await headset.frames(8);
  await rest(page, "left");
  await rest(page, "right");
  await expect.poll(() => titles(page)).toHaveLength(1);
}

// Each frame is drawn by the processor, for two eyes, on a machine that may be busy; a room is entered once for all of its gestures.
test.describe.configure({ timeout: 240_000 });

test("a palm opens the menu and a push goes back, each only as it is meant", async ({
  page,
  site,
  headset,
}) => {
  await enterWithHands(page, headset, [`${site.origin}/lighthouse`, `${site.origin}/harbour`]);

  await test.step("the palm of the hand that points opens nothing", async () => {
    await play(page, "right", [{ pose: PALM_TO_EYES, at: DOWN, frames: framesIn(800) }]);
    expect(await controls(page)).not.toContain("menu close");
    await rest(page, "right");
  });

  await test.step("looking into the other palm opens the room's menu, and turning it away leaves it open", async () => {
    await play(page, "left", [{ pose: PALM_TO_EYES, at: DOWN, frames: framesIn(800) }]);
    await expect.poll(() => controls(page), SLOW).toContain("menu close");
    await rest(page, "left");
    await headset.frames(framesIn(600));
    expect(await controls(page)).toContain("menu close");
    await page.keyboard.press("Escape");
    await expect.poll(() => controls(page), SLOW).not.toContain("menu close");
  });

  await test.step("an open hand pushed aside goes back once its cue has shown, and not before", async () => {
    const at = await middleOf(page, "Harbours");
    await play(page, "right", push(at));
    await rest(page, "right");
    expect(await titles(page)).toEqual(["Harbours"]);

    await play(page, "right", [{ pose: UPRIGHT, at, frames: framesIn(300) }]);
    await expect.poll(() => cue(page, "right")).toBe("arrow");
    await headset.frames(framesIn(200));
    await play(page, "right", push(at));
    await expect.poll(() => titles(page), SLOW).toEqual(["Lighthouses"]);
    expect(await cue(page, "right")).not.toBe("arrow");
  });
});

test("hands take a panel, make it larger and send it away, and what is lost from view does nothing", async ({
  page,
  site,
  headset,
}) => {
  await enterWithHands(page, headset, [`${site.origin}/harbour`]);

  await test.step("a fist takes a panel along and opening puts it down", async () => {
    const before = await middleOf(page, "Harbours");
    const aside = { ...before, x: before.x + 0.8 };
    await play(page, "right", [
      { pose: REACHING, at: before, frames: 10 },
      { pose: GRASPING, at: before, frames: framesIn(300) },
      { pose: GRASPING, at: aside, frames: 10 },
    ]);
    expect((await middleOf(page, "Harbours")).x).toBeGreaterThan(before.x + 0.4);
    await play(page, "right", [{ pose: REACHING, at: aside, frames: 10 }]);
    const after = await middleOf(page, "Harbours");
    await play(page, "right", [{ pose: REACHING, at: before, frames: 10 }]);
    expect(after.x).toBeGreaterThan(before.x + 0.4);
    expect(away(await middleOf(page, "Harbours"), after)).toBeLessThan(0.02);
    await rest(page, "right");
  });

  await test.step("a fist that is lost leaves its panel where it was carried to", async () => {
    const before = await middleOf(page, "Harbours");
    const aside = { ...before, x: before.x - 0.8 };
    await play(page, "right", [
      { pose: REACHING, at: before, frames: 10 },
      { pose: GRASPING, at: before, frames: framesIn(300) },
      { pose: GRASPING, at: aside, frames: 10 },
      { pose: null, frames: framesIn(300) },
    ]);
    const after = await middleOf(page, "Harbours");
    expect(after.x).toBeLessThan(before.x - 0.4);
    // Still a fist when it is seen again: it holds nothing.
    await play(page, "right", [{ pose: GRASPING, at: before, frames: framesIn(400) }]);
    expect(away(await middleOf(page, "Harbours"), after)).toBeLessThan(0.02);
    await rest(page, "right");
  });

  await test.step("a palm that is lost while its cue fills sends nothing away", async () => {
    const at = await middleOf(page, "Harbours");
    await play(page, "right", [{ pose: HELD_OUT, at, frames: framesIn(640) }]);
    await play(page, "right", [
      { pose: resting("right"), at: DOWN, frames: 10 },
      { pose: HELD_OUT, at, frames: framesIn(640) },
      { pose: null, frames: framesIn(300) },
      { pose: HELD_OUT, at, frames: framesIn(500) },
      { pose: resting("right"), at: DOWN, frames: 10 },
    ]);
    expect(await titles(page)).toEqual(["Harbours"]);
  });

  await test.step("two hands that pinch one panel make it larger", () => stretch(page));

  await test.step("an open palm held out sends a panel away, and undo brings it back", async () => {
    const at = await middleOf(page, "Harbours");
    await play(page, "right", [{ pose: HELD_OUT, at, frames: framesIn(1400) }]);
    await expect.poll(() => titles(page), SLOW).not.toContain("Harbours");
    await rest(page, "right");
    await page.keyboard.press("Alt+Shift+t");
    await expect.poll(() => titles(page), SLOW).toContain("Harbours");
  });
});

async function stretch(page: Page): Promise<void> {
  const before = await widthOf(page, "Harbours");
  const left = await pointOf(page, "Harbours", 0.3, 0.5);
  const right = await pointOf(page, "Harbours", 0.7, 0.5);
  await page.evaluate(
    async ([toLeft, toRight]) => {
      const device = window.__xrDevice;
      const place = (half: number, up = 0) => {
        device.aim("left", { ...toLeft, y: toLeft.y + up }, { x: -half, y: 1.35, z: -0.3 });
        device.aim("right", { ...toRight, y: toRight.y + up }, { x: half, y: 1.35, z: -0.3 });
      };
      device.setHandPose("left", "point");
      device.setHandPose("right", "point");
      place(0.1);
      await device.frames(6);
      device.setPinch("left", 1);
      device.setPinch("right", 1);
      // A pinch that rests is a long press: these move from the first frame on.
      for (let step = 0; step <= 12; step++) {
        place(0.1 + step * 0.01, step * 0.02);
        await device.frames(1);
      }
      device.setPinch("left", 0);
      device.setPinch("right", 0);
      device.setHandPose("left", "point");
      device.setHandPose("right", "point");
      await device.frames(8);
    },
    [left, right] as const,
  );
  await expect.poll(() => widthOf(page, "Harbours"), SLOW).toBeGreaterThan(before * 1.2);
  expect(await titles(page)).toEqual(["Harbours"]);
}
