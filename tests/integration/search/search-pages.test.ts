import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "#lib/core/errors/app-error.ts";
import { type Page, pageSchema } from "#lib/protocol/pages.ts";

let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};
let requests: IncomingMessage[] = [];
const provider = createServer((request, response) => {
  requests.push(request);
  answer(request, response);
});
await new Promise<void>((done) => provider.listen(0, "127.0.0.1", done));
const { port } = provider.address() as AddressInfo;

// The environment is read once, on first use, so it is set before the code under test is loaded.
process.env.QUI_EGRESS_ALLOW = `127.0.0.1:${port}`;
process.env.SEARCH_URL = `http://127.0.0.1:${port}/search?q={query}&format=json`;
process.env.QUI_FILTER_LISTS = "off";
const { searchAsPage } = await import("#lib/server/pages/search-as-page.ts");
const { pageResponse } = await import("#lib/server/pages/page-response.ts");
const { findSearch } = await import("#lib/server/search/find-search.ts");
const { parseAddress } = await import("#lib/core/url/parse-address.ts");
const { getEnv } = await import("#lib/node/env.ts");
const { getReaderPool } = await import("#lib/node/reader/pool/reader-pool.ts");

async function search(text: string): Promise<Page> {
  const found = findSearch(parseAddress(text));
  if (!found) throw new Error(`${text} is no search`);
  const page = await searchAsPage({ ...found, level: "standard", language: "de,en;q=0.5" });
  return pageSchema.parse(await pageResponse(page).json());
}

async function failureOf(text: string): Promise<string> {
  return search(text).then(
    () => "no error",
    (error: AppError) => error.code,
  );
}

const json = (body: unknown) => (_: IncomingMessage, response: ServerResponse) =>
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));

const RESULTS = { results: [{ url: "https://a.example.org/?utm_source=x", title: "A", content: "About A" }] };

beforeEach(() => {
  requests = [];
  answer = json(RESULTS);
});
afterAll(async () => {
  await getReaderPool().close();
  provider.close();
});

describe("a search from the address bar", () => {
  it("is answered as a page of cards", async () => {
    const page = await search("what is node.js");
    expect(page.document).toMatchObject({
      kind: "search",
      title: "what is node.js",
      source: { url: "?what is node.js", finalUrl: "?what is node.js" },
      blocks: [{ type: "card", title: "A", text: "About A", href: "https://a.example.org/" }],
    });
    expect(page.links).toEqual([{ href: "https://a.example.org/", text: "A", internal: false }]);
    expect(page.cache).toBe("miss");
  });

  it("tells the provider the words and a language, and nothing of the visitor", async () => {
    await search("a&b=c é");
    const [request] = requests;
    expect(request?.url).toBe("/search?q=a%26b%3Dc%20%C3%A9&format=json");
    expect(request?.headers["accept-language"]).toBe("de,en;q=0.5");
    expect(request?.headers).not.toHaveProperty("cookie");
    expect(request?.headers).not.toHaveProperty("referer");
    expect(request?.headers).not.toHaveProperty("x-forwarded-for");
  });

  it("goes to a further page when a results page of the provider's is opened", async () => {
    const page = await search(`http://127.0.0.1:${port}/search?q=cats&pageno=2`);
    expect(requests[0]?.url).toBe("/search?q=cats&pageno=2&format=json");
    expect(page.document.title).toBe("cats");
    expect(findSearch(parseAddress(`http://127.0.0.1:${port}/about`))).toBeNull();
  });

  it("falls back to the provider's page for people where JSON is refused", async () => {
    const item = (n: number) =>
      `<article><h3><a href="https://s${n}.example.org/">Title ${n}</a></h3><p>Some words about result ${n}.</p></article>`;
    answer = (request, response) => {
      if (request.url?.includes("format=json")) response.writeHead(403).end();
      else
        response
          .writeHead(200, { "content-type": "text/html" })
          .end(`<body>${[1, 2, 3].map(item).join("")}</body>`);
    };
    const page = await search("cats");
    expect(page.document.blocks.map((block) => block.type === "card" && block.text)).toEqual([
      "Some words about result 1.",
      "Some words about result 2.",
      "Some words about result 3.",
    ]);
  });

  it("says that the search service does not answer, whatever is wrong with it", async () => {
    const bad: (typeof answer)[] = [
      (_, response) => response.writeHead(500).end(),
      (_, response) => response.writeHead(429).end(),
      (_, response) => response.destroy(),
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).end("{broken"),
      json({ error: "no" }),
      (_, response) => response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
      (_, response) =>
        response.writeHead(200, { "content-length": "100" }).end("{", () => response.destroy()),
      (_, response) => response.writeHead(200).end("x".repeat(5_000_000)),
      (_, response) =>
        response.writeHead(200, { "content-type": "text/html" }).end("<h1>Solve this CAPTCHA</h1>"),
    ];
    for (const [i, bad_] of bad.entries()) {
      answer = bad_;
      expect(await failureOf("cats"), `answer ${i}`).toBe("search_unavailable");
    }
  });

  it("is off where the operator says so", async () => {
    const env = getEnv();
    const { SEARCH_URL } = env;
    env.SEARCH_URL = null;
    expect(await failureOf("cats")).toBe("search_off");
    env.SEARCH_URL = SEARCH_URL;
    expect(requests.length).toBe(0);
  });

  it("ends when the visitor goes away", async () => {
    const away = new AbortController();
    answer = () => away.abort(new Error("gone"));
    await expect(
      searchAsPage({ query: "cats", level: "standard", language: "en", signal: away.signal }),
    ).rejects.toThrow("gone");
  });
});
