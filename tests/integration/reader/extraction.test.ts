import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { blocksText } from "#lib/core/document/block-text.ts";
import type { HtmlReading } from "#lib/node/reader/html/html-reading.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import {
  type CorpusPage,
  corpusFolder,
  inTrainingHalf,
  readCorpus,
  readCorpusHtml,
} from "../../../scripts/reader-model/read-corpus.ts";
import { mean, wordF1 } from "../../../scripts/reader-model/score-text.ts";

// Only where the shared corpora are not mounted.
describe.skipIf(!existsSync(corpusFolder()))("extraction of real pages", () => {
  let results: { page: CorpusPage; reading: HtmlReading; f1: number }[] = [];
  beforeAll(() => {
    results = readCorpus().map((page) => {
      const { url } = page;
      const reading = readHtml({
        html: readCorpusHtml(page.id),
        url,
        finalUrl: url,
        fetchedAt: "2026-01-01T00:00:00.000Z",
      });
      return { page, reading, f1: wordF1(blocksText(reading.document.blocks), page.content) };
    });
  }, 300_000);
  const f1Of = (test: (result: (typeof results)[number]) => boolean): number =>
    mean(results.filter(test).map((result) => result.f1));

  it("holds a mean word F1 of 0.82 over all kinds of pages", () => {
    expect(results).toHaveLength(350);
    expect(f1Of(() => true)).toBeGreaterThanOrEqual(0.82);
  });

  it("holds a mean word F1 of 0.82 on the half it was never trained on", () => {
    expect(f1Of(({ page }) => !inTrainingHalf(page.id))).toBeGreaterThanOrEqual(0.82);
  });

  it("holds a mean word F1 of 0.955 on articles", () => {
    expect(f1Of(({ page }) => page.type === "article")).toBeGreaterThanOrEqual(0.955);
  });

  it("tells seven kinds in ten on the half it was never trained on", () => {
    const unseen = results.filter(({ page }) => !inTrainingHalf(page.id));
    const right = unseen.map(({ page, reading }) => (reading.document.kind === page.type ? 1 : 0));
    expect(mean(right)).toBeGreaterThanOrEqual(0.7);
  });

  it("sends no article, documentation or thread with text to a live panel", () => {
    const sent = results.filter(
      ({ page, reading, f1 }) =>
        reading.needsLive && f1 > 0.5 && /article|documentation|forum/.test(page.type),
    );
    expect(sent.map(({ page }) => page.id)).toEqual([]);
  });

  it("makes documents that keep to the protocol, with ids used once", () => {
    for (const { reading, page } of results) {
      const parsed = documentSchema.safeParse(reading.document);
      expect(parsed.success, page.id).toBe(true);
      const ids = JSON.stringify(reading.document.blocks).match(/"id":"[^"]*"/g) ?? [];
      expect(new Set(ids).size, page.id).toBe(ids.length);
    }
  });
});
