import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type JSHandle, test } from "@playwright/test";
import { build } from "esbuild";
import type { KeyboardHarness } from "../fixtures/room-keyboard-page.ts";
import { WITH_WEBGL } from "../fixtures/room-view.ts";

test.use(WITH_WEBGL);

let server: Server;
let complaints: string[];
let keyboard: JSHandle<KeyboardHarness>;

test.beforeAll(async () => {
  const bundle = await build({
    entryPoints: ["tests/fixtures/room-keyboard-page.ts"],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(
      isScript
        ? script
        : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
test.afterAll(() => server.close());

test.beforeEach(async ({ page }) => {
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error.stack)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  keyboard = (await page.waitForFunction(
    () => (window as { keyboard?: KeyboardHarness }).keyboard,
  )) as JSHandle<KeyboardHarness>;
});
test.afterEach(() => expect(complaints).toEqual([]));

/** Runs in the page. */
const act: JSHandle<KeyboardHarness>["evaluate"] = (run: never, argument?: never) =>
  keyboard.evaluate(run, argument);

const press = (...ids: string[]) =>
  act((keyboard, list: string[]) => {
    for (const id of list) {
      keyboard.aim(id);
      keyboard.pull();
      keyboard.release();
    }
    return keyboard.text();
  }, ids);

test("a ray types what it points at, and Enter hands it over", async () => {
  await act((keyboard) => keyboard.open({}));
  expect(await press("shift", "q", "u", "i", "space", "1", "symbols", "@", "letters", "x")).toBe("Qui 1@x");
  expect(await press("left", "backspace", "enter")).toBe("Qui 1x");
  expect(await act((keyboard) => [keyboard.submitted, keyboard.isOpen()])).toEqual([["Qui 1x"], false]);
});

test("a finger types by touch, once a touch, and not on its way back out", async () => {
  await act((keyboard) => {
    keyboard.open({});
    for (const id of "hello") keyboard.reach(id, [50, 30, 14, 9, 3, -2, 3, 9, 14, 30]);
  });
  expect(await act((keyboard) => keyboard.text())).toBe("hello");
  await act((keyboard) => keyboard.reach("x", [50, 20, 8, -8, -20, -50, -20, -8, 8, 20, 50]));
  expect(await act((keyboard) => keyboard.text())).toBe("hellox");
  await act((keyboard) => keyboard.reach("y", [40, 25, 16, 25, 40]));
  expect(await act((keyboard) => keyboard.text())).toBe("hellox");
});

test("a ray that slips off its key has pressed that key alone", async () => {
  await act((keyboard) => {
    keyboard.open({});
    keyboard.aim("a");
    keyboard.pull();
    keyboard.aim("s");
    keyboard.release();
  });
  expect(await act((keyboard) => keyboard.text())).toBe("a");
});

test("a held key offers its accents, to slide to or to press", async () => {
  await act((keyboard) => {
    keyboard.open({});
    keyboard.aim("e");
    keyboard.pull();
    keyboard.hold(600);
    keyboard.aim("accent-1");
    keyboard.release();
  });
  expect(await act((keyboard) => keyboard.text())).toBe("è");
  await act((keyboard) => {
    keyboard.aim("u");
    keyboard.pull();
    keyboard.hold(600);
    keyboard.release();
  });
  expect(await press("accent-1")).toBe("èü");
});

test("a held backspace goes on until it is let go", async () => {
  const left = await act((keyboard) => {
    keyboard.open({ text: "a long text to delete", select: "end" });
    keyboard.aim("backspace");
    keyboard.pull();
    keyboard.hold(1000);
    keyboard.release();
    const rest = keyboard.text().length;
    keyboard.hold(1000);
    return [rest, keyboard.text().length];
  });
  expect(left[0]).toBeLessThan(18);
  expect(left[0]).toBeGreaterThan(5);
  expect(left[1]).toBe(left[0]);
});

test("candidates of kana are pressed above the keys", async () => {
  await act((keyboard) => keyboard.open({ language: "ja" }));
  expect(await press("s", "u", "s", "h", "i")).toBe("すし");
  expect(await press("suggestion-1")).toBe("スシ");
});

test("a physical keyboard and pasting write into the same text", async ({ page }) => {
  await act((keyboard) => keyboard.open({}));
  await page.keyboard.type("Hello wor");
  await press("l", "d");
  await page.keyboard.press("Control+ArrowLeft");
  await page.keyboard.type("new ");
  expect(await act((keyboard) => keyboard.text())).toBe("Hello new world");
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "and\nbrave ");
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await page.keyboard.press("Enter");
  expect(await act((keyboard) => keyboard.submitted)).toEqual(["Hello new and brave world"]);
});

test("the device's own keyboard writes into the same text, both ways", async ({ page }) => {
  await act((keyboard) => {
    keyboard.lendSystemKeyboard();
    keyboard.open({ text: "https://", select: "end", purpose: "field" });
  });
  const field = page.getByLabel("Text being typed in the room");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("https://");
  await page.keyboard.insertText("qui.");
  expect(await press("d", "e")).toBe("https://qui.de");
  await expect(field).toHaveValue("https://qui.de");
  await page.keyboard.press("Enter");
  expect(await act((keyboard) => keyboard.submitted)).toEqual(["https://qui.de"]);
  await expect(field).not.toBeFocused();
});

test("it is drawn in six calls or less, and gives its textures back when it is hidden", async () => {
  const shown = await act((keyboard) => {
    keyboard.open({});
    keyboard.aim("e");
    keyboard.pull();
    keyboard.hold(600);
    return keyboard.draw();
  });
  expect(shown.calls).toBeLessThanOrEqual(6);
  expect(shown.textures).toBe(3);
  await act((keyboard) => keyboard.release());
  await press("hide");
  expect(await act((keyboard) => keyboard.draw())).toEqual({ calls: 0, textures: 0 });
});

test("a key that is pointed at lights up, and its name is told", async () => {
  const lit = await act((keyboard) => {
    keyboard.open({});
    const before = keyboard.brightness("g");
    keyboard.aim("g");
    const pointed = keyboard.brightness("g");
    keyboard.aim("k");
    return { before, pointed, after: keyboard.brightness("g"), names: keyboard.names };
  });
  expect(lit.pointed).toBeGreaterThan(lit.before * 1.2);
  expect(lit.after).toBe(lit.before);
  expect(lit.names).toEqual(["g", "k"]);
});
