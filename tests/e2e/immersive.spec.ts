import type { Page } from "@playwright/test";
import { articleHeading, openSpace, visit } from "../fixtures/browser-test.ts";
import { expect, type Headset, test } from "../fixtures/xr/xr-test.ts";

const TOPICS = ["lighthouse", "harbour", "island"] as const;

/** `audit` publishes where panels and links stand, so that a ray can be aimed at them. */
async function openPages(page: Page, origin: string, topics: readonly string[] = TOPICS): Promise<void> {
  await openSpace(page, "/space?audit");
  for (const [place, topic] of topics.entries()) {
    if (place > 0) await page.keyboard.press("Alt+t");
    await visit(page, `${origin}/${topic}`);
    await expect(page.getByRole("tabpanel").getByText("Paragraph 1 of").first()).toBeVisible();
  }
}

/** Through the omnibox, as any command. */
const run = (page: Page, command: string) => visit(page, `>${command}`);

async function enterVr(page: Page, headset: Headset): Promise<void> {
  await run(page, "Enter VR");
  await headset.entered();
}

/** In a session the canvas covers the window, so it is left by the keyboard, as a person with one would. */
const leaveByKeys = (page: Page) => page.keyboard.press("Alt+v");

/** Frames take up to a second where two processors draw everything. */
const SLOW = { timeout: 30_000 };

interface PanelState {
  id: string;
  title: string;
  scrollPx: number;
}

const panels = (page: Page): Promise<PanelState[]> =>
  page.evaluate(
    () => window.__quiAudit?.panels.map(({ id, title, scrollPx }) => ({ id, title, scrollPx })) ?? [],
  );

async function panelNamed(page: Page, title: string): Promise<PanelState> {
  await expect.poll(async () => (await panels(page)).some((panel) => panel.title === title), SLOW).toBe(true);
  const found = (await panels(page)).find((panel) => panel.title === title);
  if (!found) throw new Error(`There is no panel called ${title}.`);
  return found;
}

/** A point of a panel's sheet in the layout's metres; u to the right, v downwards. */
async function pointOf(page: Page, title: string, u: number, v: number) {
  await panelNamed(page, title);
  const [x, y, z] = await page.evaluate(
    ([name, right, down]) => {
      const panel = window.__quiAudit?.panels.find((candidate) => candidate.title === name);
      return panel?.hit(right, down) ?? [0, 0, 0];
    },
    [title, u, v] as const,
  );
  return { x, y, z };
}

// Each frame is drawn by the processor, for two eyes, on a machine that may be busy; what does not need a room of its own shares one.
test.describe.configure({ timeout: 240_000 });

test("a session begins from the flat view and leads back to it with nothing lost, however it ends", async ({
  page,
  site,
  headset,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") foreign.push(request.url());
  });
  await openPages(page, site.origin);
  await page.getByText("Paragraph 20 of Islands").scrollIntoViewIfNeeded();

  await test.step("left by its wearer", async () => {
    await enterVr(page, headset);
    expect(await headset.device((device) => device.sessions)).toEqual([
      {
        mode: "immersive-vr",
        requiredFeatures: ["local-floor"],
        optionalFeatures: ["hand-tracking", "layers", "secondary-views"],
      },
    ]);
    await expect
      .poll(async () => (await panels(page)).map(({ title }) => title).sort(), SLOW)
      .toEqual(["Harbours", "Islands", "Lighthouses"]);
    await expect.poll(async () => (await panelNamed(page, "Islands")).scrollPx, SLOW).toBeGreaterThan(200);

    await leaveByKeys(page);
    await headset.left();
    await expect(page.getByRole("tab")).toHaveCount(3);
    await expect(articleHeading(page, "Islands")).toBeAttached();
    await expect(page.getByText("Paragraph 20 of Islands")).toBeInViewport();
    expect(foreign).toEqual([]);
  });

  await test.step("ended by the system, it leads back to where it was entered from", async () => {
    await enterVr(page, headset);
    await headset.device((device) => device.endBySystem());
    await headset.left();
    await expect(page.getByText("Paragraph 20 of Islands")).toBeInViewport();
    await enterVr(page, headset);
    await expect.poll(() => panels(page), SLOW).toHaveLength(3);
    await leaveByKeys(page);
    await headset.left();
  });

  await test.step("what the device can do is known once it has told", async () => {
    await run(page, "What this device can do…");
    const dialog = page.getByRole("dialog", { name: "What this device can do" });
    for (const feature of ["webgl", "vr", "ar", "hands", "frameRates"]) {
      await expect(dialog.locator(`[data-feature="${feature}"]`)).toHaveAttribute("data-state", "yes");
    }
    await expect(dialog.getByText("It runs at 90 now.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  await test.step("refused, it says so in plain words, and the room goes on", async () => {
    await headset.device((device) => device.refuse("NotAllowedError"));
    await run(page, "Enter VR");
    await expect(page.getByText("VR was not allowed.")).toBeVisible(SLOW);
    await expect.poll(() => panels(page), SLOW).toHaveLength(3);
    await leaveByKeys(page);
    await expect(articleHeading(page, "Islands")).toBeAttached();
  });
});

test("without a headset a session is refused in plain words, and the room goes on", async ({
  page,
  site,
}) => {
  await openPages(page, site.origin, ["harbour"]);
  await run(page, "Enter VR");
  await expect(page.getByText("no headset that offers it was found")).toBeVisible(SLOW);
  await expect.poll(() => panels(page), SLOW).toHaveLength(1);
});

test("what devices lack or have more of is no hindrance", async ({ page, site, headset }) => {
  await page.route("**/xr/profiles/**", (route) => route.abort());
  await openPages(page, site.origin, ["harbour"]);
  await enterVr(page, headset);

  await test.step("without the models of controllers a session still points, scrolls and presses", async () => {
    await headset.aim("right", await pointOf(page, "Harbours", 0.5, 0.5));
    await headset.thumbstick("right", 0, 1);
    await expect.poll(async () => (await panelNamed(page, "Harbours")).scrollPx, SLOW).toBeGreaterThan(100);
    await headset.thumbstick("right", 0, 0);
    await leaveByKeys(page);
    await headset.left();
  });

  await test.step("of four views all four are drawn, each eye with its own", async () => {
    await headset.device((device) => device.addInsetViews());
    await enterVr(page, headset);
    await expect.poll(() => page.evaluate(() => window.__quiAudit?.views), SLOW).toBe(4);
    await panelNamed(page, "Harbours");
    // Each view shows text on paper: many different levels of light.
    await expect
      .poll(async () => {
        const { data, width, height } = await headset.pixels();
        return [0, 1, 2, 3].map((place) => {
          const levels = new Set<number>();
          const left = (place % 2) * (width / 2);
          const top = place < 2 ? 0 : height / 2;
          for (let y = top + height * 0.15; y < top + height * 0.35; y++) {
            for (let x = left + width * 0.15; x < left + width * 0.35; x++) {
              levels.add(data[(Math.floor(y) * width + Math.floor(x)) * 3] ?? 0);
            }
          }
          return levels.size > 60;
        });
      }, SLOW)
      .toEqual([true, true, true, true]);
  });
});

test("in a session stick, keys, trigger and buttons do what they do in the flat view", async ({
  page,
  site,
  headset,
}) => {
  await openPages(page, site.origin, ["lighthouse", "harbour"]);
  await enterVr(page, headset);

  await test.step("the thumbstick scrolls the panel that is pointed at, without a press", async () => {
    await headset.aim("left", await pointOf(page, "Lighthouses", 0.5, 0.5));
    await headset.thumbstick("left", 0, 1);
    await expect
      .poll(async () => (await panelNamed(page, "Lighthouses")).scrollPx, SLOW)
      .toBeGreaterThan(100);
    await headset.thumbstick("left", 0, 0);
    expect((await panelNamed(page, "Harbours")).scrollPx).toBe(0);
    await headset.thumbstick("left", 0, -1);
    await expect.poll(async () => (await panelNamed(page, "Lighthouses")).scrollPx, SLOW).toBe(0);
    await headset.thumbstick("left", 0, 0);
  });

  await test.step("a physical keyboard scrolls the active panel", async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("PageDown");
    await expect.poll(async () => (await panelNamed(page, "Harbours")).scrollPx, SLOW).toBeGreaterThan(100);
    await page.keyboard.press("Home");
    await expect.poll(async () => (await panelNamed(page, "Harbours")).scrollPx, SLOW).toBe(0);
  });

  await test.step("nothing is pressed while the system's own window lies over it", async () => {
    await headset.aim("right", await linkOf(page, "Lighthouses", `${site.origin}/ferry`));
    await headset.device((device) => device.setVisibility("visible-blurred"));
    await headset.frames(8);
    await headset.click("right");
    await headset.frames(8);
    expect((await panels(page)).map(({ title }) => title).sort()).toEqual(["Harbours", "Lighthouses"]);
    await headset.device((device) => device.setVisibility("visible"));
    await headset.frames(8);
  });

  await test.step("held on a link, the trigger opens the link's own menu and follows nothing", async () => {
    await headset.hold("right", "trigger", true);
    const controls = () => page.evaluate(() => window.__quiAudit?.controls ?? []);
    await expect.poll(controls, SLOW).toContain("menu close");
    await headset.hold("right", "trigger", false);
    expect((await panels(page)).map(({ title }) => title).sort()).toEqual(["Harbours", "Lighthouses"]);
    await page.keyboard.press("Escape");
    await expect.poll(controls, SLOW).not.toContain("menu close");
  });

  await test.step("the trigger follows a link, and B goes back", async () => {
    await headset.click("right");
    await panelNamed(page, "Ferries");
    await headset.hold("right", "b-button", true);
    await headset.hold("right", "b-button", false);
    await panelNamed(page, "Lighthouses");
  });
});

test("in a session a panel is carried, and links are followed by a pinch and by looking", async ({
  page,
  site,
  headset,
}) => {
  await openPages(page, site.origin, ["lighthouse"]);
  await enterVr(page, headset);

  await test.step("a squeeze carries a panel, and a controller that is lost leaves it there", async () => {
    const before = await pointOf(page, "Lighthouses", 0.5, 0.5);
    await headset.aim("right", before);
    // The ray comes once the controller's profile is known.
    await expect.poll(() => page.evaluate(() => window.__quiAudit?.pointed), SLOW).toBe("Lighthouses");
    await headset.hold("right", "squeeze", true);
    await headset.aim("right", { ...before, x: before.x + 1 });
    await headset.device((device) => device.connect("right", false));
    await headset.frames(8);
    const after = await pointOf(page, "Lighthouses", 0.5, 0.5);
    expect(after.x).toBeGreaterThan(before.x + 0.4);
    await leaveByKeys(page);
    await headset.left();
    await enterVr(page, headset);
    const again = await pointOf(page, "Lighthouses", 0.5, 0.5);
    expect(again.x).toBeCloseTo(after.x, 2);
  });

  await test.step("a pinching hand follows a link", async () => {
    await headset.device((device) => device.setHands(true));
    await headset.frames(8);
    await headset.aim("right", await linkOf(page, "Lighthouses", `${site.origin}/island`));
    await headset.pinch("right");
    await panelNamed(page, "Islands");
    await leaveByKeys(page);
    await headset.left();
  });

  await test.step("looking at a link for a while follows it, for who chose that", async () => {
    await run(page, "Press by looking");
    await enterVr(page, headset);
    const link = await linkOf(page, "Islands", `${site.origin}/harbour`);
    await page.evaluate((point) => window.__xrDevice.lookAt(point), link);
    await panelNamed(page, "Harbours");
  });
});

async function linkOf(page: Page, title: string, href: string) {
  const find = () =>
    page.evaluate(
      ([name, address]) =>
        window.__quiAudit?.panels.find((panel) => panel.title === name)?.link(address) ?? null,
      [title, href] as const,
    );
  await expect.poll(find, SLOW).not.toBeNull();
  const [x, y, z] = (await find()) ?? [0, 0, 0];
  return { x, y, z };
}
