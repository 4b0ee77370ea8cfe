import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import {
  buttonPoint,
  type FormField,
  fieldPoint,
  type LiveFeatureSite,
} from "../fixtures/live-feature-site.ts";
import { test } from "../fixtures/live-features-test.ts";
import { expect, openLivePage, picture, press, shown } from "../fixtures/live-test.ts";

// What is proven here goes through the client's picture alone: nothing but presses and keys reach the page.
const field = (page: Page, name: FormField, part?: "picker") => {
  const { x, y } = fieldPoint(name, part);
  return press(page, x, y);
};
const button = (page: Page, index: number) => press(page, buttonPoint(index).x, buttonPoint(index).y);

/** Opens a page, and presses where nothing is until the page has met it: it may still be being laid out. */
async function open(page: Page, site: LiveFeatureSite, path: string): Promise<void> {
  await openLivePage(page, `${site.origin}${path}`);
  await expect(async () => {
    await press(page, 900, 500);
    await expect.poll(() => site.last("pressed in"), { timeout: 2_000 }).toBe(path.split("#")[0]);
  }).toPass();
}

test("a form with every kind of field is filled, given a file, and sent", async ({
  page,
  features: site,
}) => {
  await open(page, site, "/form");
  const typed: [FormField, string][] = [
    ["text", "Zoë"],
    ["password", "pass-1"],
    ["email", "a@b.example"],
    ["number", "42"],
    ["search", "words"],
    ["tel", "+4912345"],
    ["url", "https://a.example/"],
    ["textarea", "two lines"],
  ];
  for (const [name, text] of typed) {
    await field(page, name);
    await page.keyboard.type(text);
    await expect.poll(() => site.last(`input ${name}`)).toBe(text);
  }

  const picked: [FormField, string, string][] = [
    ["date", "Date", "2026-11-21"],
    ["time", "Time", "12:30"],
    ["datetime-local", "Date and time", "2026-11-21T12:30"],
    ["month", "Month", "2026-11"],
    ["week", "Week", "2026-W47"],
    ["color", "Colour", "#102030"],
  ];
  for (const [name, label, value] of picked) {
    await field(page, name, "picker");
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole("button", { name: "Set" }).click();
    await expect.poll(() => site.last(`change ${name}`)).toBe(value);
  }

  await field(page, "select");
  const list = page.getByRole("listbox", { name: "Choices of the page" });
  await expect(list).toBeFocused();
  await expect(list.getByRole("option", { name: "Amber" })).toHaveAttribute("aria-selected", "true");
  await expect(list.getByRole("option", { name: "Cobalt" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.type("na");
  await page.keyboard.press("Enter");
  await expect.poll(() => site.last("change select")).toBe("Navy");
  await expect(list).toBeHidden();

  await field(page, "checkbox");
  await expect.poll(() => site.last("change checkbox")).toBe("true");

  await field(page, "file");
  await page
    .getByLabel("Files to send")
    .setInputFiles([{ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("from my device") }]);
  await expect.poll(() => site.last("change file")).toBe("note.txt 14");

  await field(page, "submit");
  await expect.poll(() => site.last("sent") ?? "").toContain("from my device");
  const sent = site.last("sent") ?? "";
  for (const value of ["Zoë", "pass-1", "a@b.example", "42", "2026-W47", "#102030", "Navy"])
    expect(sent).toContain(value);
});

test("dialogs of a page are drawn in its panel, named by who asks, and answered", async ({
  page,
  features: site,
}) => {
  await open(page, site, "/dialogs");
  await button(page, 0);
  const dialog = page.getByRole("dialog", { name: `${site.origin} says` });
  await expect(dialog).toContainText("Really?");
  // Colours are judged elsewhere, once nothing moves.
  const seen = new AxeBuilder({ page }).include('[role="dialog"]').disableRules(["color-contrast"]);
  expect((await seen.analyze()).violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByRole("button", { name: "OK" }).click();
  await expect.poll(() => site.last("confirm")).toBe("true");
  await button(page, 1);
  await dialog.getByLabel("Name?").fill("Grace");
  await page.keyboard.press("Enter");
  await expect.poll(() => site.last("prompt")).toBe("Grace");
  // The keys go to the page again, and nobody has to be told where they are.
  await expect(page.getByRole("application")).not.toHaveAttribute("data-ring");
  await button(page, 2);
  await expect(dialog).toContainText("Mind");
  await page.keyboard.press("Escape");
  await expect.poll(() => site.last("alert")).toBe("closed");
});

test("what a page copies, pastes and asks for passes through the visitor's own browser", async ({
  page,
  context,
  features: site,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const held = (type: string) =>
    page.evaluate(async (wanted) => {
      const [item] = await navigator.clipboard.read();
      return item?.types.includes(wanted) ? (await item.getType(wanted)).text() : "";
    }, type);

  await open(page, site, "/powers#here");
  await button(page, 0);
  await expect.poll(() => held("text/plain")).toBe("words of #here");
  await button(page, 1);
  await expect.poll(() => held("text/html")).toContain("<b>both</b>");
  await button(page, 4);
  const place = page.getByRole("dialog", { name: `${site.origin} wants to know where you are` });
  await expect(place).toBeVisible();
  await page.keyboard.press("F6");
  await expect(place).toBeFocused();
  await place.getByLabel("near").selectOption("Berlin");
  await place.getByRole("button", { name: "This time" }).click();
  await expect.poll(() => site.last("Place")).toBe("52.5 13.4 10000");
  await expect(place).toBeHidden();
  await expect(page.getByLabel("Keys for the page")).toBeFocused();
  await button(page, 9);
  await expect(page.getByText(`${site.origin} wanted your camera`)).toBeVisible();

  await open(page, site, "/edit");
  await expect(async () => {
    await press(page, 120, 40);
    await expect.poll(() => site.last("focused"), { timeout: 2_000 }).toBe("true");
  }).toPass();
  await page.evaluate(() => {
    const rich = new Blob(["<b>bold</b>"], { type: "text/html" });
    const plain = new Blob(["bold"], { type: "text/plain" });
    return navigator.clipboard.write([new ClipboardItem({ "text/html": rich, "text/plain": plain })]);
  });
  await page.keyboard.press("Control+v");
  await expect.poll(() => site.last("html") ?? "").toContain("bold</b>");
  await page.keyboard.press("Control+a");
  await expect.poll(() => site.last("selected")).toBe("bold");
  await page.evaluate(() => navigator.clipboard.writeText("something else"));
  await page.keyboard.press("Control+c");
  await expect.poll(() => held("text/html")).toContain("bold</b>");
  expect(await held("text/plain")).toBe("bold");

  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext("2d")?.fillRect(0, 0, 8, 8);
    const picture = await canvas.convertToBlob({ type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  });
  await page.keyboard.press("Control+v");
  await expect.poll(() => site.last("pasted file") ?? "").toMatch(/^image\.png image\/png \d+$/);
});

test("a window that a page opens becomes a panel that can speak with it, and a download is saved", async ({
  page,
  features: site,
}) => {
  await open(page, site, "/windows");
  await button(page, 0);
  await expect(page.getByRole("tab", { name: /Opened/ })).toBeVisible();
  await expect(page.getByRole("application", { name: "Opened, live" })).toBeVisible();
  await expect(shown(page)).toBeAttached();
  await button(page, 0);
  await expect.poll(() => site.last("from window")).toBe("hello");

  await open(page, site, "/downloads");
  const download = page.waitForEvent("download");
  await button(page, 0);
  const saved = await download;
  expect(saved.suggestedFilename()).toContain("réport.txt");
  expect(await readFile(await saved.path(), "utf8")).toBe("The whole report.\n");
});

test("a page that sounds is heard in the window, says so on its tab, and is muted there", async ({
  page,
  features: site,
}) => {
  // All that goes to the loudspeakers is listened to.
  await page.addInitScript(() => {
    const scope = globalThis as unknown as { ear?: AnalyserNode };
    AudioNode.prototype.connect = new Proxy(AudioNode.prototype.connect, {
      apply(connect, node: AudioNode, targets: [AudioNode]) {
        const [target] = targets;
        if (target instanceof AudioDestinationNode) {
          scope.ear ??= new AnalyserNode(target.context, { fftSize: 4096, smoothingTimeConstant: 0 });
          Reflect.apply(connect, node, [scope.ear]);
        }
        return Reflect.apply(connect, node, targets);
      },
    });
  });
  const heardHz = () =>
    page.evaluate(() => {
      const { ear } = globalThis as unknown as { ear?: AnalyserNode };
      if (!ear) return 0;
      const levels = new Float32Array(ear.frequencyBinCount);
      ear.getFloatFrequencyData(levels);
      const loudest = levels.reduce((best, level, bin) => (level > (levels[best] ?? 0) ? bin : best), 0);
      return (levels[loudest] ?? 0) > -50 ? (loudest * ear.context.sampleRate) / ear.fftSize : 0;
    });

  await open(page, site, "/tone");
  await expect(page.getByRole("button", { name: "Mute this page" })).toBeHidden();
  await expect(page.getByRole("application", { name: "Tone, live" })).toBeVisible();
  await button(page, 0);
  await expect.poll(() => site.last("tone")).toBe("running");
  const offHz = async () => Math.abs((await heardHz()) - 440);
  // The first sound of a browser begins what carries it.
  await expect.poll(offHz, { timeout: 25_000 }).toBeLessThan(20);
  await expect(page.getByRole("tab", { name: "Tone, playing sound" })).toBeVisible();

  await page.getByRole("button", { name: "Mute this page" }).click();
  await expect(page.getByRole("tab", { name: "Tone, muted" })).toBeVisible();
  await expect.poll(heardHz).toBe(0);
  await page.getByRole("button", { name: "Unmute this page" }).click();
  await expect.poll(offHz).toBeLessThan(20);
});

test("a video plays in the picture", async ({ page, features: site }) => {
  await openLivePage(page, `${site.origin}/film`);
  await expect.poll(() => site.last("played")).toBe("true");
  const left = (): Promise<number> =>
    picture(page).evaluate((canvas: HTMLCanvasElement) => {
      const [red = 0, green = 0, blue = 0] =
        canvas.getContext("2d")?.getImageData(canvas.width / 16, canvas.height / 16, 1, 1).data ?? [];
      return red > 120 && green < 90 && blue < 90 ? red : 0;
    });
  await expect.poll(left).toBeGreaterThan(0);
  const before = await left();
  await expect.poll(left).not.toBe(before);
});
