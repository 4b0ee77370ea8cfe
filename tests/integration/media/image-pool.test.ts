import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImageType } from "#lib/core/media/sniff-media.ts";
import type { ImageJob } from "#lib/node/media/image-job.ts";
import { createImagePool, type ImagePool } from "#lib/node/media/image-pool.ts";
import { film, photo, pixelAt, svg } from "./pictures.ts";

const OPTIONS = { size: 1, queueMax: 64, timeoutMs: 20_000, idleMs: 60_000, rssBytesMax: 512 * 1024 * 1024 };

let pool: ImagePool;
beforeAll(() => {
  pool = createImagePool(OPTIONS);
});
afterAll(() => pool.close());

const job = (bytes: Uint8Array, type: ImageType, rest: Partial<ImageJob> = {}): ImageJob => ({
  bytes,
  type,
  formats: "webp",
  widthMax: 2560,
  explicitWidth: false,
  ...rest,
});

const render = (from: ImagePool, task: ImageJob, signal?: AbortSignal) => from.render(task, "me", signal);

/** A turbulence filter 500 layers deep: most of a minute for librsvg, which cannot be interrupted. */
const slow = svg(
  `<filter id="f">${'<feTurbulence baseFrequency="0.05" numOctaves="9"/>'.repeat(500)}</filter><rect width="2000" height="2000" filter="url(#f)"/>`,
  'width="2000" height="2000"',
);

describe("rendering", () => {
  test("a wide picture is made narrower and a narrow one never wider", async () => {
    const bytes = await photo(800, 600).jpeg().toBuffer();
    expect(await render(pool, job(bytes, "jpeg", { widthMax: 256 }))).toMatchObject({
      type: "webp",
      width: 256,
      height: 192,
    });
    expect(await render(pool, job(bytes, "jpeg"))).toMatchObject({ width: 800, height: 600 });
  });

  test.each(["png", "jpeg", "gif", "webp", "avif"] as const)("%s is read", async (type) => {
    const bytes = await photo(64, 48).toFormat(type).toBuffer();
    expect(await render(pool, job(bytes, type))).toMatchObject({ type: "webp", width: 64, height: 48 });
  });

  test.each([
    ["avif", "jpeg", "avif"],
    ["classic", "jpeg", "jpeg"],
    ["classic", "png", "png"],
  ] as const)("a browser that takes %s gets a %s as %s", async (formats, input, output) => {
    const bytes = await photo(64, 48).toFormat(input).toBuffer();
    const image = await render(pool, job(bytes, input, { formats }));
    expect(image.type).toBe(output);
    const { format, compression } = await sharp(image.bytes).metadata();
    expect(compression === "av1" ? "avif" : format).toBe(output);
  });

  test("metadata is stripped, and the camera's rotation is applied first", async () => {
    const bytes = await photo(80, 60)
      .withExif({
        IFD0: { Make: "SecretCamera", Artist: "Jane Doe" },
        IFD3: { GPSLatitude: "52/1 31/1 0/1", GPSLatitudeRef: "N" },
      })
      .withMetadata({ orientation: 6 })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>SecretXmp</a></x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(bytes.toString("latin1")).toContain("SecretCamera");
    for (const formats of ["webp", "avif", "classic"] as const) {
      const image = await render(pool, job(bytes, "jpeg", { formats }));
      expect([image.width, image.height]).toEqual([60, 80]);
      expect(Buffer.from(image.bytes).toString("latin1")).not.toMatch(/SecretCamera|Jane Doe|SecretXmp|GPS/);
      const meta = await sharp(image.bytes).metadata();
      expect([meta.exif, meta.xmp, meta.icc, meta.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  test("what is hidden behind the end of a file does not survive", async () => {
    const bytes = Buffer.concat([
      await photo(64, 48).png().toBuffer(),
      Buffer.from("<script>alert(1)</script>"),
    ]);
    const image = await render(pool, job(bytes, "png"));
    expect(Buffer.from(image.bytes).toString("latin1")).not.toContain("script");
  });

  test.each(["gif", "webp"] as const)("an animated %s keeps its frames and their timing", async (type) => {
    const image = await render(pool, job(await film(type, ["red", "lime", "blue"]), type, { widthMax: 20 }));
    expect(image).toMatchObject({ type: "webp", width: 20, height: 15 });
    expect(await sharp(image.bytes, { animated: true }).metadata()).toMatchObject({
      pages: 3,
      delay: [120, 120, 120],
    });
  });

  test("an animated GIF stays one for a browser without WebP", async () => {
    const image = await render(pool, job(await film("gif", ["red", "blue"]), "gif", { formats: "classic" }));
    expect(image.type).toBe("gif");
    expect(await sharp(image.bytes, { animated: true }).metadata()).toMatchObject({ pages: 2 });
  });

  test("a film past the bounds is shown as its first frame", async () => {
    const colours = Array.from({ length: 301 }, (_, index) => (index % 2 === 0 ? "red" : "blue"));
    const image = await render(pool, job(await film("gif", colours), "gif"));
    expect((await sharp(image.bytes, { animated: true }).metadata()).pages ?? 1).toBe(1);
  });

  test("small icons are kept exact", async () => {
    const bytes = await sharp(svg('<path d="M0 0h9v9z" fill="#123456"/>', 'width="32" height="32"'))
      .png()
      .toBuffer();
    const image = await render(pool, job(bytes, "png"));
    expect(await pixelAt(image.bytes, 7, 3)).toEqual(await pixelAt(bytes, 7, 3));
  });

  test("a Windows icon is read, with a PNG or a bitmap inside", async () => {
    const png = await sharp({ create: { width: 32, height: 32, channels: 4, background: "#00ff00" } })
      .png()
      .toBuffer();
    const directory = Buffer.from([0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 22, 0, 0, 0]);
    directory.writeUInt32LE(png.length, 14);
    const image = await render(pool, job(Buffer.concat([directory, png]), "ico", { widthMax: 64 }));
    expect(image).toMatchObject({ type: "webp", width: 32, height: 32 });
    expect(await pixelAt(image.bytes, 16, 16)).toEqual([0, 255, 0, 255]);
  });

  test("a vector is drawn sharply at the width that is asked for", async () => {
    const drawing = svg('<rect width="50" height="50" fill="#ff0000"/>');
    const asked = await render(pool, job(drawing, "svg", { widthMax: 640, explicitWidth: true }));
    expect(asked).toMatchObject({ width: 640, height: 320 });
    // The edge lies between pixels 319 and 320: full red up to it, nothing after.
    const [red, , , alpha] = await pixelAt(asked.bytes, 318, 100);
    expect([Number(red) > 250, alpha]).toEqual([true, 255]);
    expect((await pixelAt(asked.bytes, 322, 100))[3]).toBe(0);
    expect(await render(pool, job(drawing, "svg"))).toMatchObject({ width: 200, height: 100 });
  });
});

describe("hostile files", () => {
  test.each<[string, ImageType, Buffer]>([
    ["nothing", "png", Buffer.alloc(0)],
    ["text", "jpeg", Buffer.from("hello")],
    ["a header alone", "png", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
    [
      "random bytes behind a JPEG's start",
      "jpeg",
      Buffer.concat([Buffer.from([255, 216, 255]), Buffer.alloc(5000, 0x5a)]),
    ],
    ["an SVG that does not close", "svg", Buffer.from("<svg")],
    ["an SVG without a size", "svg", svg("", 'width="0" height="0"')],
    ["an icon that is none", "ico", Buffer.from([0, 0, 1, 0, 1, 0, 1, 1])],
    ["entities that multiply", "svg", laughs()],
    ["references that multiply", "svg", useBomb()],
  ])("%s is a broken picture, and the next one is served", async (_what, type, bytes) => {
    await expect(render(pool, job(bytes, type))).rejects.toMatchObject({ code: "bad_response" });
    expect((await render(pool, job(svg("<rect/>"), "svg"))).type).toBe("webp");
  });

  test("more pixels than allowed are refused by what the header says", async () => {
    const png = await sharp({ create: { width: 8000, height: 6000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    await expect(render(pool, job(png, "png"))).rejects.toMatchObject({ code: "too_large" });
    const wide = svg("<rect/>", 'width="100000" height="100000"');
    await expect(render(pool, job(wide, "svg"))).rejects.toMatchObject({ code: "too_large" });
  });

  test("an SVG loads nothing: no address, no file, no stylesheet, no entity", async () => {
    const hits: string[] = [];
    const server = createServer((request, response) => {
      hits.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = await mkdtemp(join(tmpdir(), "qui-svg-"));
    const secret = join(folder, "secret.png");
    await writeFile(
      secret,
      await sharp({ create: { width: 100, height: 50, channels: 3, background: "#f00" } })
        .png()
        .toBuffer(),
    );
    const size = 'width="100" height="50"';
    const attempts = [
      `<image href="file://${secret}" ${size}/>`,
      `<image xlink:href="${secret}" ${size}/>`,
      `<image href="${origin}/image.png" ${size}/>`,
      `<use href="file://${folder}/other.svg#a"/><use href="${origin}/use.svg#a"/>`,
      `<style>@import url("${origin}/style.css"); @font-face { font-family: x; src: url("${origin}/font") }</style><text y="20" font-family="x">a</text>`,
      `<rect ${size} fill="url(${origin}/paint.svg#a)" filter="url(${origin}/filter.svg#a)"/>`,
      `<filter id="f"><feImage href="file://${secret}"/></filter><rect ${size} filter="url(#f)"/>`,
      `<text y="20"><xi:include href="file://${secret}" parse="text"/></text>`,
      `<foreignObject ${size}><iframe xmlns="http://www.w3.org/1999/xhtml" src="${origin}/frame"/></foreignObject>`,
      `<script href="${origin}/script.js"/><script>fetch("${origin}/fetch")</script>`,
    ].map((content) => svg(content));
    attempts.push(
      Buffer.concat([Buffer.from(`<?xml-stylesheet href="${origin}/sheet.css"?>`), svg("<rect/>")]),
    );
    for (const attempt of attempts) {
      const image = await render(pool, job(attempt, "svg"));
      const { channels } = await sharp(image.bytes).ensureAlpha().stats();
      expect([attempt.toString(), channels[0]?.max === 255 && channels[1]?.max === 0]).toEqual([
        attempt.toString(),
        false,
      ]);
    }
    for (const doctype of [
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${secret}">]>`,
      `<!DOCTYPE svg SYSTEM "${origin}/a.dtd" [<!ENTITY % p SYSTEM "${origin}/b"> %p; <!ENTITY x SYSTEM "${origin}/c">]>`,
    ]) {
      const bytes = Buffer.concat([Buffer.from(doctype), svg('<text y="20">&x;</text>')]);
      await expect(render(pool, job(bytes, "svg"))).rejects.toMatchObject({ code: "bad_response" });
    }
    expect(hits).toEqual([]);
    await rm(folder, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("bounds", () => {
  test("a picture that takes too long loses its process, and the next one gets a new one", async () => {
    const hasty = createImagePool({ ...OPTIONS, timeoutMs: 7_000 });
    await expect(render(hasty, job(slow, "svg"))).rejects.toMatchObject({ code: "page_crashed" });
    expect((await render(hasty, job(svg("<rect/>"), "svg"))).type).toBe("webp");
    hasty.close();
  });

  test("one more picture than may wait is refused, and those that wait are served", async () => {
    const narrow = createImagePool({ ...OPTIONS, size: 1, queueMax: 2 });
    const outcomes = Array.from({ length: 5 }, () =>
      render(narrow, job(svg("<rect/>"), "svg")).then(
        (image) => image.type,
        (error) => error.code,
      ),
    );
    expect(await Promise.all(outcomes)).toEqual(["webp", "webp", "webp", "unavailable", "unavailable"]);
    narrow.close();
  });

  test("an aborted picture leaves the queue", async () => {
    const narrow = createImagePool(OPTIONS);
    const controller = new AbortController();
    const reason = new Error("left the page");
    const first = render(narrow, job(svg("<rect/>"), "svg"));
    const second = render(narrow, job(svg("<rect/>"), "svg"), controller.signal);
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect((await first).type).toBe("webp");
    narrow.close();
  });

  test("visitors take turns, and one process is always left for the others", async () => {
    const shared = createImagePool({ ...OPTIONS, size: 2, timeoutMs: 30_000 });
    const greedy = [1, 2, 3, 4].map(() =>
      shared.render(job(slow, "svg"), "greedy").catch((error) => error.code),
    );
    const order: string[] = [];
    const modest = ["a", "b", "a", "b"].map((group) =>
      shared.render(job(svg("<rect/>"), "svg"), group).then(() => order.push(group)),
    );
    const first = await Promise.race([greedy[0], Promise.all(modest)]);
    expect(first).toEqual([1, 2, 3, 4]);
    expect(order).toEqual(["a", "b", "a", "b"]);
    shared.close();
    expect(await Promise.all(greedy)).toEqual(["page_crashed", "unavailable", "unavailable", "unavailable"]);
  });

  test("a process that grew too large is replaced", async () => {
    const strict = createImagePool({ ...OPTIONS, rssBytesMax: 1 });
    for (let round = 0; round < 3; round += 1) {
      expect((await render(strict, job(svg("<rect/>"), "svg"))).type).toBe("webp");
    }
    strict.close();
  });

  test("closing fails what is under way and what waits", async () => {
    const closing = createImagePool(OPTIONS);
    const outcomes = [1, 2, 3].map(() => render(closing, job(slow, "svg")).catch((error) => error.code));
    closing.close();
    expect(await Promise.all(outcomes)).toEqual(["page_crashed", "unavailable", "unavailable"]);
  });
});

function laughs(): Buffer {
  const entities = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  );
  const doctype = `<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">${entities.join("")}]>`;
  return Buffer.concat([Buffer.from(doctype), svg('<text y="20">&e9;</text>')]);
}

function useBomb(): Buffer {
  const groups = Array.from(
    { length: 30 },
    (_, level) => `<g id="g${level + 1}">${`<use href="#g${level}"/>`.repeat(10)}</g>`,
  );
  return svg(`<defs><rect id="g0" width="1" height="1"/>${groups.join("")}</defs><use href="#g30"/>`);
}
