import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../setup/test-database.ts";

const CORPORA = process.env.QUI_CORPORA ?? resolve(import.meta.dirname, "../../../../shared/corpora");
const HAS_LISTS = existsSync(join(CORPORA, "filter-lists"));

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const answers = new Map<string, Answer>();
let requests: IncomingMessage[] = [];
const origin = createServer((request, response) => {
  requests.push(request);
  const answer = answers.get(request.url ?? "");
  if (answer) answer(request, response);
  else response.writeHead(404).end();
});
await new Promise<void>((done) => origin.listen(0, "127.0.0.1", done));
const { port } = origin.address() as AddressInfo;
const [ADS, PRIVACY] = [`http://127.0.0.1:${port}/ads.txt`, `http://127.0.0.1:${port}/privacy.txt`];

// The environment is read once, on first use, so it is set before the code under test is loaded.
const database: TestDatabase = await createTestDatabase();
const folder = await mkdtemp(join(tmpdir(), "qui-lists-"));
Object.assign(process.env, {
  DATABASE_URL: database.url,
  QUI_EGRESS_ALLOW: `127.0.0.1:${port}`,
  QUI_FILTER_LISTS: `${ADS},${PRIVACY}`,
  QUI_DATA_DIR: folder,
  CRON_SECRET: "0123456789abcdef",
});
delete process.env.REDIS_URL;
const { refreshFilterLists } = await import("#lib/server/trackers/refresh-filter-lists.ts");
const { bringUpToDate, forgetFilterLists, getFilterLists } = await import(
  "#lib/server/trackers/get-filter-lists.ts"
);
const { createTrackerMatcher } = await import("#lib/node/trackers/tracker-matcher.ts");
const { getKv } = await import("#lib/node/kv/get-kv.ts");
const { getDb } = await import("#lib/server/db/client.ts");

const PAGE = "https://news.example.com/story";
const DAY = 24 * 60 * 60 * 1000;

const list = (title: string, rules: string[]) =>
  `[Adblock Plus 2.0]\n! Title: ${title}\n! Expires: 4 days\n${rules.join("\n")}\n`;
const ads = list("EasyTest", ["||ads.test^", "||banner.test^"]);
const privacy = list("PrivacyTest", ["||counter.test^$third-party"]);

/** Answers as list servers do: an ETag, and 304 to whoever has that edition. */
const serve =
  (text: string, etag: string): Answer =>
  (request, response) => {
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { "content-type": "text/plain", etag }).end(text);
  };

const finds = (url: string) =>
  createTrackerMatcher(getFilterLists()).find({ url, type: "script" }, PAGE)?.category ?? null;

beforeAll(() => getDb().$connect());
beforeEach(async () => {
  forgetFilterLists();
  await getDb().filterList.deleteMany();
  requests = [];
  answers.clear();
  answers.set("/ads.txt", serve(ads, '"ads-1"'));
  answers.set("/privacy.txt", serve(privacy, '"privacy-1"'));
});
afterAll(async () => {
  await getDb().$disconnect();
  await database.drop();
  await rm(folder, { recursive: true });
  origin.close();
});

describe("filter lists", () => {
  it("never keep a page waiting: there are none at first, and soon they are there", async () => {
    let work: Promise<void> | undefined;
    expect(getFilterLists((promise) => (work = promise)).lists).toEqual([]);
    await work;
    expect(
      getFilterLists()
        .lists.map(({ category }) => category)
        .sort(),
    ).toEqual(["ad", "analytics"]);
    expect(finds("https://eu.ads.test/a.js")).toBe("ad");
    expect(finds("https://counter.test/c.js")).toBe("analytics");
    expect(finds("https://harmless.test/c.js")).toBeNull();
  });

  it("lie in shared memory, so that a worker gets them without a copy", async () => {
    await bringUpToDate();
    for (const { engine } of getFilterLists().lists) expect(engine.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("are fetched again only when they are due, and then conditionally", async () => {
    const now = new Date();
    await refreshFilterLists({ now });
    expect((await refreshFilterLists({ now })) as object).toMatchObject({
      lists: [{ outcome: "current" }, { outcome: "current" }],
    });
    expect(requests).toHaveLength(2);

    const later = new Date(now.getTime() + 4 * DAY);
    answers.set("/ads.txt", serve(ads.replace("ads.test", "news.test"), '"ads-2"'));
    expect(await refreshFilterLists({ now: later })).toEqual({
      status: "done",
      lists: [
        { name: "EasyTest", outcome: "updated", rules: 2 },
        { name: "PrivacyTest", outcome: "unchanged", rules: 1 },
      ],
    });
    expect(requests.slice(2).map((request) => request.headers["if-none-match"])).toEqual([
      '"ads-1"',
      '"privacy-1"',
    ]);
    expect(await refreshFilterLists({ now: later })).toMatchObject({
      lists: [{ outcome: "current" }, { outcome: "current" }],
    });
  });

  it("keep the edition before when the new one is a page, shrunk, cut off, too large or not there", async () => {
    await refreshFilterLists();
    const bad: Answer[] = [
      (_, response) => response.end("<!doctype html><title>Sign in to the network</title>"),
      (_, response) => response.end(list("EasyTest", [])),
      (_, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.end(ads.slice(0, 20), () => response.destroy());
      },
      (_, response) => response.end(`${ads}${"||x.test^\n".repeat(4_000_000)}`),
      (_, response) => response.writeHead(503).end(),
      (_, response) => response.destroy(),
    ];
    for (const answer of bad) {
      answers.set("/ads.txt", answer);
      const report = await refreshFilterLists({ force: true });
      expect(report).toMatchObject({
        lists: [{ name: "EasyTest", outcome: "failed", rules: 2 }, { outcome: "unchanged" }],
      });
    }
    await bringUpToDate();
    expect(finds("https://ads.test/a.js")).toBe("ad");
  });

  it("are fetched by one process at a time", async () => {
    const lock = await getKv().acquireLock("filter-lists", { ttlMs: 60_000 });
    expect(await refreshFilterLists()).toEqual({ status: "busy" });
    await lock?.release();
    expect(requests.length).toBe(0);
    expect(await refreshFilterLists()).toMatchObject({ status: "done" });
  });

  it("are there after a restart without being fetched or compiled again", async () => {
    await bringUpToDate();
    const { version } = getFilterLists();
    const kept = (await readdir(join(folder, "filter-lists"))).sort();
    expect(kept).toHaveLength(2);
    forgetFilterLists();
    requests = [];
    await bringUpToDate();
    expect(getFilterLists().version).toBe(version);
    expect(requests.length).toBe(0);
  });

  it("are compiled again when what is kept on disk was damaged", async () => {
    await bringUpToDate();
    for (const name of await readdir(join(folder, "filter-lists"))) {
      await writeFile(join(folder, "filter-lists", name), "damaged");
    }
    forgetFilterLists();
    await bringUpToDate();
    expect(finds("https://ads.test/a.js")).toBe("ad");
  });

  it("leave nothing on disk of editions that are gone", async () => {
    await bringUpToDate();
    answers.set("/ads.txt", serve(`${ads}||new.test^\n`, '"ads-2"'));
    await refreshFilterLists({ force: true });
    await bringUpToDate();
    expect(finds("https://new.test/a.js")).toBe("ad");
    expect(await readdir(join(folder, "filter-lists"))).toHaveLength(2);
  });

  it("work one without the other", async () => {
    answers.delete("/privacy.txt");
    await bringUpToDate();
    expect(finds("https://ads.test/a.js")).toBe("ad");
    expect(finds("https://counter.test/c.js")).toBeNull();
    expect(finds("https://www.google-analytics.com/a.js")).toBe("analytics");
  });
});

describe("GET /api/cron/filter-lists", () => {
  it("refreshes for the scheduler and for nobody else", async () => {
    const { GET } = await import("../../../app/api/cron/filter-lists/route.ts");
    const call = (authorization?: string) =>
      GET(
        new Request("http://qui.test/api/cron/filter-lists", {
          headers: authorization ? { authorization } : {},
        }),
      );
    expect((await call()).status).toBe(401);
    expect((await call("Bearer wrong-wrong-wrong")).status).toBe(401);
    expect(requests.length).toBe(0);
    const response = await call("Bearer 0123456789abcdef");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "done",
      lists: [
        { name: "EasyTest", outcome: "updated" },
        { name: "PrivacyTest", outcome: "updated" },
      ],
    });
  });
});

describe.skipIf(!HAS_LISTS)("EasyList and EasyPrivacy (skipped when the corpora are absent)", () => {
  const real = (name: string) =>
    gunzipSync(readFileSync(join(CORPORA, "filter-lists", `${name}.txt.gz`))).toString();

  it("are taken through the whole refresh and told from each other", async () => {
    answers.set("/ads.txt", serve(real("easylist"), '"e"'));
    answers.set("/privacy.txt", serve(real("easyprivacy"), '"p"'));
    await bringUpToDate();
    const { lists } = getFilterLists();
    expect(lists.map(({ category }) => category).sort()).toEqual(["ad", "analytics"]);
    expect(finds("https://cdn.adsafeprotected.com/iasPET.1.js")).toBe("ad");
    expect(finds("https://static.cloudflareinsights.com/beacon.min.js")).toBe("analytics");
    expect(finds("https://bat.bing.net/bat.js")).toBe("analytics");
    expect(finds("https://cdn.jsdelivr.net/npm/vue/dist/vue.js")).toBeNull();
    expect(finds("https://i.ytimg.com/vi/x/hq.jpg")).toBeNull();
  });
});
