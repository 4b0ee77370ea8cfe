import { type ElementStats, measureElements } from "#lib/node/reader/html/element-stats.ts";
import { parseJsonLd, type StructuredItem } from "#lib/node/reader/html/json-ld.ts";
import { markHidden } from "#lib/node/reader/html/mark-hidden.ts";
import { findFirst, numberElements } from "#lib/node/reader/html/node.ts";
import { pageFeatures } from "#lib/node/reader/html/page-features.ts";
import { createPageUrls, type PageUrls } from "#lib/node/reader/html/page-url.ts";
import { type ParsedHtml, parseHtml } from "#lib/node/reader/html/parse-html.ts";
import { type PageMetadata, readMetadata } from "#lib/node/reader/html/read-metadata.ts";
import { revealContent } from "#lib/node/reader/html/reveal-content.ts";
import { collectTextUnits, type TextUnit } from "#lib/node/reader/html/text-units.ts";
import { type UnitEvidence, unitFeatures } from "#lib/node/reader/html/unit-features.ts";

/** All that is known of a page before anything is chosen; training and reading share it to the letter. */
export interface PageStudy {
  page: ParsedHtml;
  urls: PageUrls;
  items: StructuredItem[];
  metadata: PageMetadata;
  units: TextUnit[];
  stats: ElementStats;
  /** One row of `PAGE_FEATURE_NAMES`. */
  pageRow: Float32Array;
}

/** In a page that a browser has `rendered` nothing waits to be revealed and nothing is hidden. */
export function studyPage(html: string, finalUrl: string, { isRendered = false } = {}): PageStudy {
  const page = parseHtml(html);
  if (!isRendered) {
    revealContent(page.body);
    markHidden(page.body);
  }
  const count = numberElements(page.root);
  const base = findFirst(page.root, (node) => node.tag === "base" && node.has("href"));
  const urls = createPageUrls(finalUrl, base?.attribute("href") ?? "");
  const items = parseJsonLd(page.jsonLd);
  const metadata = readMetadata(page, items, urls);
  const units = collectTextUnits(page.body);
  const stats = measureElements(page.root, count, units);
  const { meta, title } = metadata;
  const pageRow = pageFeatures({ body: page.body, finalUrl, meta, items, units, stats, title });
  return { page, urls, items, metadata, units, stats, pageRow };
}

/** Rows of `FEATURE_NAMES`, one a unit, given how likely the page is of each kind. */
export function studyUnits(study: PageStudy, kinds: readonly number[]): Float32Array {
  const evidence: UnitEvidence = {
    units: study.units,
    stats: study.stats,
    body: study.page.body,
    title: study.metadata.title,
    kinds,
  };
  return unitFeatures(evidence);
}
