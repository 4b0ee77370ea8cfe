import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { encodeLiveFrame, type LiveFrameHeader } from "#lib/protocol/live-frame.ts";
import { CAPTURE_HINDRANCES, CAPTURE_SWITCHES } from "#services/live/capture/capture-extensions.ts";
import { takeScreenshot } from "#services/live/stream/take-screenshot.ts";
import { openPainterPage, type PainterPage, readPicture } from "../../fixtures/live-painter.ts";
import { ssim } from "../../fixtures/ssim.ts";
import { denseText, openStreamedPage, type StreamedPage } from "../../fixtures/streamed-page.ts";

/** The sharp picture is lossless for text; what is left is the edge of a photograph's quality. */
const SHARP_SSIM = 0.995;
const WAIT = { timeout: 40_000, interval: 100 };
const IMAGES = ["jpeg", "webp", "png"];
/** Small, so that a machine with little to spare still moves it often enough. */
const SIZE = { width: 640, height: 480 };

let browser: Browser;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.QUI_CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    ignoreDefaultArgs: CAPTURE_HINDRANCES,
    args: ["--disable-gpu", "--disable-quic", ...CAPTURE_SWITCHES],
  });
});
afterAll(async () => {
  for (const part of open) await part.close();
  await browser.close();
});

/** A streamed page with the client's own painter behind it. */
async function watch(dpr: number, codecs = IMAGES): Promise<StreamedPage & { painter: PainterPage }> {
  const painter = await openPainterPage(browser);
  const streamed = await openStreamedPage(browser, { html: denseText(), dpr, codecs, size: SIZE });
  streamed.onMessage((message) => painter.push(message));
  painter.onDrawn((frame, drawMs) => streamed.drawn(frame, drawMs));
  // What was sent before anyone listened: the client begins by asking for all of it.
  streamed.handle({ type: "refresh", tab: 1 });
  open.push(streamed, painter);
  return { ...streamed, painter };
}

/** Until the client's canvas shows the page as a screenshot does, which is taken once nothing more comes. */
async function expectSame({ cdp, sent, painter }: StreamedPage & { painter: PainterPage }) {
  let seen = -1;
  await vi.waitFor(
    async () => {
      const before = seen;
      seen = sent.length;
      expect(sent.length).toBe(before);
      const wanted = await readPicture(await takeScreenshot(cdp));
      expect(ssim(await painter.read(), wanted)).toBeGreaterThan(SHARP_SSIM);
    },
    { timeout: 50_000, interval: 700 },
  );
}

const bytesOf = (tiles: StreamedPage["sent"]) => tiles.reduce((sum, { bytes }) => sum + bytes, 0);

describe("a tab's picture", () => {
  it.each([1, 2])(
    "equals the page once it stands still, at density %s, and a key costs little",
    async (dpr) => {
      const tab = await watch(dpr);
      await expectSame(tab);
      const whole = tab.sent.find(({ header }) => header.key);
      expect(whole?.header).toMatchObject({ frameWidth: 640 * dpr, frameHeight: 480 * dpr });

      await tab.page.focus("textarea");
      await expectSame(tab);
      const before = tab.sent.length;
      await tab.page.keyboard.press("w");
      await vi.waitFor(() => {
        const tiles = tab.sent.slice(before).filter(({ header }) => !header.sharp);
        expect(tiles.length).toBeGreaterThan(0);
      }, WAIT);
      const tiles = tab.sent.slice(before).filter(({ header }) => !header.sharp);
      expect(bytesOf(tiles)).toBeLessThan(bytesOf(tab.sent.slice(0, before)) / 10);
      await expectSame(tab);
      expect(tab.failures).toEqual([]);
      expect(await tab.painter.lost()).toEqual({ lost: 0, bad: 0 });
    },
  );

  it("is not sent while nobody sees it, and comes whole when somebody does again", async () => {
    const tab = await watch(1);
    await expectSame(tab);
    tab.show({ attention: "hidden" });
    const before = tab.sent.length;
    await tab.page.evaluate(() => window.scrollTo(0, 5000));
    await takeScreenshot(tab.cdp);
    expect(tab.sent.length).toBe(before);
    tab.show({ attention: "focused" });
    await expectSame(tab);
  });

  it("follows a new size while it stands still, and stays sharp while it is looked at from elsewhere", async () => {
    const tab = await watch(1);
    await expectSame(tab);
    tab.show({ viewport: { width: 401, height: 563, dpr: 1 } });
    await expectSame(tab);
    expect(await tab.painter.read()).toMatchObject({ width: 401, height: 563 });
    const before = tab.sent.length;
    tab.show({ attention: "aside" });
    await tab.page.focus("textarea");
    await tab.page.keyboard.press("w");
    await expectSame(tab);
    tab.show({ attention: "focused" });
    await tab.page.keyboard.press("w");
    await expectSame(tab);
    expect(tab.sent.slice(before).filter(({ header }) => header.key)).toEqual([]);
    expect(tab.failures).toEqual([]);
  });

  it("stops at a window when the client never says what it has drawn, and catches up when it does", async () => {
    const tab = await openStreamedPage(browser, { html: denseText(), dpr: 1, codecs: IMAGES, size: SIZE });
    open.push(tab);
    const framesOf = (tiles: StreamedPage["sent"]) => new Set(tiles.map(({ header }) => header.frame));
    // It moves from before the first picture on: what stands still is sharpened, which takes a part of the window.
    const stop = await keepScrolling(tab);
    await vi.waitFor(() => expect(framesOf(tab.sent).size).toBeGreaterThanOrEqual(3), WAIT);
    await passFrames(tab, 90);
    await stop();
    const frames = framesOf(tab.sent);
    expect(framesOf(tab.sent.filter(({ header }) => !header.sharp)).size).toBeLessThanOrEqual(3);
    // Where a machine stalls, something is sharpened all the same, while two more are asked for already.
    expect(frames.size).toBeLessThanOrEqual(5);
    const last = Math.max(...frames);
    tab.drawn(last);
    await vi.waitFor(() => {
      const later = tab.sent.filter(({ header }) => header.frame > last && !header.sharp);
      expect(later.length).toBeGreaterThan(0);
      // Of the ninety that came meanwhile the newest alone: no queue of old frames is worked off.
      expect(new Set(later.map(({ header }) => header.frame)).size).toBeLessThanOrEqual(3);
    }, WAIT);
  });
});

describe("a press", () => {
  it.each([
    { dpr: 2, zoom: 1, name: "at density 2" },
    { dpr: 1.5, zoom: 1.25, name: "of a zoomed page" },
  ])("meets what is under it while the picture is being sharpened, $name", async ({ dpr, zoom }) => {
    const tab = await watch(dpr);
    tab.show({ zoom });
    await tab.page.evaluate(() => {
      const scope = globalThis as unknown as { met: string[] };
      scope.met = [];
      const tell = ({ type, clientX, clientY }: MouseEvent) =>
        scope.met.push(`${type} ${Math.round(clientX)},${Math.round(clientY)}`);
      for (const type of ["mousedown", "click"] as const) addEventListener(type, tell);
    });
    const shots: Promise<unknown>[] = [];
    const modifiers = { alt: false, ctrl: false, meta: false, shift: false };
    const press = { type: "mouse", tab: 1, x: 210, y: 252, button: "left", clicks: 1, modifiers } as const;
    for (let turn = 0; turn < 5; turn++) {
      shots.push(takeScreenshot(tab.cdp));
      tab.handle({ ...press, kind: "down", buttons: 1 });
      tab.handle({ ...press, kind: "up", buttons: 0 });
      await tab.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await Promise.all(shots);
    await vi.waitFor(async () => {
      const met = await tab.page.evaluate(() => (globalThis as unknown as { met: string[] }).met);
      expect(met).toEqual(Array(5).fill(["mousedown 210,252", "click 210,252"]).flat());
    }, WAIT);
    await expectSame(tab);
    expect(tab.failures).toEqual([]);
  });
});

describe("a page that keeps moving", () => {
  it("travels as video that the client can decode, and is sharp again when it stops", async () => {
    const tab = await watch(1, [...IMAGES, "h264"]);
    expect(await tab.painter.codecs()).toContain("h264");
    await expectSame(tab);
    const stop = await keepScrolling(tab);
    const video = () => tab.sent.filter(({ header }) => header.codec === "h264");
    await vi.waitFor(() => expect(video().length).toBeGreaterThan(8), WAIT);
    const [first] = video();
    expect(first?.header.key).toBe(true);
    // Annex B: a start code, then a sequence parameter set before the first picture.
    expect([...(first?.payload.subarray(0, 4) ?? [])]).toEqual([0, 0, 0, 1]);
    expect((first?.payload[4] ?? 0) & 0x1f).toBe(7);

    const asked = tab.sent.length;
    tab.handle({ type: "refresh", tab: 1 });
    await vi.waitFor(() => {
      expect(tab.sent.slice(asked).some(({ header }) => header.key)).toBe(true);
    }, WAIT);
    const lastVideo = video().at(-1)?.header.frame ?? 0;
    await vi.waitFor(() => {
      expect(tab.painter.drawn.some(({ frame }) => frame >= lastVideo)).toBe(true);
    }, WAIT);
    await stop();
    await expectSame(tab);
    expect(tab.sent.at(-1)?.header).toMatchObject({ sharp: true });
    expect(tab.failures).toEqual([]);
  });
});

describe("the client's painter", () => {
  it("counts what it cannot read, drops what is late, and shows frames whole", async () => {
    const painter = await openPainterPage(browser);
    open.push(painter);
    const fill = (background: string, width = 32) =>
      sharp({ create: { width, height: 32, channels: 3, background } })
        .png()
        .toBuffer();
    const send = async (frame: number, colour: string, change: Partial<LiveFrameHeader> = {}) =>
      painter.push(
        encodeLiveFrame(
          {
            codec: "png",
            tab: 1,
            frame,
            x: 0,
            y: 0,
            width: 64,
            height: 32,
            frameWidth: 64,
            frameHeight: 32,
            last: true,
            key: true,
            sharp: false,
            capturedAtMs: 0,
            ...change,
          },
          await fill(colour),
        ),
      );
    const colours = async () => {
      const { data, width } = await painter.read();
      return [0, width - 1].map((x) => [...data.subarray(x * 3, x * 3 + 3)]);
    };
    const [red, green, blue] = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ];
    const whenDrawn = (frame: number) =>
      vi.waitFor(() => expect(painter.drawn.at(-1)?.frame).toBe(frame), WAIT);

    painter.push(Buffer.from("not a frame at all, but long enough to be one"));
    await send(5, "#f00");
    await whenDrawn(5);
    expect(await colours()).toEqual([red, red]);

    // Late, then half a frame whose other half never comes, then the next.
    await send(4, "#0f0");
    await send(6, "#0f0", { width: 32, last: false });
    await send(7, "#00f", { x: 32, width: 32, key: false });
    await whenDrawn(7);
    expect(await colours()).toEqual([red, blue]);
    expect(await painter.lost()).toEqual({ lost: 1, bad: 3 });

    // Both tiles of a larger frame, in one step.
    await send(8, "#0f0", { width: 32, frameWidth: 128, last: false });
    await send(8, "#00f", { x: 32, width: 96, frameWidth: 128 });
    await whenDrawn(8);
    expect(await colours()).toEqual([green, blue]);
    expect((await painter.read()).width).toBe(128);

    // A picture that is none.
    painter.push(
      encodeLiveFrame(
        {
          codec: "jpeg",
          tab: 1,
          frame: 9,
          x: 0,
          y: 0,
          width: 128,
          height: 32,
          frameWidth: 128,
          frameHeight: 32,
          last: true,
          key: true,
          sharp: false,
          capturedAtMs: 0,
        },
        Buffer.from("nothing"),
      ),
    );
    await vi.waitFor(async () => expect(await painter.lost()).toEqual({ lost: 2, bad: 4 }), WAIT);
    expect(await colours()).toEqual([green, blue]);
  });
});

/** A step with each frame of the page. @returns how to end it. */
async function keepScrolling({ page }: StreamedPage): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    let y = 0;
    const scope = globalThis as unknown as { stop: boolean };
    scope.stop = false;
    const step = () => {
      y = (y + 8) % 8000;
      window.scrollTo(0, y);
      if (!scope.stop) requestAnimationFrame(step);
    };
    step();
  });
  return () =>
    page.evaluate(() => {
      (globalThis as unknown as { stop: boolean }).stop = true;
    });
}

async function passFrames({ page }: StreamedPage, count: number): Promise<void> {
  await page.evaluate(async (frames) => {
    for (let passed = 0; passed < frames; passed += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}
