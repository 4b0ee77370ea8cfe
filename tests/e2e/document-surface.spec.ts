import { test as base, expect, type Page } from "@playwright/test";
import type { Block, Document } from "#lib/protocol/document.ts";
import type { Page as ReaderPage } from "#lib/protocol/pages.ts";
import { block, heading, makeDocument, makePage, paragraph, runs } from "../fixtures/make-document.ts";
import type { SurfacePage } from "../fixtures/surface-page.ts";
import { startSurfaceServer } from "../fixtures/surface-server.ts";

declare global {
  var stage: SurfacePage;
}

const WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

/** The stage with the real worker, in a browser that draws WebGL without a GPU. Any error of the page fails the test. */
const test = base.extend<{ complaints: string[] }, { origin: string }>({
  origin: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const server = await startSurfaceServer();
      await use(server.origin);
      await server.close();
    },
    { scope: "worker" },
  ],
  launchOptions: async ({ launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((flag) => flag !== "--disable-gpu");
    await use({ ...launchOptions, args: [...args, ...WEBGL] });
  },
  complaints: [
    async ({ page, origin }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        const isMissing = message.text().startsWith("Failed to load resource");
        if (message.type() === "error" && !isMissing) complaints.push(message.text());
      });
      await page.goto(origin);
      await page.waitForFunction(() => "stage" in globalThis);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

const link = { text: "a link elsewhere", href: "https://example.com/elsewhere" };
const article: Block[] = [
  block({ type: "paragraph", runs: [{ text: "Before it " }, link, { text: " and after it." }] }),
  heading(2, "A part"),
  ...Array.from({ length: 40 }, (_, index) =>
    paragraph(`Paragraph ${index}. ${"Words that fill a line. ".repeat(8)}`),
  ),
];

/** Share of pixels in a rectangle of the drawn view that are not paper. */
async function inkShare(
  page: Page,
  rect: { x: number; y: number; width: number; height: number },
): Promise<number> {
  return await page.evaluate(({ x, y, width, height }) => {
    const { surface, draw } = globalThis.shown;
    const scale = surface.tileSize.height / surface.tileHeightPx;
    const { data } = draw().getImageData(
      x * scale,
      (y - surface.scrollPx) * scale,
      width * scale,
      height * scale,
    );
    const paper = Number.parseInt(surface.paper.slice(1), 16);
    let ink = 0;
    for (let at = 0; at < data.length; at += 4) {
      const color = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      if (Math.abs((color & 0xff) - (paper & 0xff)) > 20) ink++;
    }
    return ink / (data.length / 4);
  }, rect);
}

declare global {
  var shown: ReturnType<SurfacePage["open"]>;
}

type Open = Parameters<SurfacePage["open"]>;

async function show(
  page: Page,
  content: { page: ReaderPage } | { document: Document },
  ...[options, host]: Open
): Promise<void> {
  await page.evaluate(
    async ([shownContent, ...open]) => {
      globalThis.shown = globalThis.stage.open(open[0] ?? {}, open[1] ?? undefined);
      await globalThis.shown.surface.show(shownContent);
    },
    [content, options ?? null, host ?? null] as const,
  );
  // What is below the view is laid out after it was shown.
  const { blocks } = "page" in content ? content.page.document : content.document;
  await page.waitForFunction(
    (id) => globalThis.shown.surface.blockRect(id) !== null,
    blocks.at(-1)?.id ?? "",
  );
}

/** The first point of the view that hits what is asked for. */
async function findPoint(page: Page, wanted: { href?: string; blockId?: string; action?: string }) {
  const found = await page.evaluate((want) => {
    const { surface } = globalThis.shown;
    for (let y = 0; y < surface.options.heightPx; y += 3) {
      for (let x = 0; x < surface.options.widthPx; x += 3) {
        const hit = surface.hitTest(x, y);
        const isFound =
          hit && Object.entries(want).every(([key, value]) => hit[key as keyof typeof hit] === value);
        if (hit && isFound) return { x, y, hit };
      }
    }
    return null;
  }, wanted);
  if (!found) throw new Error(`Nothing here is ${JSON.stringify(wanted)}.`);
  return found;
}

for (const host of ["worker", "main"] as const) {
  test.describe(`a surface painted by the ${host === "worker" ? "worker" : "page itself"}`, () => {
    test("draws text where a press finds it, and a link's press gives its address", async ({ page }) => {
      await show(page, { document: makeDocument(article) }, {}, host);
      const { hit } = await findPoint(page, { href: link.href });
      expect(hit.blockId).toBe(article[0]?.id);
      expect(await inkShare(page, hit.rect)).toBeGreaterThan(0.05);
      expect(await inkShare(page, { x: 0, y: hit.rect.y, width: 40, height: 20 })).toBe(0);
    });

    test("brings the tiles of where one scrolls to, and lets go of the rest", async ({ page }) => {
      const document = makeDocument(article);
      await show(page, { document }, {}, host);
      const before = await page.evaluate(() => globalThis.shown.surface.stats);
      await page.evaluate(() => globalThis.shown.surface.scrollTo(1800));
      await expect
        .poll(() => page.evaluate(() => [...globalThis.shown.tiles.keys()].sort((a, b) => a - b)))
        .toEqual([6, 7, 8, 9, 10]);
      expect(await inkShare(page, { x: 0, y: 1800, width: 800, height: 600 })).toBeGreaterThan(0.02);
      const after = await page.evaluate(() => globalThis.shown.surface.stats);
      expect(after.layoutMs).toBe(before.layoutMs);
      expect(after.tiles).toBe(5);
    });
  });
}

test("text is sharper at a greater scale, and stands where it stood", async ({ page }) => {
  await show(page, { document: makeDocument(article) });
  const at = await findPoint(page, { href: link.href });
  const height = await page.evaluate(() => globalThis.shown.surface.contentHeightPx);
  /** Steps between neighbouring pixels, the largest: blurred edges have none near that of ink to paper. */
  const edges = () =>
    page.evaluate(({ x, y, width, height: tall }) => {
      const { surface, draw } = globalThis.shown;
      const scale = surface.tileSize.height / surface.tileHeightPx;
      const area = draw().getImageData(
        x * scale,
        (y - surface.scrollPx) * scale,
        width * scale,
        tall * scale,
      );
      let inkPixels = 0;
      for (let i = 0; i < area.data.length; i += 4) if ((area.data[i] ?? 255) < 60) inkPixels++;
      return { pixels: area.width * area.height, inkShare: inkPixels / (area.width * area.height) };
    }, at.hit.rect);
  const coarse = await edges();
  await page.evaluate(() => globalThis.shown.surface.configure({ scale: 2 }));
  await expect
    .poll(() => page.evaluate(() => [...globalThis.shown.tiles.values()].map((tile) => tile.width)))
    .toEqual([1600, 1600, 1600, 1600]);
  const fine = await edges();
  expect(fine.pixels).toBeGreaterThan(coarse.pixels * 3.8);
  // Letters have full ink inside, not only grey edges.
  expect(fine.inkShare).toBeGreaterThan(coarse.inkShare * 1.15);
  expect(await page.evaluate(() => globalThis.shown.surface.contentHeightPx)).toBe(height);
  expect((await findPoint(page, { href: link.href })).hit.rect).toEqual(at.hit.rect);
});

test("right-to-left text starts at the right, and its words are found there", async ({ page }) => {
  const text = "שלום עולם";
  const document = makeDocument([paragraph(text)], { dir: "rtl", lang: "he", title: "כותרת" });
  await show(page, { document });
  const blockId = document.blocks[0]?.id ?? "";
  const { hit } = await findPoint(page, { blockId });
  const { rect } = hit;
  expect(rect.x + rect.width).toBeGreaterThan(640);
  expect(await inkShare(page, rect)).toBeGreaterThan(0.03);
  expect(await inkShare(page, { ...rect, x: 100, width: rect.x - 110 })).toBe(0);
  const quotes = await page.evaluate(({ x, y, width, height }) => {
    const { surface } = globalThis.shown;
    const word = (at: number) => {
      surface.selectWordAt(at, y + height / 2);
      return surface.getSelection()[0]?.quote;
    };
    return [word(x + width - 4), word(x + 4)];
  }, rect);
  expect(quotes).toEqual(["שלום", "עולם"]);
});

test("a selection quotes exactly what lies between its ends, and is painted", async ({ page }) => {
  const document = makeDocument([
    block({ type: "paragraph", runs: [...runs("One "), ...runs("bold", ["bold"]), ...runs(" word.")] }),
    paragraph("Second paragraph."),
  ]);
  await show(page, { document });
  const [first, second] = document.blocks.map(({ id }) => id);
  const from = await findPoint(page, { blockId: first ?? "" });
  const to = await findPoint(page, { blockId: second ?? "" });
  const before = await inkShare(page, from.hit.rect);
  const selected = await page.evaluate(
    ([a, b]) => {
      const { surface } = globalThis.shown;
      const y = (rect: typeof a) => rect.y + rect.height / 2 - surface.scrollPx;
      surface.select({ x: a.x + 1, y: y(a) }, { x: b.x + b.width - 1, y: y(b) });
      return surface.getSelection();
    },
    [from.hit.rect, to.hit.rect] as const,
  );
  expect(selected.map(({ blockId, quote }) => [blockId, quote])).toEqual([
    [first, "One bold word."],
    [second, "Second paragraph."],
  ]);
  await expect.poll(() => inkShare(page, from.hit.rect)).toBeGreaterThan(before + 0.3);
});

test("a match that was searched for is brought into view and marked", async ({ page }) => {
  const document = makeDocument(article);
  await show(page, { document });
  const target = document.blocks.at(-1)?.id ?? "";
  await page.evaluate((blockId) => {
    globalThis.shown.surface.showMatches([{ blockId, start: 0, end: 9 }], 0);
  }, target);
  const { hit } = await (async () => {
    await expect
      .poll(() =>
        findPoint(page, { blockId: target }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    return findPoint(page, { blockId: target });
  })();
  const orange = await page.evaluate(({ x, y }) => {
    const { surface, draw } = globalThis.shown;
    return [
      ...draw()
        .getImageData(x + 1, y - surface.scrollPx + 2, 1, 1)
        .data.slice(0, 3),
    ];
  }, hit.rect);
  expect(orange).toEqual([0xf6, 0x8a, 0x37]);
});

test("a page that changes while it is read keeps its place by block", async ({ page }) => {
  const document = makeDocument(article);
  await show(page, { document });
  const blockId = document.blocks[20]?.id ?? "";
  await page.evaluate((id) => globalThis.shown.surface.scrollToBlock(id), blockId);
  const place = await page.evaluate(() => globalThis.shown.surface.getScroll());
  expect(place.blockId).toBe(blockId);
  const longer = makeDocument([
    ...Array.from({ length: 12 }, (_, i) => paragraph(`New at the top ${i}.`)),
    ...article,
  ]);
  const after = await page.evaluate(async (next) => {
    await globalThis.shown.surface.show({ document: next });
    const { surface } = globalThis.shown;
    return { place: surface.getScroll(), y: surface.scrollPx };
  }, longer);
  expect(after.place.blockId).toBe(blockId);
  expect(after.place.offset).toBeCloseTo(place.offset, 2);
  expect(after.y).toBeGreaterThan(place.y + 200);
});

test("a folded section opens at a press and everything below moves", async ({ page }) => {
  const document = makeDocument([
    block({ type: "details", summary: runs("More"), blocks: [paragraph("What was folded away.")] }),
    paragraph("Below."),
  ]);
  await show(page, { document });
  const { hit } = await findPoint(page, { action: "toggle" });
  const below = document.blocks[1]?.id ?? "";
  const y = () => page.evaluate((id) => globalThis.shown.surface.blockRect(id)?.y ?? 0, below);
  const before = await y();
  await page.evaluate((id) => globalThis.shown.surface.toggle(id), hit.blockId);
  await expect.poll(y).toBeGreaterThan(before + 25);
  const hidden = (document.blocks[0] as { blocks: Block[] }).blocks[0]?.id ?? "";
  await expect
    .poll(() =>
      findPoint(page, { blockId: hidden }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});

test("pictures are fetched from our own origin alone; one that fails says what it shows", async ({
  page,
  origin,
}) => {
  const asked: string[] = [];
  page.context().on("request", (request) => asked.push(request.url()));
  const media = (id: string, src: string) => {
    return {
      id,
      kind: "image" as const,
      url: `https://example.com/${id}`,
      src,
      width: 400,
      height: 200,
      alt: "",
    };
  };
  const document = makeDocument([
    block({ type: "image", media: "red", alt: "A red field", caption: [] }),
    block({ type: "image", media: "gone", alt: "A lost field", caption: runs("One") }),
    block({ type: "image", media: "foreign", alt: "A foreign field", caption: runs("Two") }),
  ]);
  const shownPage = makePage(document, {
    media: [
      media("red", "/api/media?u=red"),
      media("gone", "/api/media?u=gone"),
      media("foreign", "https://elsewhere.example/x?y=1"),
    ],
  });
  await show(page, { page: shownPage }, { heightPx: 1000 });
  const first = await page.evaluate(
    (id) => globalThis.shown.surface.blockRect(id),
    document.blocks[0]?.id ?? "",
  );
  if (!first) throw new Error("The picture has no place.");
  const middle = () =>
    page.evaluate(({ y, height }) => {
      return [
        ...globalThis.shown
          .draw()
          .getImageData(400, y + height / 2, 1, 1)
          .data.slice(0, 3),
      ];
    }, first);
  await expect.poll(middle).toEqual([255, 0, 0]);
  const lost = await page.evaluate(
    (id) => globalThis.shown.surface.blockRect(id),
    document.blocks[1]?.id ?? "",
  );
  // That it does not come is known by an answer of its own.
  await expect
    .poll(() => inkShare(page, { x: 200, y: (lost?.y ?? 0) + 10, width: 200, height: 30 }))
    .toBeGreaterThan(0.01);
  expect(asked.filter((url) => !url.startsWith(origin))).toEqual([]);
});

test("commands are offered by documents of Qui's own making and by no other", async ({ page }) => {
  const commands = await page.evaluate(async () => {
    const { surface } = globalThis.stage.open();
    const own = globalThis.stage.documentForState({
      status: "offline",
      url: "https://example.org/",
      savedCopy: false,
    });
    const found = async (document: Document) => {
      await surface.show({ document });
      const ids = new Set<string>();
      for (let y = 0; y < 600; y += 5) {
        for (let x = 0; x < 800; x += 5) {
          const hit = surface.hitTest(x, y);
          if (hit?.command) ids.add(hit.command.id);
          if (hit?.href) ids.add(hit.href);
        }
      }
      return [...ids];
    };
    return [await found(own), await found({ ...structuredClone(own), id: "forged" })];
  });
  expect(commands).toEqual([["page.reload"], []]);
});

test("a document of 100,000 words is read before it is laid out, and nothing waits for it", async ({
  page,
}) => {
  const blocks = Array.from({ length: 1000 }, (_, index) => {
    const words = Array.from(
      { length: 100 },
      (_, place) => `w${((index * 131 + place * 17) % 4999).toString(36)}`,
    );
    return paragraph(words.join(" "));
  });
  const document = makeDocument(blocks, { wordCount: 100_000 });
  const seen = await page.evaluate(async (long) => {
    const stage = globalThis.stage.open();
    let turns = 0;
    let isCounting = true;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      turns++;
      if (isCounting) port2.postMessage(null);
    };
    port2.postMessage(null);
    /** Turns the page had between one piece of news about the layout and the next. */
    const turnsBetween: number[] = [];
    let last = 0;
    let heightAtFirstTile = 0;
    const isDone = new Promise<void>((resolve) => {
      const end = `${long.blocks.at(-1)?.id}`;
      stage.surface.subscribe((event) => {
        if (event.type === "tile") heightAtFirstTile ||= stage.surface.contentHeightPx;
        if (event.type !== "layout") return;
        turnsBetween.push(turns - last);
        last = turns;
        if (stage.surface.blockRect(end)) resolve();
      });
    });
    await stage.surface.show({ document: long });
    await isDone;
    isCounting = false;
    stage.surface.scrollToBlock(long.blocks[900]?.id ?? "");
    const { stats, contentHeightPx } = stage.surface;
    return {
      heightAtFirstTile,
      contentHeightPx,
      stats,
      slices: turnsBetween.length,
      idle: turnsBetween.slice(1),
    };
  }, document);
  expect(seen.heightAtFirstTile).toBeGreaterThan(0);
  expect(seen.heightAtFirstTile).toBeLessThan(seen.contentHeightPx / 4);
  expect(seen.slices).toBeGreaterThan(4);
  expect(seen.stats.words).toBe(100_000);
  expect(seen.stats.tiles).toBeLessThanOrEqual(6);
  expect(seen.stats.bytes).toBeLessThan(6 * 800 * 256 * 4 + 1);
});

test("on the page's own thread a long layout lets others have their turn", async ({ page }) => {
  const blocks = Array.from({ length: 300 }, (_, index) => {
    const words = Array.from(
      { length: 100 },
      (_, place) => `v${((index * 71 + place * 13) % 2999).toString(36)}`,
    );
    return paragraph(words.join(" "));
  });
  const turns = await page.evaluate(async (document) => {
    const { surface } = globalThis.stage.open({}, "main");
    const { port1, port2 } = new MessageChannel();
    let count = 0;
    let isCounting = true;
    port1.onmessage = () => {
      count++;
      if (isCounting) port2.postMessage(null);
    };
    let slices = 0;
    const isDone = new Promise<void>((resolve) => {
      surface.subscribe((event) => {
        if (event.type === "layout") slices++;
        if (surface.blockRect(document.blocks.at(-1)?.id ?? "")) resolve();
      });
    });
    port2.postMessage(null);
    await surface.show({ document });
    await isDone;
    isCounting = false;
    return { count, slices };
  }, makeDocument(blocks));
  expect(turns.slices).toBeGreaterThan(3);
  expect(turns.count).toBeGreaterThan(turns.slices);
});

test("a worker that breaks is started again once, and then said to have failed; what was painted stays", async ({
  page,
}) => {
  await show(page, { document: makeDocument(article) });
  const breakWorker = () =>
    page.evaluate(() => {
      const worker = globalThis.stage.workers.at(-1);
      worker?.dispatchEvent(new ErrorEvent("error", { message: "broken by the test", cancelable: true }));
      return globalThis.stage.workers.length;
    });
  await page.evaluate(() => globalThis.shown.surface.scrollTo(900));
  const told = await page.evaluate(() => globalThis.shown.events.length);
  await breakWorker();
  await page.evaluate(() => globalThis.shown.surface.scrollTo(2400));
  // Until the new worker's layout stands in for the old one's, with what was scrolled meanwhile.
  await page.waitForFunction((count) => globalThis.shown.events.slice(count).includes("layout"), told);
  expect(await page.evaluate(() => globalThis.shown.surface.scrollPx)).toBe(2400);
  await expect.poll(() => inkShare(page, { x: 0, y: 2400, width: 800, height: 600 })).toBeGreaterThan(0.02);
  expect(await page.evaluate(() => globalThis.shown.events.includes("failed"))).toBe(false);
  await breakWorker();
  expect(
    await page.evaluate(() => [globalThis.shown.events.at(-1), globalThis.stage.workers.length]),
  ).toEqual(["failed", 2]);
  expect(await inkShare(page, { x: 0, y: 2400, width: 800, height: 600 })).toBeGreaterThan(0.02);
  const again = makeDocument([paragraph("Shown again.")], { id: "again" });
  await page.evaluate((document) => globalThis.shown.surface.show({ document }), again);
  await findPoint(page, { blockId: again.blocks[0]?.id ?? "" });
});

test("where there is no worker, pages are drawn on the page's own thread", async ({ page, origin }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "OffscreenCanvas", { value: undefined });
  });
  await page.goto(origin);
  await page.waitForFunction(() => "stage" in globalThis);
  await show(page, { document: makeDocument(article) });
  const { hit } = await findPoint(page, { href: link.href });
  expect(await inkShare(page, hit.rect)).toBeGreaterThan(0.05);
  expect(await page.evaluate(() => globalThis.stage.workers.length)).toBe(0);
});

test("the ring texture shows what the tiles show, also after scrolling past its length", async ({ page }) => {
  const differences = await page.evaluate(async (document) => {
    const texture = globalThis.stage.openTexture();
    const flat = globalThis.stage.open();
    const compare = async () => {
      const pixels = await texture.settle();
      const { data } = flat.draw().getImageData(0, 0, 800, 600);
      let sum = 0;
      let ink = 0;
      for (let at = 0; at < data.length; at += 4) {
        sum += Math.abs((data[at] ?? 0) - (pixels[at] ?? 0));
        if ((pixels[at] ?? 255) < 100) ink++;
      }
      return { mean: sum / (data.length / 4), ink };
    };
    await Promise.all([texture.surface.show({ document }), flat.surface.show({ document })]);
    const results = [await compare()];
    for (const y of [700, 1536, 3000]) {
      texture.surface.scrollTo(y);
      flat.surface.scrollTo(y);
      results.push(await compare());
    }
    const bytes = texture.bytes();
    texture.dispose();
    return { results, bytes };
  }, makeDocument(article));
  for (const { mean, ink } of differences.results) {
    expect(mean).toBeLessThan(1.5);
    expect(ink).toBeGreaterThan(2000);
  }
  // Three rows in view, one cut in two, one on either side, with mipmaps.
  expect(differences.bytes).toBe(Math.round((800 * 256 * 6 * 4 * 4) / 3));
});

test("a texture shows paper where no tile is yet, and where the document has ended", async ({ page }) => {
  const colors = await page.evaluate(
    async (document) => {
      const texture = globalThis.stage.openTexture({ theme: "sepia" });
      await texture.surface.show({ document });
      const pixels = await texture.settle();
      const at = (x: number, y: number) => [...pixels.slice((y * 800 + x) * 4, (y * 800 + x) * 4 + 3)];
      const first = [at(5, 5), at(400, 595)];
      texture.surface.configure({ theme: "dark" });
      const dark = await texture.settle();
      const darkAt = (x: number, y: number) => [...dark.slice((y * 800 + x) * 4, (y * 800 + x) * 4 + 3)];
      return [...first, darkAt(5, 5), darkAt(400, 595)];
    },
    makeDocument([paragraph("Short.")]),
  );
  expect(colors).toEqual([
    [0xf5, 0xec, 0xda],
    [0xf5, 0xec, 0xda],
    [0x11, 0x14, 0x17],
    [0x11, 0x14, 0x17],
  ]);
});
