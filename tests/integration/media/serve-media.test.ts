import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createByteBudget } from "#lib/core/media/byte-budget.ts";
import { createEgress, type Egress } from "#lib/node/egress/create-egress.ts";
import { createImagePool, type ImagePool } from "#lib/node/media/image-pool.ts";
import { signMediaUrl } from "#lib/node/media/sign-media-url.ts";
import type { MediaServices } from "#lib/server/media/media-services.ts";
import { mediaQuerySchema, serveMedia } from "#lib/server/media/serve-media.ts";
import { photo, svg } from "./pictures.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let images: ImagePool;
let picture: Buffer;
beforeAll(async () => {
  images = createImagePool({
    size: 1,
    queueMax: 64,
    timeoutMs: 20_000,
    idleMs: 60_000,
    rssBytesMax: 512 * 1024 * 1024,
  });
  picture = await photo(800, 600).jpeg().toBuffer();
});
afterAll(() => images.close());

let server: Server;
let egress: Egress;
let origin: string;
let services: MediaServices;
let answer: Answer;
let requests: IncomingMessage[];
beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  egress = createEgress({ policy: createEgressPolicy({ ports: ["80"], allow: [`127.0.0.1:${port}`] }) });
  services = { fetch: egress.fetch, images, budget: createByteBudget(64 * 1024 * 1024) };
});
afterEach(async () => {
  await egress.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** What the route does: the signed path's query, checked, then served. */
function get(
  path: string,
  headers: Record<string, string> = {},
  signal = new AbortController().signal,
): Promise<Response> {
  const query = mediaQuerySchema.parse(Object.fromEntries(new URL(path, "http://qui").searchParams));
  return serveMedia(query, { headers: new Headers(headers), signal, clientKey: "me" }, services);
}
const getUrl = (url: string, headers?: Record<string, string>) => get(signMediaUrl(url), headers);

async function codeOf(response: Promise<Response>): Promise<string> {
  return response.then(
    async (answered) => `answered ${answered.status} ${answered.headers.get("content-type")}`,
    (error) => (error instanceof AppError ? error.code : String(error)),
  );
}

const send =
  (body: Buffer | string, headers: Record<string, string> = {}, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

describe("pictures", () => {
  test("are rendered anew and answered with headers that let them do nothing else", async () => {
    answer = send(picture, {
      "content-type": "text/html",
      "cache-control": "max-age=600",
      "set-cookie": "id=1",
      etag: '"visitor-1"',
    });
    const response = await getUrl(`${origin}/holiday%20photo.jpg`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "public, max-age=600, stale-while-revalidate=86400",
      "content-disposition": 'inline; filename="holiday-photo.webp"',
      "content-length": response.headers.get("content-length"),
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "image/webp",
      "cross-origin-resource-policy": "same-origin",
      etag: response.headers.get("etag"),
      "referrer-policy": "no-referrer",
      vary: "Accept",
      "x-content-type-options": "nosniff",
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 800, height: 600 });
  });

  test("come in the width and format that is asked for", async () => {
    answer = send(picture);
    const path = signMediaUrl(`${origin}/a.jpg`);
    const narrow = await get(`${path}&w=200`, { accept: "image/avif,image/*" });
    expect(narrow.headers.get("content-type")).toBe("image/avif");
    expect(await sharp(Buffer.from(await narrow.arrayBuffer())).metadata()).toMatchObject({ width: 256 });
    const old = await get(`${path}&w=200`, { accept: "image/png" });
    expect(old.headers.get("content-type")).toBe("image/jpeg");
  });

  test("are 304 for whoever has them, by a tag that is the same for everyone", async () => {
    let visits = 0;
    answer = (_request, response) => response.setHeader("etag", `"visitor-${++visits}"`).end(picture);
    const first = await getUrl(`${origin}/a.jpg`);
    const etag = first.headers.get("etag") ?? "";
    const second = await getUrl(`${origin}/a.jpg`, { "if-none-match": etag });
    expect([second.status, second.headers.get("etag"), await second.text()]).toEqual([304, etag, ""]);
    expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, undefined]);
  });

  test("asked for by a hundred at once are fetched once", async () => {
    answer = send(picture);
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async () => (await getUrl(`${origin}/a.jpg`)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(requests).toHaveLength(1);
  });

  test("an SVG arrives as pixels, never as markup", async () => {
    answer = send(svg('<script>alert(1)</script><rect width="9" height="9"/>'), {
      "content-type": "image/svg+xml",
    });
    const response = await getUrl(`${origin}/a.svg`);
    expect(response.headers.get("content-type")).toBe("image/webp");
    expect(await response.text()).not.toContain("script");
  });

  test("a site learns nothing of the visitor", async () => {
    answer = send(picture);
    await getUrl(`${origin}/a.jpg`, {
      cookie: "session=1",
      authorization: "Bearer x",
      referer: "https://qui.example/secret",
      "user-agent": "Visitor/1",
      "x-forwarded-for": "203.0.113.9",
      "accept-language": "de",
    });
    const sent = requests[0]?.headers ?? {};
    expect([sent.cookie, sent.authorization, sent.referer, sent["x-forwarded-for"]]).toEqual(
      Array(4).fill(undefined),
    );
    expect(sent["user-agent"]).not.toContain("Visitor");
    expect(sent["accept-language"]).toBe("en");
  });

  test("a range of a picture is answered with the whole picture", async () => {
    answer = send(picture);
    const response = await getUrl(`${origin}/a.jpg`, { range: "bytes=0-10" });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/webp"]);
  });
});

describe("refusals", () => {
  test("a signature that is not ours is forbidden and nothing is fetched", async () => {
    answer = send(picture);
    const path = signMediaUrl(`${origin}/a.jpg`);
    expect(await codeOf(get(path.replace(/s=./, (start) => (start === "s=A" ? "s=B" : "s=A"))))).toBe(
      "forbidden",
    );
    expect(
      await codeOf(
        get(path.replace(/u=[\w-]+/, `u=${Buffer.from(`${origin}/b.jpg`).toString("base64url")}`)),
      ),
    ).toBe("forbidden");
    expect(requests).toEqual([]);
  });

  test.each([
    "u=!&s=a",
    "u=&s=a",
    "u=a",
    "s=a",
    "u=a&s=a&w=0",
    "u=a&s=a&w=-1",
    "u=a&s=a&w=1e9",
    "u=a&s=a&w=x",
  ])("the query %s is not valid", (query) => {
    expect(mediaQuerySchema.safeParse(Object.fromEntries(new URLSearchParams(query))).success).toBe(false);
  });

  test.each<[string, Answer]>([
    ["unsupported_type", send("<!DOCTYPE html><p>a page", { "content-type": "image/png" })],
    ["unsupported_type", send("alert(1)", { "content-type": "image/jpeg" })],
    ["unsupported_type", send("#EXTM3U\nhttp://127.0.0.1/", { "content-type": "audio/mpegurl" })],
    ["unsupported_type", send("")],
    ["bad_response", send(Buffer.from("\x89PNG\r\n\x1a\nbroken", "latin1"), { "content-type": "image/png" })],
    ["origin_not_found", send("", {}, 404)],
    ["origin_not_found", send("", {}, 410)],
    ["origin_forbidden", send("", {}, 403)],
    ["origin_failed", send("", {}, 500)],
    ["origin_forbidden", send("", {}, 429)],
    ["bad_response", send("", {}, 418)],
    ["blocked_port", send("", { location: "http://127.0.0.1:22/" }, 302)],
    ["blocked_address", send("", { location: "http://169.254.169.254/" }, 302)],
    ["too_many_redirects", send("", { location: "/again" }, 302)],
    ["unreachable", (request) => request.socket.destroy()],
  ])("%s", async (code, answers) => {
    answer = answers;
    expect(await codeOf(getUrl(`${origin}/a`))).toBe(code);
  });

  test("a private address is refused although it was signed", async () => {
    expect(await codeOf(getUrl("http://10.0.0.1/a.png"))).toBe("blocked_address");
  });

  test("a picture with too many bytes is refused before it has all arrived", async () => {
    answer = (_request, response) => {
      response.write(picture.subarray(0, 5000));
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", flood);
      flood();
    };
    expect(await codeOf(getUrl(`${origin}/endless.jpg`))).toBe("too_large");
  });

  test("more bytes under way than the budget holds are refused, and given back afterwards", async () => {
    const budget = createByteBudget(picture.length + 1000);
    let refused: (() => void) | undefined;
    const refusal = new Promise<void>((resolve) => {
      refused = resolve;
    });
    // The first picture waits to be rendered until the second one has been refused.
    const waiting: ImagePool = { ...images, render: (...call) => refusal.then(() => images.render(...call)) };
    services = { ...services, images: waiting, budget };
    answer = send(picture);
    const outcomes = ["1", "2"].map(async (name) => {
      const outcome = await codeOf(getUrl(`${origin}/${name}.jpg`));
      if (outcome === "unavailable") refused?.();
      return outcome;
    });
    expect((await Promise.all(outcomes)).sort()).toEqual(["answered 200 image/webp", "unavailable"]);
    expect(budget.left).toBe(picture.length + 1000);
    expect(await codeOf(getUrl(`${origin}/3.jpg`))).toBe("answered 200 image/webp");
  });

  test("a visitor who leaves ends the request to the site", async () => {
    const controller = new AbortController();
    let closed: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    answer = (request, response) => {
      response.write(picture.subarray(0, 5000));
      request.on("close", () => closed?.());
      controller.abort(new Error("left"));
    };
    expect(await codeOf(get(signMediaUrl(`${origin}/a.jpg`), {}, controller.signal))).toBe("Error: left");
    await gone;
  });
});

describe("sound and film", () => {
  const start = Buffer.concat([
    Buffer.from("\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41", "latin1"),
    Buffer.alloc(100_000, 7),
  ]);
  const serveRanges: Answer = (request, response) => {
    const [, first, last] = /bytes=(\d*)-(\d*)/.exec(request.headers.range ?? "") ?? [];
    if (first === undefined)
      return send(start, { "content-type": "video/mp4", "accept-ranges": "bytes" })(request, response);
    const from = first === "" ? start.length - Number(last) : Number(first);
    const to = first !== "" && last ? Number(last) : start.length - 1;
    if (from >= start.length)
      return send("", { "content-range": `bytes */${start.length}` }, 416)(request, response);
    const headers = { "content-type": "video/mp4", "content-range": `bytes ${from}-${to}/${start.length}` };
    return send(start.subarray(from, to + 1), headers, 206)(request, response);
  };

  test("are passed on whole, by their bytes", async () => {
    answer = send(start, {
      "content-type": "application/octet-stream",
      "content-length": String(start.length),
    });
    const response = await getUrl(`${origin}/film.mp4`);
    expect(Buffer.from(await response.arrayBuffer()).equals(start)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "video/mp4",
      "content-length": String(start.length),
      "content-disposition": 'inline; filename="film.mp4"',
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
  });

  test.each([
    ["bytes=0-", 0, 100_032],
    ["bytes=0-499", 0, 500],
    ["bytes=5000-5999", 5000, 1000],
    ["bytes=90000-", 90_000, 10_032],
  ])("%s is passed on as that part", async (range, from, length) => {
    answer = serveRanges;
    const response = await getUrl(`${origin}/film.mp4`, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${from}-${from + length - 1}/${start.length}`);
    expect(response.headers.get("accept-ranges")).toBe("bytes");
    expect(Buffer.from(await response.arrayBuffer()).equals(start.subarray(from, from + length))).toBe(true);
    expect(requests[0]?.headers).toMatchObject({ range, "accept-encoding": "identity" });
  });

  test("a range past the end is told so", async () => {
    answer = serveRanges;
    const response = await getUrl(`${origin}/film.mp4`, { range: "bytes=999999-" });
    expect([response.status, response.headers.get("content-range")]).toEqual([
      416,
      `bytes */${start.length}`,
    ]);
  });

  test("an origin that knows no ranges sends the whole file", async () => {
    answer = send(start);
    const response = await getUrl(`${origin}/film.mp4`, { range: "bytes=0-" });
    expect([response.status, response.headers.get("accept-ranges")]).toEqual([200, null]);
    await response.body?.cancel();
  });

  test("a part from the middle needs a type that can do no harm", async () => {
    answer = send(
      "<script>alert(1)</script>",
      { "content-type": "text/html", "content-range": "bytes 10-34/100" },
      206,
    );
    expect(await codeOf(getUrl(`${origin}/film.mp4`, { range: "bytes=10-" }))).toBe("unsupported_type");
  });

  test("a part without its place is a bad response", async () => {
    answer = send(start, { "content-type": "video/mp4" }, 206);
    expect(await codeOf(getUrl(`${origin}/film.mp4`, { range: "bytes=0-" }))).toBe("bad_response");
  });

  test("a visitor who stops watching ends the request to the site", async () => {
    let closed: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    answer = (_request, response) => {
      response.on("close", () => closed?.());
      response.write(start);
    };
    const response = await getUrl(`${origin}/film.mp4`);
    await response.body?.cancel();
    await gone;
  });
});
