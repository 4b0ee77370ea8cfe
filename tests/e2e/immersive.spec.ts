import type { Page } from "@playwright/test";
import { articleHeading, openSpace, visit } from "../fixtures/browser-test.ts";
import { expect, test } from "../fixtures/xr/xr-test.ts";

const TOPICS = ["lighthouse", "harbour", "island"] as const;

async function openThree(page: Page, origin: string): Promise<void> {
  await openSpace(page);
  for (const [place, topic] of TOPICS.entries()) {
    if (place > 0) await page.keyboard.press("Alt+t");
    await visit(page, `${origin}/${topic}`);
  }
  await expect(articleHeading(page, "Islands")).toBeVisible();
}

/** Through the omnibox, as any command. */
const run = (page: Page, command: string) => visit(page, `>${command}`);

test.describe("a session", () => {
  test("begins from the flat view and leads back to it with nothing lost", async ({
    page,
    site,
    headset,
  }) => {
    await openThree(page, site.origin);
    await page.getByText("Paragraph 20 of Islands").scrollIntoViewIfNeeded();
    await run(page, "Enter VR");
    await headset.entered();
    await expect(page.getByRole("tab")).toHaveCount(3);
    expect(await headset.device((device) => device.sessions)).toEqual([
      {
        mode: "immersive-vr",
        requiredFeatures: ["local-floor"],
        optionalFeatures: ["hand-tracking", "layers", "secondary-views"],
      },
    ]);
    await page.keyboard.press("Alt+r");
    await headset.left();
    await expect(page.getByRole("tab")).toHaveCount(3);
    await expect(articleHeading(page, "Islands")).toBeAttached();
    await expect(page.getByText("Paragraph 20 of Islands")).toBeInViewport();
  });
});
