import { afterEach, describe, expect, it } from "vitest";
import type { AppError } from "#lib/core/errors/app-error.ts";
import {
  createReaderPool,
  type ReaderPool,
  type ReaderPoolOptions,
} from "#lib/node/reader/pool/reader-pool.ts";

let pool: ReaderPool | undefined;
afterEach(() => pool?.close());

function open(options: Partial<ReaderPoolOptions> = {}): ReaderPool {
  pool = createReaderPool({ size: 1, timeoutMs: 30_000, memoryMbMax: 256, queueMax: 4, ...options });
  return pool;
}

function page(html: string) {
  const url = "https://example.org/";
  return {
    kind: "html" as const,
    input: { html, url, finalUrl: url, fetchedAt: "2026-01-01T00:00:00.000Z" },
  };
}

const SMALL = page("<title>Small</title><h1>Small</h1><p>This page is short and is read at once.</p>");
/** Keeps a worker busy for long enough to see what happens meanwhile. */
const LARGE = page("<p>Some words, and others. ".repeat(150_000));

describe("the pool of readers", () => {
  it("reads a page on a worker", async () => {
    const reading = await open().read(SMALL);
    expect(reading.document.title).toBe("Small");
  });

  it("ends the worker of a page that takes too long, says so, and reads the next one", async () => {
    const slow = open({ timeoutMs: 1 });
    await slow.warmUp();
    await expect(slow.read(LARGE)).rejects.toMatchObject({
      code: "page_crashed",
    } satisfies Partial<AppError>);
    expect(slow.stats()).toMatchObject({ crashes: 1, busy: 0 });
    await slow.close();
    expect((await open().read(SMALL)).document.title).toBe("Small");
  });

  it("survives a page that blows a worker's memory, and replaces the worker", async () => {
    const small = open({ memoryMbMax: 40 });
    await expect(
      small.read(page(`<table>${"<tr><td>cell<td>and another".repeat(150_000)}`)),
    ).rejects.toMatchObject({ code: "page_crashed" });
    expect(small.stats().crashes).toBe(1);
    expect((await small.read(SMALL)).document.title).toBe("Small");
  });

  it("refuses more than its queue holds instead of growing", async () => {
    const narrow = open({ queueMax: 1 });
    const running = narrow.read(LARGE);
    const waiting = narrow.read(SMALL);
    await expect(narrow.read(SMALL)).rejects.toMatchObject({ code: "unavailable" });
    await Promise.all([running, waiting]);
  });

  it("drops a waiting task whose caller has gone, and leaves the one that runs", async () => {
    const one = open();
    const running = one.read(LARGE);
    const caller = new AbortController();
    const waiting = one.read(SMALL, { signal: caller.signal });
    caller.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    expect((await running).document.blocks.length).toBeGreaterThan(0);
  });

  it("ends a running task whose caller has gone, and counts no crash", async () => {
    const one = open();
    await one.warmUp();
    const caller = new AbortController();
    const running = one.read(LARGE, { signal: caller.signal });
    caller.abort(new Error("gone"));
    await expect(running).rejects.toThrow("gone");
    expect(one.stats().crashes).toBe(0);
    expect((await one.read(SMALL)).document.title).toBe("Small");
  });

  it("refuses at once a caller that has gone before asking", async () => {
    await expect(open().read(SMALL, { signal: AbortSignal.abort(new Error("gone")) })).rejects.toThrow(
      "gone",
    );
  });

  it("gives each of many callers their own page", async () => {
    const two = open({ size: 2, queueMax: 100 });
    const titles = Array.from({ length: 40 }, (_, i) => `Page ${i}`);
    const readings = await Promise.all(
      titles.map((title) => two.read(page(`<title>${title}</title><p>Text of it.</p>`))),
    );
    expect(readings.map((reading) => reading.document.title)).toEqual(titles);
  });

  it("refuses what waits and what runs when it closes", async () => {
    const closing = open();
    const tasks = [closing.read(LARGE), closing.read(SMALL)];
    const settled = Promise.allSettled(tasks);
    await closing.close();
    expect((await settled).map((result) => result.status === "rejected" && result.reason.code)).toEqual([
      "unavailable",
      "unavailable",
    ]);
    await expect(closing.read(SMALL)).rejects.toMatchObject({ code: "unavailable" });
  });
});
