import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "#lib/core/errors/app-error.ts";
import { pageSchema, type TrackerLevel } from "#lib/protocol/pages.ts";
import type { GotPage } from "#lib/server/pages/get-page.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answer: Answer = () => {};
let requests: IncomingMessage[] = [];
let path = 0;

const origin = createServer((request, response) => {
  requests.push(request);
  answer(request, response);
});
await new Promise<void>((resolve) => origin.listen(0, "127.0.0.1", resolve));
const { port } = origin.address() as AddressInfo;

// The environment is read once, on first use, so it is set before the pipeline is loaded.
process.env.QUI_EGRESS_ALLOW = `127.0.0.1:${port}`;
process.env.LOG_LEVEL = "silent";
delete process.env.REDIS_URL;
const { getPage } = await import("#lib/server/pages/get-page.ts");
const { pageResponse } = await import("#lib/server/pages/page-response.ts");
const { getLog } = await import("#lib/node/log/log.ts");
const { getReaderPool } = await import("#lib/node/reader/pool/reader-pool.ts");

const TEXT =
  "A paragraph long enough to be the main text of this page, with commas, and a full stop. ".repeat(5);

function html(text = TEXT): string {
  return `<!doctype html><html lang="en"><title>Title</title><body><article><h1>Title</h1><p>${text}</p></article></body></html>`;
}

function send(response: ServerResponse, headers: Record<string, string>, body = html(), status = 200): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
}

let deferred: Promise<unknown>[] = [];

interface Options {
  url?: string;
  mode?: "default" | "reload";
  level?: TrackerLevel;
  language?: string;
  signal?: AbortSignal;
  charge?: () => Promise<unknown>;
}

function get(options: Options = {}): Promise<GotPage> {
  const { url = address(), mode = "default", level = "standard", language = "en", ...context } = options;
  return getPage(
    { url, mode, level, language },
    { log: getLog(), defer: (work) => deferred.push(work), ...context },
  );
}

function address(suffix = ""): string {
  return `http://127.0.0.1:${port}/${path}${suffix}`;
}

async function codeOf(page: Promise<unknown>): Promise<string> {
  return page.then(
    () => "no error",
    (error: AppError) => error.code,
  );
}

async function textOf(page: GotPage): Promise<string> {
  const { document } = pageSchema.parse(await pageResponse(page).json());
  return JSON.stringify(document.blocks);
}

beforeAll(() => getReaderPool().warmUp());

beforeEach(() => {
  requests = [];
  deferred = [];
  path++;
});

afterAll(async () => {
  await getReaderPool().close();
  origin.closeAllConnections();
  await new Promise((resolve) => origin.close(resolve));
});

describe("a page from its origin", () => {
  it("is answered as the protocol's Page", async () => {
    answer = (_, response) => send(response, {});
    const page = pageSchema.parse(await pageResponse(await get()).json());
    expect(page.document.title).toBe("Title");
    expect(page.document.source.finalUrl).toBe(address());
    expect(page.cache).toBe("miss");
  });

  it("is asked for once by a hundred visitors at once", async () => {
    answer = (_, response) => send(response, {});
    const pages = await Promise.all(Array.from({ length: 100 }, () => get()));
    expect(requests).toHaveLength(1);
    expect(new Set(pages.map((page) => page.body.toString())).size).toBe(1);
  });

  it("carries no cookie and only the coarse language", async () => {
    answer = (_, response) => send(response, {});
    await get({ language: "de,en;q=0.5" });
    expect(requests[0]?.headers.cookie).toBeUndefined();
    expect(requests[0]?.headers.referer).toBeUndefined();
    expect(requests[0]?.headers["accept-language"]).toBe("de,en;q=0.5");
  });

  it("follows a meta refresh and reports where it ended", async () => {
    answer = (request, response) =>
      request.url?.endsWith("/next")
        ? send(response, {})
        : send(response, {}, `<meta http-equiv="refresh" content="0; url=${address("/next")}">`);
    const page = pageSchema.parse(await pageResponse(await get()).json());
    expect(page.document.source.finalUrl).toBe(address("/next"));
    expect(requests).toHaveLength(2);
  });

  it("does not follow a meta refresh to a private address", async () => {
    answer = (_, response) =>
      send(response, {}, `<meta http-equiv="refresh" content="0; url=http://10.0.0.1/">`);
    expect(await codeOf(get())).toBe("blocked_address");
  });

  it("stops following a page that refreshes for ever", async () => {
    answer = (_, response) =>
      send(response, {}, `<meta http-equiv="refresh" content="0; url=${address("/x")}">`);
    await get();
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  it("ends the origin's request when its only visitor leaves", async () => {
    const leave = new AbortController();
    const closed = new Promise<void>((resolve) => {
      answer = (request) => {
        request.socket.on("close", () => resolve());
        leave.abort();
      };
    });
    await expect(get({ signal: leave.signal })).rejects.toThrow();
    await closed;
  });
});

describe("a page kept by HTTP's rules", () => {
  it("is shown again without asking while fresh, and asked for on reload", async () => {
    answer = (_, response) => send(response, { "cache-control": "max-age=60" });
    expect((await get()).cache).toBe("miss");
    expect((await get()).cache).toBe("hit");
    expect(requests).toHaveLength(1);
    expect((await get({ mode: "reload" })).cache).toBe("miss");
    expect(requests).toHaveLength(2);
  });

  it("is revalidated by ETag without being read again", async () => {
    answer = (request, response) =>
      request.headers["if-none-match"] === '"1"'
        ? response.writeHead(304, { etag: '"1"' }).end()
        : send(response, { etag: '"1"', "cache-control": "no-cache" });
    const first = await get();
    const second = await get();
    expect(second.cache).toBe("revalidated");
    expect(second.body.equals(first.body)).toBe(true);
  });

  it("is revalidated by Last-Modified", async () => {
    const modified = "Wed, 21 Oct 2015 07:28:00 GMT";
    answer = (request, response) =>
      request.headers["if-modified-since"] === modified
        ? response.writeHead(304).end()
        : send(response, { "last-modified": modified, "cache-control": "max-age=0" });
    await get();
    expect((await get()).cache).toBe("revalidated");
  });

  it("is replaced when the origin has something new", async () => {
    let version = 1;
    answer = (_, response) =>
      send(
        response,
        { etag: `"${version}"`, "cache-control": "no-cache" },
        html(`Version ${version}. ${TEXT}`),
      );
    await get();
    version = 2;
    const second = await get();
    expect(second.cache).toBe("miss");
    expect(await textOf(second)).toContain("Version 2.");
  });

  it("is shown stale within stale-while-revalidate and refreshed behind the visitor's back", async () => {
    let version = 1;
    answer = (_, response) =>
      send(
        response,
        version === 1
          ? { age: "90", "cache-control": "max-age=60, stale-while-revalidate=600" }
          : { "cache-control": "max-age=60" },
        html(`Version ${version}. ${TEXT}`),
      );
    await get();
    version = 2;
    const stale = await get();
    expect(stale.cache).toBe("stale");
    expect(await textOf(stale)).toContain("Version 1.");
    await Promise.all(deferred);
    const fresh = await get();
    expect(fresh.cache).toBe("hit");
    expect(await textOf(fresh)).toContain("Version 2.");
  });

  it("is shown stale while its origin fails", async () => {
    let down = false;
    answer = (_, response) =>
      down ? send(response, {}, "down", 503) : send(response, { "cache-control": "max-age=0" });
    await get();
    down = true;
    expect((await get()).cache).toBe("stale");
    answer = (_, response) => response.destroy();
    expect((await get()).cache).toBe("stale");
  });

  it("is not shown stale when its origin forbade that, or the page is gone", async () => {
    let status = 200;
    answer = (_, response) =>
      send(response, { "cache-control": "max-age=0, must-revalidate" }, html(), status);
    await get();
    status = 503;
    expect(await codeOf(get())).toBe("origin_failed");
    path++;
    status = 200;
    answer = (_, response) => send(response, { "cache-control": "max-age=0" }, html(), status);
    await get();
    status = 404;
    expect(await codeOf(get())).toBe("origin_not_found");
  });

  it.each([
    ["private", { "cache-control": "private, max-age=60" }],
    ["no-store", { "cache-control": "no-store" }],
    ["a cookie", { "set-cookie": "id=1", "cache-control": "max-age=60" }],
    ["Vary: *", { vary: "*", "cache-control": "max-age=60" }],
  ])("is never kept for others when the origin says %s", async (_, headers) => {
    let visit = 0;
    answer = (_request, response) => send(response, headers, html(`Visit ${++visit}. ${TEXT}`));
    expect(await textOf(await get())).toContain("Visit 1.");
    expect(await textOf(await get())).toContain("Visit 2.");
  });

  it("is kept once a language when the answer varies on it", async () => {
    answer = (request, response) =>
      send(
        response,
        { vary: "Accept-Language", "cache-control": "max-age=60" },
        html(`In ${request.headers["accept-language"]}. ${TEXT}`),
      );
    expect(await textOf(await get({ language: "en" }))).toContain("In en.");
    expect(await textOf(await get({ language: "de,en;q=0.5" }))).toContain("In de");
    const again = await get({ language: "en" });
    expect(again.cache).toBe("hit");
    expect(await textOf(again)).toContain("In en.");
    expect(requests).toHaveLength(2);
  });

  it("is kept once a tracker level", async () => {
    answer = (_, response) => send(response, { "cache-control": "max-age=60" });
    await get({ level: "standard" });
    expect((await get({ level: "strict" })).cache).toBe("miss");
    expect((await get({ level: "strict" })).cache).toBe("hit");
  });

  it("asks again for an address that redirected", async () => {
    answer = (request, response) =>
      request.url?.endsWith("/end")
        ? send(response, { "cache-control": "max-age=60" })
        : response.writeHead(302, { location: "/end" }).end();
    await get();
    await get();
    expect(requests.map((request) => request.url)).toEqual([`/${path}`, "/end", `/${path}`, "/end"]);
  });

  it("is charged for only when the origin is asked", async () => {
    answer = (_, response) => send(response, { "cache-control": "max-age=60" });
    let charged = 0;
    const charge = async () => charged++;
    await get({ charge });
    await get({ charge });
    expect(charged).toBe(1);
  });
});

describe("a page that cannot be shown", () => {
  it.each([
    ["http://10.0.0.1/", "blocked_address"],
    ["http://169.254.169.254/latest/meta-data", "blocked_address"],
    ["http://[::ffff:127.0.0.1]/", "blocked_address"],
    ["http://2130706433/", "blocked_address"],
    ["http://example.org:22/", "blocked_port"],
    ["http://user:pass@example.org/", "credentials_in_url"],
    ["ftp://example.org/", "unsupported_scheme"],
    ["http://", "invalid_url"],
  ])("refuses %s with %s", async (url, code) => {
    expect(await codeOf(get({ url }))).toBe(code);
  });

  it.each([
    [404, "origin_not_found"],
    [403, "origin_forbidden"],
    [500, "origin_failed"],
  ])("answers the origin's %i with %s", async (status, code) => {
    answer = (_, response) => send(response, {}, "no", status);
    expect(await codeOf(get())).toBe(code);
  });

  it("names a body that is no text", async () => {
    answer = (_, response) => {
      response
        .writeHead(200, { "content-type": "application/zip" })
        .end(Buffer.from("PK\u0003\u0004\0\0\0\0"));
    };
    expect(await codeOf(get())).toBe("unsupported_type");
  });

  it("names a body that is too large", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/html", "content-length": 1e9 }).write("<p>");
    };
    expect(await codeOf(get())).toBe("too_large");
  });

  it("names an origin that resets the connection", async () => {
    answer = (_, response) => response.destroy();
    expect(["unreachable", "bad_response"]).toContain(await codeOf(get()));
  });
});
