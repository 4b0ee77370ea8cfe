import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "redis";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { REDIS_SERVER, startRedisServer } from "../../fixtures/redis-server.ts";

const redis = REDIS_SERVER ? await startRedisServer() : null;
let requests = 0;
const origin = createServer((request, response) => {
  requests++;
  const isPrivate = request.url?.startsWith("/private");
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": isPrivate ? "private, max-age=60" : "max-age=60",
  });
  response.end(
    `<title>Title</title><article><p>${"Some text of a page, long enough to read. ".repeat(9)}</p></article>`,
  );
});
await new Promise<void>((resolve) => origin.listen(0, "127.0.0.1", resolve));
const { port } = origin.address() as AddressInfo;

process.env.QUI_EGRESS_ALLOW = `127.0.0.1:${port}`;
if (redis) process.env.REDIS_URL = redis.url;
const { getPage } = await import("#lib/server/pages/get-page.ts");
const { getKv } = await import("#lib/node/kv/get-kv.ts");
const { getLog } = await import("#lib/node/log/log.ts");
const { getReaderPool } = await import("#lib/node/reader/pool/reader-pool.ts");

async function get(path: string) {
  const deferred: Promise<unknown>[] = [];
  const page = await getPage(
    { url: `http://127.0.0.1:${port}${path}`, level: "standard", mode: "default", language: "en" },
    { log: getLog(), defer: (work) => deferred.push(work) },
  );
  await Promise.all(deferred);
  return page;
}

/** What another process knows: nothing but the shared store. */
function forgetLocalPages(): void {
  delete (globalThis as { quiPages?: unknown }).quiPages;
}

beforeEach(() => {
  requests = 0;
  forgetLocalPages();
});

afterAll(async () => {
  await getReaderPool().close();
  await getKv().close();
  await redis?.stop();
  origin.closeAllConnections();
  await new Promise((resolve) => origin.close(resolve));
});

describe.skipIf(!redis)("pages shared over Redis", () => {
  it("are a hit for a process that has not seen them", async () => {
    const first = await get("/shared");
    expect(first.cache).toBe("miss");
    forgetLocalPages();
    const second = await get("/shared");
    expect(second.cache).toBe("hit");
    expect(second.body.equals(first.body)).toBe(true);
    expect(requests).toBe(1);
  });

  it("never hold what is private", async () => {
    await get("/private");
    forgetLocalPages();
    expect((await get("/private")).cache).toBe("miss");
    expect(requests).toBe(2);
  });

  it("lie there without their address", async () => {
    await get("/secret-address");
    const client = createClient({ url: redis?.url ?? "" });
    await client.connect();
    const keys = await client.keys("*");
    await client.close();
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join(" ")).not.toContain("secret-address");
  });

  it("are asked of the origin when what lies there is damaged", async () => {
    await get("/damaged");
    const client = createClient({ url: redis?.url ?? "" });
    await client.connect();
    for (const key of await client.keys("*page:*")) await client.set(key, '{"policy":1}\n{"document":');
    await client.close();
    forgetLocalPages();
    expect((await get("/damaged")).cache).toBe("miss");
  });
});

describe.skipIf(!redis)("a store that is gone", () => {
  it("costs nothing but the sharing", async () => {
    await redis?.stop();
    expect((await get("/gone")).cache).toBe("miss");
    expect((await get("/gone")).cache).toBe("hit");
  });
});
