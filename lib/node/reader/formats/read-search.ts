import { AppError } from "#lib/core/errors/app-error.ts";
import { buildSearchUrl, searchPageUrl } from "#lib/core/url/search-template.ts";
import { stripTrackingParameters } from "#lib/core/url/strip-tracking-parameters.ts";
import { isTopLevelDomain } from "#lib/core/url/top-level-domains.ts";
import { createReading } from "#lib/node/reader/formats/create-reading.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { htmlToText } from "#lib/node/reader/formats/html-fragment.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import { readResultsPage } from "#lib/node/reader/formats/search/read-results-page.ts";
import { readSearxng } from "#lib/node/reader/formats/search/read-searxng.ts";
import type { SearchResult, SearchResults } from "#lib/node/reader/formats/search/search-results.ts";
import { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { createPageUrls } from "#lib/node/reader/html/page-url.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import type { Block, Run } from "#lib/protocol/document.ts";

export interface SearchInput extends ReadingInput {
  query: string;
  /** The provider's address with `{query}`. */
  template: string;
}

const TITLE_UNITS_MAX = 200;
const TEXT_UNITS_MAX = 400;
/** Words on pages that ask whether a person is asking. */
const CHALLENGE =
  /captcha|unusual traffic|not a robot|are you (?:a )?human|verify (?:that )?you(?:'re| are)|automated (?:requests|queries)/i;

/**
 * A provider's answer as a listing: JSON of SearXNG, or any HTML results page.
 * Answers first, then a proposed spelling, one card a result, and the way to more.
 * The document's address is `?` and the words: a search is no page of the web.
 * @throws AppError `search_unavailable` when the answer is neither, or a challenge
 */
export function readSearch(input: SearchInput): Reading {
  const { query, template } = input;
  const found = parse(input);
  const pageUrl = isPublic(template) ? searchPageUrl(template, query) : null;
  const urls = createPageUrls(input.finalUrl, "");
  const media = new MediaRegistry(urls);
  const results = cleanResults(found.results, urls);
  const blocks: Block[] = [
    ...found.answers.flatMap(({ text, url }) => answerBlock(text, url && urls.href(url))),
    ...(found.correction
      ? [correctionBlock(found.correction, pageUrl && searchPageUrl(template, found.correction))]
      : []),
    ...results.map((result) => cardOf(result, urls, media)),
    ...(results.length === 0 ? nothingFound(query) : []),
    ...(found.nextUrl && pageUrl ? [linkBlock("More results", found.nextUrl)] : []),
  ];
  const name = `?${query}`;
  return createReading(
    { url: name, finalUrl: pageUrl ?? name, fetchedAt: input.fetchedAt },
    { kind: "search", title: query, blocks, excerpt: null, media: media.all, siteName: null },
  );
}

function parse({ bytes, contentType, finalUrl, query, template }: SearchInput): SearchResults {
  const isJson =
    /json/i.test(contentType ?? "") || /^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString("latin1"));
  if (isJson) {
    const results = readSearxng(parseJson(bytes), finalUrl);
    if (results) return results;
    throw new AppError("search_unavailable", { detail: "the provider answered JSON that is not SearXNG's" });
  }
  const html = decodeText(bytes, { contentType, kind: "html" }).text;
  const found = readResultsPage(html, { url: finalUrl, query, template });
  if (found.results.length === 0 && CHALLENGE.test(html)) {
    throw new AppError("search_unavailable", {
      userMessage:
        "The search service wants to see a person first, which a server is not. Type a full address, or try again later.",
      detail: "the provider answered with a challenge",
    });
  }
  return found;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new AppError("search_unavailable", { detail: "the provider answered broken JSON", cause: error });
  }
}

/** One result an address, however it is spelled; without tracking, and none that is no web address. */
function cleanResults(
  results: readonly SearchResult[],
  urls: { href(raw: string): string | null },
): SearchResult[] {
  const seen = new Set<string>();
  const clean: SearchResult[] = [];
  for (const result of results) {
    const href = urls.href(result.url);
    if (!href?.startsWith("http")) continue;
    const { url } = stripTrackingParameters(href);
    const key = url
      .replace(/^https?:\/\/(?:www\.)?/, "")
      .replace(/[/#?]+$/, "")
      .toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    clean.push({ ...result, url });
  }
  return clean;
}

function cardOf(
  { url, title, text, imageUrl }: SearchResult,
  urls: { resource(raw: string): string | null },
  media: MediaRegistry,
): Block {
  const image = imageUrl && urls.resource(imageUrl);
  const added = image && media.add({ kind: "image", url: image, width: null, height: null, alt: "" });
  return {
    id: "",
    type: "card",
    href: url,
    title: htmlToText(title, TITLE_UNITS_MAX) || new URL(url).hostname,
    text: htmlToText(text, TEXT_UNITS_MAX),
    ...(added ? { media: added.id } : {}),
  };
}

function answerBlock(text: string, href: string | null): Block[] {
  const words = htmlToText(text, TEXT_UNITS_MAX * 2);
  if (words === "") return [];
  const source: Run[] = href?.startsWith("http")
    ? [{ text: " " }, { text: new URL(href).hostname, href }]
    : [];
  return [{ id: "", type: "paragraph", runs: [{ text: words }, ...source] }];
}

function correctionBlock(words: string, href: string | null): Block {
  const link: Run = { text: words, marks: ["bold"], ...(href ? { href } : {}) };
  return { id: "", type: "paragraph", runs: [{ text: "Did you mean " }, link, { text: "?" }] };
}

function linkBlock(text: string, href: string): Block {
  return { id: "", type: "paragraph", runs: [{ text, href }] };
}

function nothingFound(query: string): Block[] {
  return [
    { id: "", type: "paragraph", runs: [{ text: `Nothing was found for “${query}”.` }] },
    note("Try fewer words, other words, or check the spelling."),
  ];
}

/** A provider inside the operator's own network is not named to visitors. */
function isPublic(template: string): boolean {
  const labels = new URL(buildSearchUrl(template, "x")).hostname.split(".");
  return labels.length > 1 && isTopLevelDomain(labels.at(-1) ?? "");
}
